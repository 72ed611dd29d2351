import { type NewTaskEvent, type TaskMessage, toTaskMessage } from "@valet/contracts";
import { type Transaction, type UpdateObject, sql } from "kysely";
import type { Db } from "./connect.ts";
import { type PersonEvent, personEventOf } from "./event-log.ts";
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
  /** As locked, with what was changed since. */
  readonly task: TaskRow;
  /**
   * Changes columns of the task. All changes are written at once, with the events, when the work is
   * done: until then only `task` shows them, queries of the same transaction do not.
   */
  readonly change: (columns: TaskChange) => void;
  readonly append: (event: NewTaskEvent) => void;
}

/** Numbers and times of events belong to `writeTask`; what a task is about never changes. */
export type TaskChange = Partial<
  Pick<
    TaskRow,
    | "state"
    | "pct"
    | "epoch"
    | "runId"
    | "claimedAt"
    | "sessionId"
    | "outcome"
    | "reason"
    | "message"
    | "questions"
    | "confirmation"
    | "finishedAt"
  >
>;

/**
 * Locks the task, runs `work` and commits what it changed together with the events it appended.
 * The row lock makes commit order and number order the same, so the log has no gaps (design §7).
 * Throws `NOT_FOUND` for an unknown task; then nothing was written.
 */
export async function writeTask<T>(
  writer: TaskWriter,
  taskId: string,
  work: (write: TaskWrite) => Promise<T> | T,
): Promise<T> {
  const { result, userId, events } = await writer.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("tasks")
      .selectAll()
      .where("id", "=", taskId)
      // Writers exclude each other; rows that only refer to the task need not wait for them.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw taskNotFound();
    const changes: Changes = { columns: {}, events: [] };
    let task = taskRowOf(row);
    const result = await work({
      trx,
      get task() {
        return task;
      },
      change: (columns) => {
        task = { ...task, ...columns };
        Object.assign(changes.columns, columns);
      },
      append: (event) => void changes.events.push(event),
    });
    return { result, userId: row.userId, events: await save(trx, task, changes) };
  });
  for (const { event, position } of events) {
    writer.ring(userId, { ...toTaskMessage(event), position });
  }
  return result;
}

interface Changes {
  readonly columns: { -readonly [Column in keyof TaskChange]: TaskChange[Column] };
  readonly events: NewTaskEvent[];
}

/** One statement, since every round trip holds the lock on the task longer. */
async function save(
  trx: Transaction<DB>,
  task: TaskRow,
  { columns, events }: Changes,
): Promise<PersonEvent[]> {
  if (events.length === 0) {
    if (Object.keys(columns).length > 0) await updateTask(trx, task, storedOf(columns)).execute();
    return [];
  }
  const numbered = { lastSeq: task.lastSeq + events.length, updatedAt: sql<Date>`now()` };
  const rows = await trx
    .with("changed", (db) => updateTask(db, task, { ...storedOf(columns), ...numbered }))
    .insertInto("taskEvents")
    .values(
      events.map((event, index) => ({
        taskId: task.id,
        userId: task.userId,
        seq: task.lastSeq + index + 1,
        epoch: task.epoch,
        type: event.type,
        data: jsonValue(event.data),
      })),
    )
    .returningAll()
    .execute();
  return rows.map(personEventOf).toSorted((a, b) => a.position - b.position);
}

function updateTask(
  db: Pick<Transaction<DB>, "updateTable">,
  { id }: TaskRow,
  columns: UpdateObject<DB, "tasks">,
) {
  return db.updateTable("tasks").set(columns).where("id", "=", id);
}

function storedOf({ questions, confirmation, ...columns }: TaskChange): UpdateObject<DB, "tasks"> {
  return {
    ...columns,
    ...(questions === undefined ? {} : { questions: jsonValue(questions) }),
    ...(confirmation === undefined
      ? {}
      : { confirmation: confirmation === null ? null : jsonValue(confirmation) }),
  };
}
