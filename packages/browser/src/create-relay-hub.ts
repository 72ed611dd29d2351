import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "@valet/runtime";
import { WebSocketServer } from "ws";
import {
  fencedProblem,
  isFromWebPage,
  lostProblem,
  notFoundProblem,
  readRelayAddress,
  refuseRequest,
  refuseUpgrade,
} from "./relay-answers.ts";
import { type Relay, type RelayInput, createRelay } from "./create-relay.ts";

export interface RelayHubInput {
  /** The owner's address as clients reach it, such as `https://host.example:8181`. */
  readonly publicUrl: () => string;
  readonly log: Logger;
}

/**
 * All relays of one owner behind its one server: `PUBLIC/relay/TICKET` for `connectOverCDP` and its
 * like. The ticket is unguessable and is all a client needs.
 */
export interface RelayHub {
  open(input: RelayInput): Relay;
  /** For requests below `/relay/`. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** For every upgrade of the server: there is no other WebSocket. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Cuts every client of every relay. */
  close(): void;
}

const maxCommandBytes = 64 * 1024 * 1024; // a 10 MB document travels as base64 in one command

export function createRelayHub({ publicUrl, log }: RelayHubInput): RelayHub {
  const tickets = new Map<string, Relay>();
  const relays = new Set<Relay>();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxCommandBytes,
  });

  function find(ticket: string | undefined) {
    const relay = ticket === undefined ? undefined : tickets.get(ticket);
    if (ticket === undefined || relay === undefined) return { fault: lostProblem };
    const role = relay.roleOf(ticket);
    return role === undefined ? { fault: fencedProblem } : { relay, role };
  }

  return {
    open(input) {
      const relay: Relay = createRelay(input, {
        log,
        issue() {
          const ticket = randomBytes(24).toString("base64url");
          tickets.set(ticket, relay);
          return { ticket, url: `${publicUrl()}/relay/${ticket}` };
        },
        forget(ticket) {
          tickets.delete(ticket);
        },
        closed() {
          relays.delete(relay);
        },
      });
      relays.add(relay);
      return relay;
    },
    onRequest(request, response) {
      const { ticket, rest } = readRelayAddress(request);
      const { relay, fault } = find(ticket);
      if (relay === undefined) refuseRequest(response, fault);
      else if (rest !== "json/version") refuseRequest(response, notFoundProblem);
      else {
        const webSocketDebuggerUrl = `${publicUrl().replace(/^http/, "ws")}/relay/${ticket}`;
        const body = { Browser: relay.product, "Protocol-Version": "1.3", webSocketDebuggerUrl };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      }
    },
    onUpgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      const { relay, role, fault } = find(readRelayAddress(request).ticket);
      if (relay === undefined || isFromWebPage(request)) {
        refuseUpgrade(socket, fault ?? lostProblem);
        return;
      }
      // In this turn of the event loop, so that no ticket changes in between.
      sockets.handleUpgrade(request, socket, head, (webSocket) => relay.admit(webSocket, role));
    },
    close() {
      for (const relay of relays) relay.close();
      sockets.close();
    },
  };
}
