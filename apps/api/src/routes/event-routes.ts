import { Readable } from "node:stream";
import { listEventsRoute, streamTaskRoute } from "@valet/contracts";
import { getTask, listEvents } from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { type LogItem, readEventLog } from "../read-event-log.ts";

export function registerEventRoutes(app: App, deps: PersonRouteDeps): void {
  const closing = new AbortController();
  // A live stream would keep the server from closing; its reader resumes at another.
  app.addHook("preClose", async () => closing.abort());

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
      const { db, user } = personOf(request);
      const userId = user.id;
      const task = await getTask(db, { id: request.params.id, userId });
      const after = startOf(request.headers["last-event-id"], request.query.after);
      // 204 is how a browser's EventSource learns that it need not come back.
      if (task.finishedAt !== null && after === task.lastSeq) return reply.code(204).send(null);
      const signal = AbortSignal.any([callerGone(reply), closing.signal]);
      const log = readEventLog(
        { db, doorbell: deps.doorbell },
        { taskId: task.id, userId, after },
        signal,
      );
      return reply
        .header("content-type", "text/event-stream; charset=utf-8")
        .header("cache-control", "no-store, no-transform")
        .header("x-accel-buffering", "no")
        .send(Readable.from(framesOf(log), { objectMode: false }));
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

/** Only durable events carry an id: an invented one would move the reader's cursor past real ones. */
async function* framesOf(log: AsyncIterable<LogItem>): AsyncGenerator<string> {
  // A first comment, so that the reader sees at once that it is connected.
  yield ": hello\n\n";
  for await (const item of log) {
    switch (item.kind) {
      case "event":
        yield `id: ${item.event.seq}\nevent: ${item.event.type}\ndata: ${JSON.stringify(item.event)}\n\n`;
        break;
      case "reset":
        yield "event: reset\ndata: {}\n\n";
        break;
      case "quiet":
        yield ": quiet\n\n";
        break;
    }
  }
}
