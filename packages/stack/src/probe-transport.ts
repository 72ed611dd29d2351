import { readFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp, isIP } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import type { EngineClientConfig } from "./engine-client-config.ts";

const probeTimeoutMs = 3_000;

export type Transport =
  | { readonly kind: "shut"; readonly reason: string }
  /** HTTP/2 without TLS, as gRPC in clear text speaks it. */
  | { readonly kind: "plain" }
  /** TLS; `trusted` says whether a client with this configuration accepts the certificate. */
  | { readonly kind: "tls"; readonly trusted: boolean; readonly reason: string | undefined }
  /** Something listens, but speaks neither. */
  | { readonly kind: "foreign" };

/** What the engine's gRPC port speaks, found by speaking to it. */
export async function probeTransport(config: EngineClientConfig): Promise<Transport> {
  const reason = await connectFailure(config);
  if (reason !== undefined) return { kind: "shut", reason };
  // The configured way first: where it works the other is not tried.
  const probes = config.tls === "none" ? [probePlain, probeTls] : [probeTls, probePlain];
  for (const probe of probes) {
    const transport = await probe(config);
    if (transport !== undefined) return transport;
  }
  return { kind: "foreign" };
}

export type TlsFiles = Partial<
  Pick<EngineClientConfig, "serverName" | "caFile" | "certFile" | "keyFile">
>;

export function tlsOptions(config: TlsFiles & { readonly host: string }): ConnectionOptions {
  const { host, serverName, caFile, certFile, keyFile } = config;
  const name = serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ALPNProtocols: ["h2"],
    ...(name === undefined ? {} : { servername: name }),
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
  };
}

function connectFailure({ host, port }: EngineClientConfig): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket = connectTcp({ host, port, timeout: probeTimeoutMs });
  socket.once("connect", () => resolve(undefined));
  socket.once("timeout", () => resolve("no answer"));
  socket.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  return promise.finally(() => socket.destroy());
}

function probePlain({ host, port }: EngineClientConfig): Promise<Transport | undefined> {
  const { promise, resolve } = Promise.withResolvers<Transport | undefined>();
  const session = connectHttp2(`http://${host.includes(":") ? `[${host}]` : host}:${port}`);
  session.once("remoteSettings", () => resolve({ kind: "plain" }));
  session.once("error", () => resolve(undefined));
  session.once("close", () => resolve(undefined));
  session.setTimeout(probeTimeoutMs, () => resolve(undefined));
  return promise.finally(() => session.destroy());
}

function probeTls(config: EngineClientConfig): Promise<Transport | undefined> {
  const { promise, resolve } = Promise.withResolvers<Transport | undefined>();
  const { host, port } = config;
  const socket = connectTls({ ...tlsOptions(config), host, port, rejectUnauthorized: false });
  socket.once("secureConnect", () => {
    const { authorized, authorizationError } = socket;
    const reason = authorized ? undefined : String(authorizationError);
    resolve({ kind: "tls", trusted: authorized, reason });
  });
  socket.once("error", () => resolve(undefined));
  socket.once("close", () => resolve(undefined));
  socket.setTimeout(probeTimeoutMs, () => resolve(undefined));
  return promise.finally(() => socket.destroy());
}
