import { type NewTaskEvent, TaskEvent, type TaskMessage, toTaskMessage } from "@valet/contracts";
import type { Transaction } from "kysely";
import type { Db } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import type { DB } from "./schema.gen.ts";
import { type TaskRow, taskNotFound, taskRowOf } from "./task-row.ts";

export interface TaskWriter {
  readonly db: Db;
  /** Called after commit, once an event; must not throw. */
  readonly ring: (userId: string, message: TaskMessage) => void;
}

/** One transaction on one locked task. Events get their numbers here and nowhere else. */
export interface TaskWrite {
  readonly trx: Transaction<DB>;
  /** As locked; `set` keeps it in step with what was written. */
  task: TaskRow;
  readonly append: (event: NewTaskEvent) => void;
}

/**
 * Locks the task, runs `work` and commits what it changed together with the events it appended.
 * The row lock makes commit order and number order the same, so the log has no gaps (design §7).
 * Throws `NOT_FOUND` for an unknown task; then nothing was written.
 */
export async function writeTask<T>(
  writer: TaskWriter,
  taskId: string,
  work: (write: TaskWrite) => Promise<T>,
): Promise<T> {
  const { result, userId, events } = await writer.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("tasks")
      .selectAll()
      .where("id", "=", taskId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw taskNotFound();
    const appended: NewTaskEvent[] = [];
    const write: TaskWrite = {
      trx,
      task: taskRowOf(row),
      append: (event) => void appended.push(event),
    };
    const result = await work(write);
    return { result, userId: row.userId, events: await insertEvents(write, appended) };
  });
  for (const event of events) writer.ring(userId, toTaskMessage(event));
  return result;
}

async function insertEvents(
  write: TaskWrite,
  appended: readonly NewTaskEvent[],
): Promise<TaskEvent[]> {
  if (appended.length === 0) return [];
  const { trx, task } = write;
  const rows = await trx
    .insertInto("taskEvents")
    .values(
      appended.map((event, index) => ({
        taskId: task.id,
        seq: task.lastSeq + index + 1,
        epoch: task.epoch,
        type: event.type,
        data: jsonValue(event.data),
      })),
    )
    .returningAll()
    .execute();
  await trx
    .updateTable("tasks")
    .set({ lastSeq: task.lastSeq + appended.length, updatedAt: new Date() })
    .where("id", "=", task.id)
    .execute();
  return rows.map(eventOf).toSorted((a, b) => a.seq - b.seq);
}

function eventOf(row: {
  taskId: string;
  seq: number;
  epoch: number;
  type: string;
  at: Date;
  data: unknown;
}): TaskEvent {
  return TaskEvent.parse({ ...row, at: row.at.toISOString() });
}

/** Events after a number, in order. */
export async function listEvents(
  db: Db,
  {
    taskId,
    after,
    limit,
  }: { readonly taskId: string; readonly after: number; readonly limit: number },
): Promise<TaskEvent[]> {
  const rows = await db
    .selectFrom("taskEvents")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}
