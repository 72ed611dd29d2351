import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReadinessAnswer } from "./check-readiness.ts";

export interface Health {
  readonly check: () => Promise<ReadinessAnswer>;
  readonly metrics: () => Promise<string>;
}

/** `/healthz`, `/readyz` and `/metrics` on loopback. */
export async function serveHealth(
  health: Health,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(health, request.url ?? "/").then(({ status, type, body }) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) };
}

async function answer(
  health: Health,
  path: string,
): Promise<{ readonly status: number; readonly type: string; readonly body: string }> {
  const json = "application/json";
  if (path === "/healthz") return { status: 200, type: json, body: JSON.stringify({ ok: true }) };
  if (path === "/readyz") {
    const state = await health.check();
    return { status: state.ready ? 200 : 503, type: json, body: JSON.stringify(state) };
  }
  if (path === "/metrics") return { status: 200, type: "text/plain", body: await health.metrics() };
  return {
    status: 404,
    type: json,
    body: JSON.stringify({ code: "NOT_FOUND", message: "No such page." }),
  };
}

function portOf(server: Server): number {
  const address = server.address() as AddressInfo; // listens on a port, not on a pipe
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
