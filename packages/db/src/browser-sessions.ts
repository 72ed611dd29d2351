import { type Selectable, sql } from "kysely";
import type { Querier } from "./connect.ts";
import type { BrowserSessions } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

/** `hibernated`: closed on purpose while a person is waited for; the page is rebuilt later. */
export type SessionEnd = "closed" | "lost" | "hibernated";

export type BrowserSessionRow = Omit<Selectable<BrowserSessions>, "fence" | "state"> & {
  readonly fence: number;
  readonly state: SessionEnd | "live";
};

/** A session as its task's worker names it: all three must fit, or it is unknown. */
export interface SessionKey {
  readonly sessionId: string;
  readonly taskId: string;
  readonly userId: string;
}

export interface NewBrowserSession {
  readonly id: string;
  readonly taskId: string;
  readonly userId: string;
  readonly hostId: string;
  readonly hostUrl: string;
}

/**
 * Reserves the task's session for a host, before its browser starts: of two hosts asked at once one
 * gets it. `taken`: the task's live session is another one. `unknown_task`: no such task of this person.
 */
export async function addBrowserSession(
  db: Querier,
  session: NewBrowserSession,
): Promise<
  | { readonly kind: "added" }
  | { readonly kind: "taken"; readonly by: BrowserSessionRow }
  | { readonly kind: "unknown_task" }
> {
  for (;;) {
    const added = await db
      .insertInto("browserSessions")
      .columns(["id", "taskId", "userId", "hostId", "hostUrl", "state"])
      .expression((eb) =>
        eb
          .selectFrom("tasks")
          .select((task) => [
            sql<string>`${session.id}::uuid`.as("id"),
            "tasks.id as taskId",
            "tasks.userId",
            task.val(session.hostId).as("hostId"),
            task.val(session.hostUrl).as("hostUrl"),
            task.val("live").as("state"),
          ])
          .where("tasks.id", "=", session.taskId)
          .where("tasks.userId", "=", session.userId),
      )
      .onConflict((conflict) => conflict.column("taskId").where("state", "=", "live").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added !== undefined) return { kind: "added" };
    const by = await findLiveSession(db, session.taskId);
    if (by !== undefined) return { kind: "taken", by };
    const task = await db
      .selectFrom("tasks")
      .select("id")
      .where("id", "=", session.taskId)
      .where("userId", "=", session.userId)
      .executeTakeFirst();
    // A session that ended between the two looks: there is room now.
    if (task === undefined) return { kind: "unknown_task" };
  }
}

export async function findBrowserSession(
  db: Querier,
  sessionId: string,
): Promise<BrowserSessionRow | undefined> {
  if (!isUuid(sessionId)) return undefined;
  const row = await db
    .selectFrom("browserSessions")
    .selectAll()
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return row === undefined ? undefined : sessionRowOf(row);
}

export async function findLiveSession(
  db: Querier,
  taskId: string,
): Promise<BrowserSessionRow | undefined> {
  const row = await db
    .selectFrom("browserSessions")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("state", "=", "live")
    .executeTakeFirst();
  return row === undefined ? undefined : sessionRowOf(row);
}

/** The one the task had last, whether it lives or not. */
export async function findNewestSession(
  db: Querier,
  taskId: string,
): Promise<BrowserSessionRow | undefined> {
  const row = await db
    .selectFrom("browserSessions")
    .selectAll()
    .where("taskId", "=", taskId)
    .orderBy("createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : sessionRowOf(row);
}

/** Ends a live session; of a session that has ended the first word stands. */
export async function endBrowserSession(
  db: Querier,
  { sessionId, as }: { readonly sessionId: string; readonly as: SessionEnd },
): Promise<void> {
  if (!isUuid(sessionId)) return;
  await db
    .updateTable("browserSessions")
    .set({ state: as, owner: null, leaseUntil: null, endedAt: sql`now()` })
    .where("id", "=", sessionId)
    .where("state", "=", "live")
    .execute();
}

/** Ends the task's live session, whichever host has it: that host closes its browser by itself. */
export async function endTaskSession(db: Querier, taskId: string): Promise<void> {
  if (!isUuid(taskId)) return;
  await db
    .updateTable("browserSessions")
    .set({ state: "closed", owner: null, leaseUntil: null, endedAt: sql`now()` })
    .where("taskId", "=", taskId)
    .where("state", "=", "live")
    .execute();
}

/** Of these sessions, those whose browser is still wanted: live here, and their task has not ended. */
export async function findWantedSessions(
  db: Querier,
  sessionIds: readonly string[],
): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("browserSessions")
    .innerJoin("tasks", "tasks.id", "browserSessions.taskId")
    .select("browserSessions.id")
    .where("browserSessions.id", "in", [...sessionIds])
    .where("browserSessions.state", "=", "live")
    .where("tasks.finishedAt", "is", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function sessionRowOf(row: Selectable<BrowserSessions>): BrowserSessionRow {
  return { ...row, fence: Number(row.fence), state: stateOf(row.state) };
}

const ends: ReadonlySet<string> = new Set(["closed", "lost", "hibernated"] satisfies SessionEnd[]);

function stateOf(state: string): BrowserSessionRow["state"] {
  return isEnd(state) ? state : "live";
}

function isEnd(state: string): state is SessionEnd {
  return ends.has(state);
}
