import { type Transaction, sql } from "kysely";
import { z } from "zod";
import type { Db, Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import { lockPerson } from "./lock-person.ts";
import type { DB } from "./schema.gen.ts";

/** A browser that may still hold something of a person who is being erased. */
const ErasedSession = z.object({ sessionId: z.string(), hostId: z.string(), hostUrl: z.string() });
export type ErasedSession = z.infer<typeof ErasedSession>;

export interface Erasure {
  readonly userId: string;
  readonly requestedAt: Date;
  /** Since the request, by the database's clock. */
  readonly ageMs: number;
  /** Since the rows were erased; undefined while they are there. */
  readonly rowsErasedForMs: number | undefined;
  /** Places in the object store that may hold something of theirs. */
  readonly prefixes: readonly string[];
  readonly sessions: readonly ErasedSession[];
}

/**
 * From here on nobody comes in as this person, nothing is sent in their name and nobody is told of them. A
 * second time it changes nothing.
 */
export async function requestErasure(db: Db, userId: string): Promise<Date> {
  return db.transaction().execute(async (trx) => {
    await lockPerson(trx, userId);
    await trx
      .updateTable("users")
      .set({ erasingSince: sql`coalesce(erasing_since, now())` })
      .where("id", "=", userId)
      .execute();
    for (const table of [
      "apiKeys",
      "webhooks",
      "takeoverTickets",
      "streamTickets",
      "schedules",
    ] as const) {
      await trx.deleteFrom(table).where("userId", "=", userId).execute();
    }
    await trx
      .updateTable("standingConsents")
      .set({ revokedAt: sql`now()` })
      .where("userId", "=", userId)
      .where("revokedAt", "is", null)
      .execute();
    await trx
      .updateTable("batches")
      .set({ state: "cancelled", finishedAt: sql`now()` })
      .where("userId", "=", userId)
      .where("finishedAt", "is", null)
      .execute();
    const { requestedAt } = await trx
      .insertInto("erasures")
      .values({ userId })
      .onConflict((conflict) => conflict.column("userId").doUpdateSet({ userId }))
      .returning("requestedAt")
      .executeTakeFirstOrThrow();
    return requestedAt;
  });
}

/** Those that are due, the longest waiting first. */
export async function listDueErasures(db: Querier, limit: number): Promise<Erasure[]> {
  const rows = await db
    .selectFrom("erasures")
    .select(["userId", "requestedAt", "prefixes", "sessions"])
    .select(sql<string>`extract(epoch from now() - requested_at) * 1000`.as("ageMs"))
    .select(
      sql<string | null>`extract(epoch from now() - rows_erased_at) * 1000`.as("rowsErasedForMs"),
    )
    .where("availableAt", "<=", sql<Date>`now()`)
    .orderBy("availableAt")
    .limit(limit)
    .execute();
  return rows.map(({ ageMs, rowsErasedForMs, sessions, ...row }) => ({
    ...row,
    ageMs: Number(ageMs),
    rowsErasedForMs: rowsErasedForMs === null ? undefined : Number(rowsErasedForMs),
    sessions: z.array(ErasedSession).parse(sessions),
  }));
}

/** `reason`: a code of what is waited for. */
export async function postponeErasure(
  db: Querier,
  {
    userId,
    seconds,
    reason,
  }: { readonly userId: string; readonly seconds: number; readonly reason: string },
): Promise<void> {
  await db
    .updateTable("erasures")
    .set({
      attempts: sql`attempts + 1`,
      lastError: reason,
      availableAt: sql`now() + make_interval(secs => ${seconds})`,
    })
    .where("userId", "=", userId)
    .execute();
}

/** Live tasks of a person, of whom nothing may be sent any more. */
export async function listLiveTasksOf(db: Querier, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("tasks")
    .select("id")
    .where("userId", "=", userId)
    .where("finishedAt", "is", null)
    .orderBy("createdAt")
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Removes every row of the person in one transaction, and leaves behind what is needed to remove the rest.
 * `live`: a task has come up that must end first; then nothing was removed.
 */
export async function eraseRows(
  db: Db,
  userId: string,
): Promise<{ readonly kind: "erased"; readonly tasks: number } | { readonly kind: "live" }> {
  return db.transaction().execute(async (trx) => {
    // Whatever refers to the person, a task above all, waits and then finds nobody.
    await trx.selectFrom("users").select("id").where("id", "=", userId).forUpdate().execute();
    if ((await listLiveTasksOf(trx, userId)).length > 0) return { kind: "live" };
    const tasks = await trx.selectFrom("tasks").select("id").where("userId", "=", userId).execute();
    await trx
      .updateTable("erasures")
      .set({
        rowsErasedAt: sql`now()`,
        prefixes: await findPlaces(
          trx,
          userId,
          tasks.map(({ id }) => id),
        ),
        sessions: jsonValue(await findSessions(trx, userId)),
      })
      .where("userId", "=", userId)
      .where("rowsErasedAt", "is", null)
      .execute();
    await keepProof(trx, userId);
    // In an order in which nothing refers to what is gone; the rest goes with what it belongs to.
    await trx.deleteFrom("submissionIntents").where("userId", "=", userId).execute();
    await trx.deleteFrom("approvals").where("userId", "=", userId).execute();
    await trx.deleteFrom("tasks").where("userId", "=", userId).execute();
    await trx.deleteFrom("users").where("id", "=", userId).execute();
    return { kind: "erased", tasks: tasks.length };
  });
}

/** What is recorded, and the folders in which something may be that was never recorded. */
async function findPlaces(
  trx: Transaction<DB>,
  userId: string,
  taskIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ storageKey: string }>`
    select storage_key from resumes where user_id = ${userId}
    union
    select storage_key from evidence
      where task_id in (select id from tasks where user_id = ${userId})
    union
    select storage_key from hibernations
      where task_id in (select id from tasks where user_id = ${userId})`.execute(trx);
  const folders = [
    `resumes/${userId}`,
    ...taskIds.flatMap((id) => [`evidence/${id}`, `hibernations/${id}`]),
  ];
  const isInFolder = (key: string) => folders.some((folder) => key.startsWith(`${folder}/`));
  const places = new Set(folders);
  const others = rows.map(({ storageKey }) => storageKey).filter((key) => !isInFolder(key));
  return [...places, ...others];
}

/** Browsers that live, or whose host died or let go of them within the last day. */
async function findSessions(trx: Transaction<DB>, userId: string): Promise<ErasedSession[]> {
  const rows = await trx
    .selectFrom("browserSessions")
    .select(["id as sessionId", "hostId", "hostUrl"])
    .where("userId", "=", userId)
    .where((eb) =>
      eb.or([
        eb("endedAt", "is", null),
        eb("endedAt", ">", sql<Date>`now() - interval '24 hours'`),
      ]),
    )
    .execute();
  return rows;
}

/** That something was sent, in a row that leads to nobody. */
async function keepProof(trx: Transaction<DB>, userId: string): Promise<void> {
  await sql`
    insert into erased_submissions (digest, request_digest, outcome, dispatched_at, decided_at)
    select digest, request_digest, state, dispatched_at, decided_at
    from submission_intents
    where user_id = ${userId} and dispatched_at is not null
    -- Not in the order of their sending, and each under an id of its own.
    order by random()`.execute(trx);
}

export async function keepUnclosedSessions(
  db: Querier,
  { userId, sessions }: Pick<Erasure, "userId" | "sessions">,
): Promise<void> {
  await db
    .updateTable("erasures")
    .set({ sessions: jsonValue(sessions) })
    .where("userId", "=", userId)
    .execute();
}

/** The last that is known of them. */
export async function finishErasure(db: Querier, userId: string): Promise<void> {
  await db.deleteFrom("erasures").where("userId", "=", userId).execute();
}

/**
 * Whether the host is known to be gone and another was started in its place: that one has removed the
 * profiles its predecessor left, before it said that it is there.
 */
export async function hasSuccessor(db: Querier, hostId: string): Promise<boolean> {
  const [installation = ""] = hostId.split(":");
  const rows = await db
    .selectFrom("sessionHosts")
    .select("id")
    .where(sql<boolean>`starts_with(id, ${`${installation}:`})`)
    .where("seenAt", ">", sql<Date>`now() - interval '30 seconds'`)
    .execute();
  return rows.length > 0 && rows.every(({ id }) => id !== hostId);
}
