import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type LiveProtocol, ValetError, liveEndings, liveProtocolsIn } from "@valet/contracts";
import { type TakeoverTicketRow, findBrowserSession, useTakeoverTicket } from "@valet/db";
import { type WebSocket, WebSocketServer } from "ws";
import type { ApiDeps } from "../deps.ts";
import type { OpenStreams } from "../progress/open-streams.ts";
import { joinWebSockets } from "./join-web-sockets.ts";
import { type SocketRoute, protocolsOf, ticketOf, ticketOpensNothing } from "../serve-sockets.ts";
import { assertAllowedOrigin } from "./live-deps.ts";

/** The longest message in one piece: a clipboard. */
const maxMessageBytes = 1024 * 1024;

export interface LiveGatewayDeps extends Pick<ApiDeps, "live" | "database" | "log"> {
  readonly streams: OpenStreams;
}

/**
 * `/live`: the WebSocket that shows a live browser. Who comes must be a page of a listed origin and
 * bring a ticket that was made for it; what the ticket opens is decided by the session host. It ends with
 * the key or login behind it, like every live stream.
 */
export function createLiveGateway(deps: LiveGatewayDeps): SocketRoute {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => liveProtocolsIn(offered)[0] ?? false,
  });
  return {
    async admit(request) {
      const ticket = await spendTicket(deps, request);
      let viewer: WebSocket | undefined;
      const leave = deps.streams.open(ticket, () =>
        viewer?.close(liveEndings.not_allowed, "not_allowed"),
      );
      const protocols = liveProtocolsIn(protocolsOf(request.headers["sec-websocket-protocol"]));
      const upstream = await openDisplay(deps, ticket, protocols).catch((error: unknown) => {
        leave();
        throw error;
      });
      return {
        accept(socket, head) {
          socket.once("close", leave);
          sockets.handleUpgrade(request, socket, head, (opened) => {
            viewer = opened;
            joinWebSockets(viewer, upstream);
          });
        },
        giveUp() {
          leave();
          upstream.terminate();
        },
      };
    },
    close() {
      for (const viewer of sockets.clients) viewer.terminate();
      sockets.close();
    },
  };
}

async function spendTicket(
  { live, database, log }: LiveGatewayDeps,
  { headers }: IncomingMessage,
): Promise<TakeoverTicketRow> {
  const { origin } = headers;
  assertAllowedOrigin(live, origin);
  const ticket = ticketOf(headers["sec-websocket-protocol"]);
  const row =
    ticket === undefined ? undefined : await useTakeoverTicket(database.db, { ticket, origin });
  if (row === undefined) throw ticketOpensNothing();
  const { taskId, sessionId, mode } = row;
  log.info({ taskId, sessionId, mode }, "a viewer came in");
  return row;
}

async function openDisplay(
  { live, database }: LiveGatewayDeps,
  { taskId, userId, sessionId, controlId }: TakeoverTicketRow,
  protocols: readonly LiveProtocol[],
): Promise<WebSocket> {
  const session = await findBrowserSession(database.db, sessionId);
  if (session?.state !== "live" || live.hostAt === undefined) throw notReached();
  const control = controlId ?? undefined;
  const host = live.hostAt(session.hostUrl);
  const upstream = host.openDisplay(sessionId, { taskId, userId, control }, protocols);
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

function notReached(cause?: unknown): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This live browser cannot be shown: it is gone, or control of it has ended. Ask again.",
    {},
    { cause },
  );
}
