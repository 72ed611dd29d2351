import type { IncomingMessage } from "node:http";
import {
  type LogName,
  StreamRequest,
  type StreamMessage,
  ValetError,
  streamClosing,
  streamProtocol,
  toValetError,
} from "@valet/contracts";
import { type StreamHolder, findTask, useStreamTicket } from "@valet/db";
import { type WebSocket, WebSocketServer } from "ws";
import type { ApiDeps } from "../deps.ts";
import { type IdentityDeps, byBearer, readBearer, unauthorized } from "../identity/authenticate.ts";
import { assertAllowedOrigin } from "../live/live-deps.ts";
import { type SocketRoute, ticketOf, ticketOpensNothing } from "../serve-sockets.ts";
import type { LogHub } from "./log-hub.ts";
import type { Following } from "./log-tail.ts";
import type { OpenStreams } from "./open-streams.ts";

/** Requests are short; whoever sends more is no client of ours. */
const maxMessageBytes = 4 * 1024;
const mostSubscriptions = 500;
/** Dead connections are noticed within two of these, at both ends. */
const quietMs = 20_000;

export interface EventSocketDeps {
  readonly api: IdentityDeps & Pick<ApiDeps, "live" | "people">;
  readonly hub: LogHub;
  readonly streams: OpenStreams;
}

/** `/ws`: logs by subscription, as many as one likes on one connection. */
export function createEventSocket(deps: EventSocketDeps): SocketRoute {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => (offered.has(streamProtocol) ? streamProtocol : false),
  });
  return {
    async admit(request) {
      const holder = await identify(deps.api, request);
      let client: WebSocket | undefined;
      const leave = deps.streams.open(holder, () => client?.close(streamClosing.notAllowed));
      return {
        accept(socket, head) {
          socket.once("close", leave);
          sockets.handleUpgrade(request, socket, head, (opened) => {
            client = opened;
            serveClient(deps, client, holder.userId);
          });
        },
        giveUp: leave,
      };
    },
    close() {
      for (const client of sockets.clients) {
        client.close(streamClosing.away);
        // It need not answer: it comes again and resumes elsewhere.
        client.terminate();
      }
      sockets.close();
    },
  };
}

/** A program brings its key or a ticket; a page, which can send no header, a ticket made for its origin. */
async function identify(
  api: EventSocketDeps["api"],
  { headers }: IncomingMessage,
): Promise<StreamHolder> {
  const bearer = readBearer(headers);
  if (bearer !== undefined) {
    const known = await byBearer(api, bearer);
    if (known === undefined) throw unauthorized(false);
    if (!known.scopes.includes("read")) throw mayNotRead();
    return { userId: known.user.id, ...known.credential };
  }
  const { origin } = headers;
  if (origin !== undefined) assertAllowedOrigin(api.live, origin);
  const ticket = ticketOf(headers["sec-websocket-protocol"]);
  const input = { ticket: ticket ?? "", origin: origin ?? null };
  const holder = ticket === undefined ? undefined : await useStreamTicket(api.database.db, input);
  if (holder === undefined) throw ticketOpensNothing();
  return holder;
}

function serveClient({ api, hub }: EventSocketDeps, client: WebSocket, userId: string): void {
  const db = api.people.forPerson(userId);
  const followed = new Map<LogName, Following>();
  const say = (message: StreamMessage) => client.send(JSON.stringify(message));
  let isAlive = true;
  const ping = setInterval(() => {
    if (!isAlive) client.terminate();
    isAlive = false;
    client.ping();
    // Pages are not told of pings.
    say({ type: "quiet" });
  }, quietMs);
  client.on("pong", () => (isAlive = true));
  client.on("close", () => {
    clearInterval(ping);
    for (const following of followed.values()) following.stop();
    followed.clear();
  });
  // What follows an error is its close.
  client.on("error", () => undefined);
  const refuse = (task: LogName | null, thrown: unknown) => {
    const { code, message, kind } = toValetError(thrown);
    if (kind === "bug") api.log.error({ err: thrown }, "a subscription failed");
    say({ type: "problem", task, code, message });
  };

  /** Whether something waits for the client to read, so that logs may have been paused. */
  let isWaitedFor = false;
  const onSent = () => {
    if (!isWaitedFor || client.bufferedAmount > 0) return;
    isWaitedFor = false;
    for (const following of followed.values()) following.resume();
  };

  async function subscribe(task: LogName, after: number): Promise<void> {
    if (followed.size >= mostSubscriptions) throw tooManySubscriptions();
    if (task !== "*" && (await findTask(db, { id: task, userId })) === undefined) {
      throw unknownTask();
    }
    if (client.readyState !== client.OPEN) return;
    followed.get(task)?.stop();
    followed.delete(task);
    say({ type: "subscribed", task });
    let isOver = false;
    const log = task === "*" ? { userId } : { userId, taskId: task };
    const following = hub.follow(log, after, {
      send(entry) {
        client.send(entry.socketFrame(), { binary: false }, onSent);
        isWaitedFor = client.bufferedAmount > 0;
        return client.bufferedAmount;
      },
      reset: () => say({ type: "reset", task }),
      end(why) {
        isOver = true;
        followed.delete(task);
        if (why === "slow") client.close(streamClosing.slow, "too slow");
        else if (why === "complete") say({ type: "ended", task });
        else refuse(task, unknownTask());
      },
    });
    if (!isOver) followed.set(task, following);
  }

  client.on("message", (data: Buffer) => {
    const request = readRequest(data);
    if (request === undefined) {
      refuse(null, notUnderstood());
      return;
    }
    const { task } = request;
    if (request.type === "subscribe") {
      subscribe(task, request.after).catch((error: unknown) => refuse(task, error));
      return;
    }
    followed.get(task)?.stop();
    followed.delete(task);
  });
}

function readRequest(data: Buffer): StreamRequest | undefined {
  try {
    return StreamRequest.parse(JSON.parse(data.toString("utf8")));
  } catch {
    return undefined;
  }
}

function unknownTask(): ValetError {
  return new ValetError("NOT_FOUND", "There is no such application among yours.");
}

function tooManySubscriptions(): ValetError {
  return new ValetError(
    "TOO_MANY_STREAMS",
    `This connection follows ${mostSubscriptions} applications, as many as one may. Subscribe to \`*\` for all of them.`,
  );
}

function notUnderstood(): ValetError {
  return new ValetError(
    "VALIDATION",
    'This message was not understood. Send {"type": "subscribe", "task": id or "*", "after": number}.',
  );
}

function mayNotRead(): ValetError {
  return new ValetError(
    "FORBIDDEN",
    "This key may not follow applications: it lacks the scope `read`. Use a key that has it.",
    { scope: "read" },
  );
}
