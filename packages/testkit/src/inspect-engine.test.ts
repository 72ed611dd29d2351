import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import {
  type Http2Server,
  type ServerHttp2Stream,
  createSecureServer,
  createServer,
} from "node:http2";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { type EngineFault, type InspectEngineInput, freePort, inspectEngine } from "@valet/stack";
import { generate } from "selfsigned";
import { expect, test } from "vitest";
import { testEngineEnv, testServices } from "./test-services.ts";

const { HATCHET_CLIENT_TOKEN: token = "" } = testServices().engineEnv;

/** The faults that the doctor finds with these variables changed, and that each names its fix. */
async function faults(
  change: Readonly<Record<string, string>>,
  actions: InspectEngineInput["actions"] = [],
): Promise<EngineFault[]> {
  const env = { ...testServices().engineEnv, ...change };
  const findings = await inspectEngine({ env, actions });
  return findings.flatMap((finding) => {
    if (finding.ok) return [];
    expect(finding.fix).toMatch(/HATCHET_CLIENT_|SERVER_VERSION_OVERRIDE|valet -- up/);
    expect(finding.message + finding.fix).not.toContain(token);
    return [finding.fault];
  });
}

test("with the engine's own variables everything is in order", async () => {
  const env = testServices().engineEnv;
  const findings = await inspectEngine({ env, actions: [] });
  expect(findings.every((finding) => finding.ok)).toBe(true);
  expect(findings.map((finding) => finding.check)).toEqual([
    "token",
    "grpc-port",
    "tls",
    "token-accepted",
    "version",
    "api-url",
    "worker",
  ]);
});

test("no token, half a token and an expired token are told apart", async () => {
  expect(await faults({ HATCHET_CLIENT_TOKEN: "" })).toEqual(["token-missing"]);
  expect(await faults({ HATCHET_CLIENT_TOKEN: token.slice(0, 80) })).toEqual(["token-malformed"]);
  expect(await faults({ HATCHET_CLIENT_TOKEN: withClaims({ exp: 1 }) })).toEqual(["token-expired"]);
});

test("a token of another engine is refused by this one", async () => {
  expect(await faults({ HATCHET_CLIENT_TOKEN: withClaims({}) })).toEqual(["token-foreign"]);
});

test("a client that wants TLS from an engine without it", async () => {
  expect(await faults({ HATCHET_CLIENT_TLS_STRATEGY: "tls" })).toEqual(["engine-is-plain"]);
  // The SDK's default is TLS.
  expect(await faults({ HATCHET_CLIENT_TLS_STRATEGY: "" })).toEqual(["engine-is-plain"]);
});

