import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, ValetError, errorPolicies, toValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { App } from "./app-type.ts";
import { retryAfterSeconds } from "./say-when-to-retry.ts";

/** What one address does with whoever wants a WebSocket there. */
export interface SocketRoute {
  /** Lets the caller in, or throws the ValetError that it is refused with. */
  readonly admit: (request: IncomingMessage) => Promise<Admission>;
  /** Ends what is open. */
  readonly close: () => void;
}

interface Admission {
  readonly accept: (socket: Duplex, head: Buffer) => void;
  /** The caller was gone before it could be let in. */
  readonly giveUp: () => void;
}

/** Serves WebSockets by path. A refusal is an HTTP answer with the one error body. */
export function serveSockets(
  app: App,
  log: Logger,
  routes: Readonly<Record<string, SocketRoute>>,
): void {
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const [path = ""] = (request.url ?? "").split("?");
    admit(Object.hasOwn(routes, path) ? routes[path] : undefined, request)
      .then((admission) => {
        if (socket.destroyed) admission.giveUp();
        else admission.accept(socket, head);
      })
      .catch((thrown: unknown) => {
        const error = toValetError(thrown);
        const { code, status } = error;
        if (error.kind === "bug") log.error({ err: error }, "a WebSocket could not be opened");
        else log.info({ code, status }, "a WebSocket was refused");
        refuse(socket, error);
      });
  });
  app.addHook("preClose", async () => {
    for (const route of Object.values(routes)) route.close();
  });
}

async function admit(route: SocketRoute | undefined, request: IncomingMessage): Promise<Admission> {
  if (route !== undefined) return route.admit(request);
  throw new ValetError("NOT_FOUND", "There is no WebSocket at this address.");
}

export function protocolsOf(offered: string | undefined): ReadonlySet<string> {
  return new Set(offered?.split(",").map((one) => one.trim()));
}

/** Tickets come among the subprotocols, since these are in no log, unlike an address. */
export function ticketOf(offered: string | undefined): string | undefined {
  return /(?:^|,)\s*ticket\.([\w-]{43})\s*(?:,|$)/.exec(offered ?? "")?.[1];
}

export function ticketOpensNothing(): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    "This ticket opens nothing: each one is good once, for a minute, for the page it was given to. Ask for a new one.",
  );
}

function refuse(socket: Duplex, { code, message, status }: ValetError): void {
  const problem: Problem = { code, message };
  const text = JSON.stringify(errorPolicies[code].kind === "bug" ? { code } : problem);
  const retry = status === 503 ? `retry-after: ${retryAfterSeconds}\r\n` : "";
  socket.end(
    `HTTP/1.1 ${status} ${code}\r\nconnection: close\r\n${retry}content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
