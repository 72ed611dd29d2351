import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { Socket } from "node:net";
import type { EgressDeps } from "./egress-deps.ts";
import { forwardRequest, maxHeaderSize } from "./forward-request.ts";
import { forwardUpgrade } from "./forward-upgrade.ts";
import { readHttpUrl, targetKey } from "./read-target.ts";
import { serveTunnel } from "./serve-tunnel.ts";

export interface EgressServer {
  readonly server: Server;
  /** Ends the connections over which plain requests went to this `host:port`, and none is going. */
  destroyIdle(key: string): void;
  /** Every connection from the browser, at once. */
  destroyAll(): void;
}

/** A client's connection, with what plain requests came over it. */
interface Client {
  /** Of the last one. */
  key: string;
  running: number;
}

/** The side of the proxy that the browser sees. */
export function createEgressServer(deps: EgressDeps): EgressServer {
  const clients = new Map<Socket, Client>();
  // No time limits: a preconnected socket would be answered 408, one that idles cut under a request.
  const server = createServer({ maxHeaderSize, requestTimeout: 0, headersTimeout: 0 });
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => {
    clients.set(socket, { key: "", running: 0 });
    socket.once("close", () => clients.delete(socket));
  });
  for (const event of ["request", "checkContinue", "checkExpectation"] as const) {
    server.on(event, (asked, response) => {
      noteRequest(clients.get(asked.socket), asked, response);
      // Nothing that a site or page sends may end the process of all browsers.
      forwardRequest(deps, asked, response).catch(() => response.destroy());
    });
  }
  server.on("upgrade", (asked, client, head) => {
    if (!(client instanceof Socket)) return;
    forwardUpgrade(deps, { asked, client, head }).catch(() => client.destroy());
  });
  server.on("connect", (asked, client, head) => {
    if (!(client instanceof Socket)) return;
    serveTunnel(deps, { authority: asked.url ?? "", client, head });
  });
  return {
    server,
    // A plain request under way may end: it was sent before, and its end repeats nothing.
    destroyIdle(key) {
      for (const [socket, client] of clients) {
        if (client.key === key && client.running === 0) socket.destroy();
      }
    },
    destroyAll() {
      for (const socket of clients.keys()) socket.destroy();
    },
  };
}

function noteRequest(
  client: Client | undefined,
  asked: IncomingMessage,
  response: ServerResponse,
): void {
  const read = readHttpUrl(asked.url ?? "");
  if (client === undefined || read === undefined) return;
  client.key = targetKey(read.target);
  client.running += 1;
  response.once("close", () => (client.running -= 1));
}
