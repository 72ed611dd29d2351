import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, ValetError, errorPolicies, toValetError } from "@valet/contracts";
import { type TakeoverTicketRow, findBrowserSession, useTakeoverTicket } from "@valet/db";
import { type WebSocket, WebSocketServer } from "ws";
import type { App } from "../app-type.ts";
import type { ApiDeps } from "../deps.ts";
import { retryAfterSeconds } from "../say-when-to-retry.ts";
import { joinWebSockets } from "./join-web-sockets.ts";
import { assertAllowedOrigin } from "./live-deps.ts";

/** The longest message in one piece: a clipboard. */
const maxMessageBytes = 1024 * 1024;

/**
 * `/live`: the WebSocket that shows a live browser. Who comes must be a page of a listed origin and
 * bring a ticket that was made for it; what the ticket opens is decided by the session host.
 */
export function serveLiveGateway(app: App, deps: ApiDeps): void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
  });
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    admit(deps, request)
      .then((upstream) => {
        if (socket.destroyed) {
          upstream.terminate();
          return;
        }
        sockets.handleUpgrade(request, socket, head, (viewer) => joinWebSockets(viewer, upstream));
      })
      .catch((thrown: unknown) => {
        const error = toValetError(thrown);
        const { code, status } = error;
        if (error.kind === "bug") deps.log.error({ err: error }, "a viewer could not be let in");
        else deps.log.info({ code, status }, "a viewer was refused");
        refuse(socket, error);
      });
  });
  app.addHook("preClose", async () => {
    for (const viewer of sockets.clients) viewer.terminate();
    sockets.close();
  });
}

/** A connection to the display that the request's ticket is for; it is paused. */
async function admit(deps: ApiDeps, request: IncomingMessage): Promise<WebSocket> {
  const { live, database, log } = deps;
  const [path] = (request.url ?? "").split("?");
  if (path !== "/live") throw new ValetError("NOT_FOUND", "There is no WebSocket at this address.");
  const { origin } = request.headers;
  assertAllowedOrigin(live, origin);
  const ticket = readTicket(request.headers["sec-websocket-protocol"]);
  const row =
    ticket === undefined ? undefined : await useTakeoverTicket(database.db, { ticket, origin });
  if (row === undefined) throw noTicket();
  const { taskId, sessionId, mode } = row;
  const upstream = await openDisplay(deps, row);
  log.info({ taskId, sessionId, mode }, "a viewer came in");
  return upstream;
}

async function openDisplay(
  { live, database }: ApiDeps,
  { taskId, userId, sessionId, controlId }: TakeoverTicketRow,
): Promise<WebSocket> {
  const session = await findBrowserSession(database.db, sessionId);
  if (session?.state !== "live" || live.hostAt === undefined) throw notReached();
  const control = controlId ?? undefined;
  const upstream = live.hostAt(session.hostUrl).openDisplay(sessionId, { taskId, userId, control });
  // At once, until somebody listens: the display speaks first, and may do so in the same packet.
  upstream.once("open", () => upstream.pause());
  const refused = once(upstream, "unexpected-response").then(() => {
    upstream.terminate();
    throw notReached();
  });
  try {
    await Promise.race([once(upstream, "open"), refused]);
  } catch (cause) {
    throw notReached(cause);
  } finally {
    refused.catch(() => undefined);
  }
  return upstream;
}

/** Among the subprotocols, since these are in no log, unlike an address. */
function readTicket(offered: string | undefined): string | undefined {
  return /(?:^|,)\s*ticket\.([\w-]{43})\s*(?:,|$)/.exec(offered ?? "")?.[1];
}

function noTicket(): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    "This ticket opens nothing: each one is good once, for a minute, for the page it was given to. Ask for a new one.",
  );
}

function notReached(cause?: unknown): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This live browser cannot be shown: it is gone, or control of it has ended. Ask again.",
    {},
    { cause },
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
