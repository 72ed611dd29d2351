import {
  createStreamTicketRoute,
  listEventsRoute,
  listPersonEventsRoute,
  streamPersonRoute,
  streamTaskRoute,
} from "@valet/contracts";
import { addStreamTicket, findPersonHeads, getTask, listEvents, listPersonEvents } from "@valet/db";
import type { FastifyReply } from "fastify";
import type { App } from "../app-type.ts";
import { type Person, personOf } from "../identity/person.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { assertAllowedOrigin } from "../live/live-deps.ts";
import { openEventStream } from "../progress/event-stream.ts";
import type { FollowedLog, LogHub } from "../progress/log-hub.ts";
import type { OpenStreams } from "../progress/open-streams.ts";

export interface EventRouteDeps extends PersonRouteDeps {
  readonly hub: LogHub;
  readonly streams: OpenStreams;
}

export function registerEventRoutes(app: App, deps: EventRouteDeps): void {
  const { hub, streams, live } = deps;
  const closing = new AbortController();
  // A live stream would keep the server from closing; its reader resumes at another.
  app.addHook("preClose", async () => closing.abort());

  function stream(
    { user, credential }: Person,
    { reply, after, taskId }: { reply: FastifyReply; after: number; taskId?: string },
  ): FastifyReply {
    const log: FollowedLog = { userId: user.id, ...(taskId === undefined ? {} : { taskId }) };
    const barred = new AbortController();
    const leave = streams.open({ userId: user.id, ...credential }, () => barred.abort());
    reply.raw.once("close", leave);
    const signal = AbortSignal.any([callerGone(reply), closing.signal, barred.signal]);
    return reply
      .header("content-type", "text/event-stream; charset=utf-8")
      .header("cache-control", "no-store, no-transform")
      .header("x-accel-buffering", "no")
      .send(openEventStream((reader) => hub.follow(log, after, reader), signal));
  }

  app.route({
    ...listEventsRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      const { after, limit } = request.query;
      if (after >= task.lastSeq) return { events: [], lastSeq: task.lastSeq };
      const events = await listEvents(db, { taskId: task.id, after, limit });
      return { events, lastSeq: Math.max(task.lastSeq, events.at(-1)?.seq ?? 0) };
    },
  });

  app.route({
    ...streamTaskRoute,
    handler: async (request, reply) => {
      const person = personOf(request);
      const { db, user } = person;
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      const after = startOf(request.headers["last-event-id"], request.query.after);
      // 204 is how a browser's EventSource learns that it need not come back.
      if (task.finishedAt !== null && after === task.lastSeq) return reply.code(204).send(null);
      return stream(person, { reply, after, taskId: task.id });
    },
  });

  app.route({
    ...listPersonEventsRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const userId = user.id;
      const { after, limit } = request.query;
      const last = (await findPersonHeads(db, [userId])).get(userId)?.last ?? 0;
      if (after >= last) return { events: [], lastPosition: last };
      const events = await listPersonEvents(db, { userId, after, limit });
      return { events, lastPosition: Math.max(last, events.at(-1)?.position ?? 0) };
    },
  });

  app.route({
    ...streamPersonRoute,
    handler: (request, reply) => {
      const after = startOf(request.headers["last-event-id"], request.query.after);
      return stream(personOf(request), { reply, after });
    },
  });

  app.route({
    ...createStreamTicketRoute,
    handler: async (request, reply) => {
      const { origin } = request.headers;
      if (origin !== undefined) assertAllowedOrigin(live, origin);
      const { db, user, credential } = personOf(request);
      const input = { userId: user.id, ...credential, origin: origin ?? null };
      const { ticket, expiresAt } = await addStreamTicket(db, input);
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({
          url: `${live.publicOrigin().replace(/^http/, "ws")}/ws`,
          ticket,
          expiresAt: expiresAt.toISOString(),
        });
    },
  });
}

/**
 * Where to go on. A browser repeats its address on reconnect, so the header counts before the
 * query; one that is no number of ours is beyond every log and leads to a reset.
 */
function startOf(lastEventId: string | string[] | undefined, after: number | undefined): number {
  if (typeof lastEventId !== "string" || lastEventId === "") return after ?? 0;
  return /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : Number.MAX_SAFE_INTEGER;
}
