import { TaskEvent } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import type { Querier } from "./connect.ts";
import type { TaskEvents } from "./schema.gen.ts";

type StoredEvent = Pick<Selectable<TaskEvents>, "seq" | "epoch" | "type" | "at" | "data"> & {
  /** None of an event that is a résumé's alone. */
  readonly taskId: string | null;
};
type StoredPersonEvent = StoredEvent & { readonly position: number };

/** An event as the contract has it. */
function eventOf({ seq, epoch, taskId, type, at, data }: StoredEvent): TaskEvent {
  const ofTask = taskId === null ? {} : { taskId };
  return TaskEvent.parse({ seq, epoch, ...ofTask, type, at: at.toISOString(), data });
}

interface Page {
  readonly after: number;
  readonly limit: number;
}

/** A task's events after a sequence number, in order. */
export async function listEvents(
  db: Querier,
  { taskId, after, limit }: Page & { readonly taskId: string },
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

/** An event with its place among all events of the person: gap-free, from 1. */
export interface PersonEvent {
  readonly position: number;
  readonly event: TaskEvent;
}

export function personEventOf(row: StoredPersonEvent): PersonEvent {
  return { position: row.position, event: eventOf(row) };
}

/** The events of all of a person's tasks and résumés after a position, in order. */
export async function listPersonEvents(
  db: Querier,
  { userId, after, limit }: Page & { readonly userId: string },
): Promise<PersonEvent[]> {
  // In one statement: of two that follow each other the second may know of an event that comes after one
  // that the first did not see yet, and a reader would pass that one over.
  const { rows } = await sql<StoredPersonEvent>`
    (
      select task_id, position, seq, epoch, type, at, data from task_events
      where user_id = ${userId} and position > ${after} order by position limit ${limit}
    ) union all (
      select null, position, seq, epoch, type, at, data from resume_events
      where user_id = ${userId} and position > ${after} order by position limit ${limit}
    )
    order by position limit ${limit}
  `.execute(db);
  return rows.map(personEventOf);
}

/** How far a log goes, and whether that is its end. */
export interface LogHead {
  readonly last: number;
  readonly isEnded: boolean;
}

/** By task; one that is gone is absent. */
export async function findTaskHeads(
  db: Querier,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, LogHead>> {
  const rows = await db
    .selectFrom("tasks")
    .select(["id", "lastSeq", "finishedAt"])
    .where("id", "=", sql<string>`any(${taskIds}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => [row.id, { last: row.lastSeq, isEnded: row.finishedAt !== null }]),
  );
}

/** By person; one to whom nothing has happened is absent. */
export async function findPersonHeads(
  db: Querier,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, LogHead>> {
  const rows = await db
    .selectFrom("personLogs")
    .select(["userId", "lastPosition"])
    .where("userId", "=", sql<string>`any(${userIds}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.userId, { last: row.lastPosition, isEnded: false }]));
}
