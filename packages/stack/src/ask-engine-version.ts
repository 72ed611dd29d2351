import { type ClientHttp2Session, connect } from "node:http2";
import type { EngineClientConfig } from "./engine-client-config.ts";
import { type TlsFiles, tlsOptions } from "./probe-transport.ts";

export type VersionAnswer =
  | { readonly kind: "version"; readonly version: string }
  /** The engine does not accept the token. */
  | { readonly kind: "refused" }
  /** It is too old to know the question, or something else answered. */
  | { readonly kind: "unknown"; readonly reason: string };

const unauthenticated = "16";
const permissionDenied = "7";
const callTimeoutMs = 5_000;

/** Where and how to ask; what is left out is as without TLS. */
export type GrpcTarget = Pick<EngineClientConfig, "host" | "port" | "tls"> & TlsFiles;

/**
 * Asks for the version over gRPC, as the SDK does at each worker's start, which also shows whether
 * the token is accepted. The call is one empty message each way, so it is written out over HTTP/2.
 */
export async function askEngineVersion(config: GrpcTarget, token: string): Promise<VersionAnswer> {
  const { host, port } = config;
  const scheme = config.tls === "none" ? "http" : "https";
  const authority = `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const session = connect(authority, config.tls === "none" ? {} : tlsOptions(config));
  try {
    return await callGetVersion(session, token);
  } catch (error) {
    return { kind: "unknown", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    session.destroy();
  }
}

async function callGetVersion(session: ClientHttp2Session, token: string): Promise<VersionAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<VersionAnswer>();
  session.once("error", reject);
  const stream = session.request({
    ":method": "POST",
    ":path": "/Dispatcher/GetVersion",
    "content-type": "application/grpc",
    te: "trailers",
    authorization: `Bearer ${token}`,
  });
  const chunks: Buffer[] = [];
  let status: string | undefined;
  const note = (headers: Readonly<Record<string, unknown>>) => {
    const value = headers["grpc-status"];
    if (typeof value === "string") status = value;
  };
  stream.once("response", note);
  stream.once("trailers", note);
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.once("error", reject);
  stream.once("close", () => resolve(judge(status, Buffer.concat(chunks))));
  stream.setTimeout(callTimeoutMs, () => reject(new Error("no answer")));
  // One uncompressed message of length 0.
  stream.end(Buffer.alloc(5));
  return promise;
}

function judge(status: string | undefined, body: Buffer): VersionAnswer {
  if (status === unauthenticated || status === permissionDenied) return { kind: "refused" };
  if (status !== "0") return { kind: "unknown", reason: `gRPC status ${status ?? "missing"}` };
  // Five bytes of frame, then field 1 as a string: tag 0x0a, one byte of length, the text.
  const version = body.subarray(7).toString("utf8");
  if (body[5] === 0x0a && version !== "") return { kind: "version", version };
  return { kind: "unknown", reason: "an answer without a version" };
}
