import { randomBytes } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { WebSocketServer } from "ws";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { type RelayClient, admitClient } from "./relay-client.ts";

export interface RelayInput {
  readonly pipe: CdpPipe;
  readonly product: string;
  readonly log: Logger;
  /** A client that lets more than this wait unread is cut; 64 MiB unless given. */
  readonly maxUnreadBytes?: number;
}

/**
 * Serves one browser to many CDP clients on an unguessable loopback address. Only the newest ticket
 * is good: that is what makes a fence hold.
 */
export interface Relay {
  /**
   * Cuts every client that came with an earlier ticket, before it returns, and gives the address for
   * the next ones: `http://127.0.0.1:PORT/TICKET`, for `connectOverCDP` and its like.
   */
  renewTicket(): string;
  clientCount(): number;
  close(): Promise<void>;
}

const maxCommandBytes = 64 * 1024 * 1024; // a 10 MB document travels as base64 in one command
const maxUnreadBytesByDefault = 64 * 1024 * 1024;
const rememberedTickets = 1_000;

export async function createRelay(input: RelayInput): Promise<Relay> {
  const { pipe, product, log, maxUnreadBytes = maxUnreadBytesByDefault } = input;
  const spent = new Set<string>();
  const clients = new Set<RelayClient>();
  let current: string | undefined;

  function findFault(ticket: string | undefined): Problem | undefined {
    if (ticket !== undefined && ticket === current) return undefined;
    return ticket !== undefined && spent.has(ticket) ? fencedProblem : lostProblem;
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const { ticket, rest } = readAddress(request);
    const fault = findFault(ticket);
    if (fault !== undefined) {
      answerJson(response, statusOf(fault), fault);
    } else if (rest === "json/version") {
      const webSocketDebuggerUrl = `ws://127.0.0.1:${port}/${ticket}`;
      answerJson(response, 200, {
        Browser: product,
        "Protocol-Version": "1.3",
        webSocketDebuggerUrl,
      });
    } else {
      answerJson(response, 404, notFoundProblem);
    }
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const fault = isFromWebPage(request) ? lostProblem : findFault(readAddress(request).ticket);
    if (fault !== undefined) {
      refuseUpgrade(socket, fault);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client = admitClient({ pipe, log, maxUnreadBytes, socket: webSocket });
      clients.add(client);
      void client.gone.then(() => clients.delete(client));
    });
  }

  function cutAll(): void {
    for (const client of clients) client.cut();
    clients.clear();
    if (current !== undefined) spent.add(current);
    current = undefined;
    const [oldest] = spent;
    if (spent.size > rememberedTickets && oldest !== undefined) spent.delete(oldest);
  }

  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxCommandBytes,
  });
  const server = createServer(onRequest);
  server.on("upgrade", onUpgrade);
  const port = await listen(server);

  return {
    renewTicket() {
      cutAll();
      current = randomBytes(24).toString("base64url");
      return `http://127.0.0.1:${port}/${current}`;
    },
    clientCount: () => clients.size,
    async close() {
      cutAll();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new ValetError("INTERNAL", "The browser relay did not get a port."));
    });
  });
}

function readAddress(request: IncomingMessage): { ticket: string | undefined; rest: string } {
  const [pathname = ""] = (request.url ?? "").split("?");
  const [, ticket, ...rest] = pathname.split("/");
  return { ticket, rest: rest.filter((part) => part !== "").join("/") };
}

/** A page has no business here even if it learned a ticket; an engine's own extension has. */
function isFromWebPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && !headers.origin.startsWith("chrome-extension://");
}

const fencedProblem: Problem = {
  code: "FENCED",
  message:
    "Another worker has taken over this browser session, so this one may not touch the page any more. Stop here; the newer worker goes on.",
};

const lostProblem: Problem = {
  code: "SESSION_LOST",
  message:
    "There is no browser session behind this address: it was closed, or its browser is gone. Ask the session host for the task's session.",
};

const notFoundProblem: Problem = {
  code: "NOT_FOUND",
  message: "The browser relay serves /json/version and a WebSocket, nothing else.",
};

function statusOf(problem: Problem): number {
  return problem.code === "FENCED" ? 409 : 410;
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const text = JSON.stringify(problem);
  const reason = problem.code === "FENCED" ? "409 Conflict" : "410 Gone";
  socket.end(
    `HTTP/1.1 ${reason}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