test("a shut gRPC port", async () => {
  const address = { HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${await freePort()}` };
  expect(await faults(address)).toEqual(["grpc-port-shut"]);
});

test("a port that is not gRPC's", async () => {
  const { HATCHET_CLIENT_API_URL: api = "" } = testServices().engineEnv;
  const address = { HATCHET_CLIENT_HOST_PORT: new URL(api).host };
  expect(await faults(address)).toEqual(["not-grpc"]);
});

test("an API address that nobody answers, and one that is no Hatchet API", async () => {
  const shut = `http://127.0.0.1:${await freePort()}`;
  expect(await faults({ HATCHET_CLIENT_API_URL: shut })).toEqual(["api-unreachable"]);
  const silent = createTcpServer((socket) => {
    socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const foreign = { HATCHET_CLIENT_API_URL: `http://127.0.0.1:${portOf(silent)}` };
  expect(await faults(foreign)).toEqual(["api-refuses-token"]);
  silent.close();
});

test("an engine that is too old, was built without its version, or does not tell it", async () => {
  // The real engine has one version; this stands for the others, on the same wire.
  const engine = createServer().listen(0, "127.0.0.1");
  await once(engine, "listening");
  let answer = "";
  engine.on("stream", (stream) => answerVersion(stream, answer));
  const address = { HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${portOf(engine)}` };
  const faultsOf = async (version: string) => {
    answer = version;
    return faults(address);
  };
  expect(await faultsOf("v0.1.0-alpha.0")).toEqual(["version-too-old"]);
  expect(await faultsOf("v0.104.6")).toEqual(["version-too-old"]);
  expect(await faultsOf("")).toEqual(["version-unknown"]);
  expect(await faultsOf("v0.104.7")).toEqual([]);
  expect(await faultsOf("v0.107.0")).toEqual([]);
  engine.close();
});

test("an engine behind TLS: strategy none, an unknown authority, a wrong name, all right", async () => {
  const folder = mkdtempSync(join(tmpdir(), "valet-tls-"));
  const { private: key, cert } = await generate([{ name: "commonName", value: "engine.test" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "engine.test" }] }],
  });
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, cert);
  const engine = createSecureServer({ key, cert }).listen(0, "127.0.0.1");
  await once(engine, "listening");
  engine.on("stream", (stream) => answerVersion(stream, "v0.104.7"));
  const address = { HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${portOf(engine)}` };
  const tls = { ...address, HATCHET_CLIENT_TLS_STRATEGY: "tls" };
  const known = { ...tls, HATCHET_CLIENT_TLS_ROOT_CA_FILE: caFile };
  expect(await faults(address)).toEqual(["engine-wants-tls"]);
  expect(await faults(tls)).toEqual(["certificate-untrusted"]);
  expect(await faults({ ...known, HATCHET_CLIENT_TLS_SERVER_NAME: "other.test" })).toEqual([
    "certificate-untrusted",
  ]);
  expect(await faults({ ...known, HATCHET_CLIENT_TLS_SERVER_NAME: "engine.test" })).toEqual([]);
  engine.close();
  rmSync(folder, { recursive: true });
});

test("a step without a worker, and a worker in another namespace", async () => {
  const actions = ["job-application:start-browser", "job-application:submit"];
  const env = testEngineEnv();
  const namespace = { HATCHET_CLIENT_NAMESPACE: env["HATCHET_CLIENT_NAMESPACE"] ?? "" };
  expect(await faults(namespace, actions)).toEqual(["worker-missing", "worker-missing"]);

  const hatchet = HatchetClient.init({
    token,
    host_port: env["HATCHET_CLIENT_HOST_PORT"] ?? "",
    api_url: env["HATCHET_CLIENT_API_URL"] ?? "",
    tls_config: { tls_strategy: "none" },
    namespace: namespace.HATCHET_CLIENT_NAMESPACE,
    logger: () => silentLogger,
  });
  const workflow = hatchet.workflow({ name: "job-application" });
  workflow.task({ name: "start-browser", fn: () => ({ served: true }) });
  const worker = await hatchet.worker("inspected", { workflows: [workflow], handleKill: false });
  const stopped = worker.start();
  try {
    await worker.waitUntilReady(20_000);
    await expect.poll(() => faults(namespace, actions), within).toEqual(["worker-missing"]);
    expect(await faults({}, actions)).toEqual(["worker-missing", "worker-missing"]);
    // A workflow of the SDK runs on the engine of this run.
    expect(await workflow.run({})).toEqual({ "start-browser": { served: true } });
  } finally {
    await worker.stop();
    await stopped;
  }
});

const within = { timeout: 20_000, interval: 50 };

const silentLogger = { debug() {}, info() {}, green() {}, warn() {}, error() {} };

function withClaims(change: Readonly<Record<string, unknown>>): string {
  const [header, payload = "", signature = ""] = token.split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  const changed = Object.assign({}, claims, { jti: "another engine's" }, change);
  return [header, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
}

/** gRPC: one frame with field 1 as a string, then the status in the trailers; 12 is "unknown call". */
function answerVersion(stream: ServerHttp2Stream, version: string): void {
  stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
  const status = version === "" ? "12" : "0";
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": status }));
  const text = Buffer.from(version);
  const message = Buffer.concat([Buffer.from([0x0a, text.length]), text]);
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
  stream.end(version === "" ? undefined : frame);
}

function portOf(server: Pick<Http2Server, "address">): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  return address.port;
}
