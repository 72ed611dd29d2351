import type { TaskEvent } from "@valet/contracts";
import { type Db, findTask, listEvents } from "@valet/db";
import type { Doorbell } from "@valet/doorbell";
import { createBell } from "./create-bell.ts";

export interface EventLogDeps {
  readonly db: Db;
  readonly doorbell: Pick<Doorbell, "subscribe">;
  /** Pause between two looks without a ring, in milliseconds: what a lost ring costs at most. */
  readonly pollMs?: number;
  /** Time without an event after which `quiet` is given, in milliseconds. */
  readonly quietMs?: number;
}

export type LogItem =
  | { readonly kind: "event"; readonly event: TaskEvent }
  /** The reader knows more than the log holds: it must forget and start again; from 1 follows. */
  | { readonly kind: "reset" }
  /** Nothing happened for a while. */
  | { readonly kind: "quiet" };

const pageSize = 500;

/**
 * Every event of a task after `after`, in order and once, until its last one has been given or the
 * signal is aborted. It listens before it reads, so that nothing can fall between the two.
 */
export async function* readEventLog(
  { db, doorbell, pollMs = 1_000, quietMs = 15_000 }: EventLogDeps,
  {
    taskId,
    userId,
    after,
  }: { readonly taskId: string; readonly userId: string; readonly after: number },
  signal: AbortSignal,
): AsyncGenerator<LogItem, void, undefined> {
  const bell = createBell();
  const unsubscribe = doorbell.subscribe(userId, (message) => {
    if (message.taskId === taskId) bell.ring();
  });
  try {
    let cursor = after;
    let spokeAtMs = performance.now();
    while (!signal.aborted) {
      const task = await findTask(db, { id: taskId });
      if (task === undefined) return;
      if (cursor > task.lastSeq) {
        cursor = 0;
        yield { kind: "reset" };
      }
      if (cursor === task.lastSeq) {
        if (task.finishedAt !== null) return;
        if (performance.now() - spokeAtMs >= quietMs) {
          spokeAtMs = performance.now();
          yield { kind: "quiet" };
        }
        await bell.wait(pollMs, signal);
        continue;
      }
      for (const event of await listEvents(db, { taskId, after: cursor, limit: pageSize })) {
        cursor = event.seq;
        yield { kind: "event", event };
        if (signal.aborted) return;
      }
      spokeAtMs = performance.now();
    }
  } finally {
    unsubscribe();
  }
}
