import { writeFileSync } from "node:fs";
import { type AddressInfo, type Socket, connect } from "node:net";
import { join } from "node:path";
import { type Server, createServer } from "node:tls";
import { type TestValet, startValet, testEngineEnv, testStateDir } from "@valet/testkit";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplicant } from "./applicant.fixture.ts";

/** Not the address it is reached at: only `HATCHET_CLIENT_TLS_SERVER_NAME` makes the names agree. */
const serverName = "engine.valet.test";

let proxy: Server;
let valet: TestValet;
let tunnelled = 0;
const sockets = new Set<Socket>();

beforeAll(async () => {
  const plain = testEngineEnv();
  const { cert, key } = await certificate();
  const caFile = join(testStateDir(), "ca.pem");
  writeFileSync(caFile, cert);
  proxy = await tlsProxy({ cert, key, target: plain["HATCHET_CLIENT_HOST_PORT"] ?? "" });
  const address = proxy.address() as AddressInfo; // it listens on a port
  valet = await startValet({
    engineEnv: {
      HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${address.port}`,
      HATCHET_CLIENT_TLS_STRATEGY: "tls",
      HATCHET_CLIENT_TLS_ROOT_CA_FILE: caFile,
      HATCHET_CLIENT_TLS_SERVER_NAME: serverName,
    },
  });
});
afterAll(async () => {
  await valet?.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => proxy?.close(resolve));
});

test("the main flow works through a TLS-terminating proxy that only the usual variables describe", async () => {
  const ada = await createApplicant(valet);
  const { id } = await ada.apply("plain/jobs/engineer-501");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  // At least the API and the worker came through it.
  expect(tunnelled).toBeGreaterThanOrEqual(2);
});

async function certificate(): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: "commonName", value: serverName }], {
    keySize: 2048,
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: serverName }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** Ends TLS with `h2` and passes the bytes on: what an edge proxy does in front of hatchet-lite. */
async function tlsProxy(input: { cert: string; key: string; target: string }): Promise<Server> {
  const [host = "", port = ""] = input.target.split(":");
  const server = createServer(
    { cert: input.cert, key: input.key, ALPNProtocols: ["h2"] },
    (client) => {
      tunnelled += 1;
      const upstream = connect(Number(port), host);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
      }
      client.pipe(upstream).pipe(client);
    },
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return server;
}
