import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { listPages } from "./task-pages.ts";

/**
 * Kinds of human steps whose page may be closed and built again. A page that waits for a code, a
 * solved captcha, a sign-in or a person at its controls would be another page afterwards.
 */
const parkableKinds = ["review"];

/** A task that waits for a person, with the browser that waits with it. */
export interface IdleReview {
  readonly taskId: string;
  readonly userId: string;
  readonly epoch: number;
  readonly sessionId: string;
  /** Of what the open review shows. */
  readonly digest: string;
}

export interface IdleLimits {
  readonly idleMs: number;
  readonly pressedMs: number;
  /** Ids of tasks that are left alone. */
  readonly except: readonly string[];
}

/**
 * Locks one task that has waited for a review for `idleMs` and still has a browser, the longest
 * silent first; for `pressedMs` where its browser keeps another application from starting. Tasks that others have locked are passed over. The lock holds until the transaction
 * ends: nobody approves, cancels or dispatches meanwhile.
 */
export async function claimIdleReview(
  trx: Querier,
  { idleMs, pressedMs, except }: IdleLimits,
): Promise<IdleReview | undefined> {
  let query = trx
    .selectFrom("tasks")
    .innerJoin("humanSteps", "humanSteps.taskId", "tasks.id")
    .select(["tasks.id", "tasks.userId", "tasks.epoch", "tasks.sessionId", "humanSteps.digest"])
    .where("tasks.state", "=", "awaiting_review")
    .where("humanSteps.state", "=", "open")
    .where("humanSteps.kind", "in", parkableKinds)
    .where("tasks.sessionId", "is not", null)
    .where(
      sql<boolean>`(
        tasks.updated_at < now() - ${idleMs} * interval '1 millisecond'
        or tasks.updated_at < now() - ${pressedMs} * interval '1 millisecond' and exists (
          select from tasks as waiting
          where waiting.state = 'queued' and waiting.admitted_at is null and (
            waiting.held_up_by = 'no_room'
            or waiting.held_up_by = 'person_live' and waiting.user_id = tasks.user_id
            or waiting.held_up_by = 'platform_live' and waiting.platform = tasks.platform
            or waiting.held_up_by = 'host_live' and waiting.host = tasks.host
          )
        )
      )`,
    )
    .orderBy("tasks.updatedAt")
    .limit(1)
    .forNoKeyUpdate("tasks")
    .skipLocked();
  if (except.length > 0) query = query.where("tasks.id", "not in", [...except]);
  const row = await query.executeTakeFirst();
  if (row === undefined || row.sessionId === null || row.digest === null) return undefined;
  const { id: taskId, userId, epoch, sessionId, digest } = row;
  return { taskId, userId, epoch, sessionId, digest };
}

export interface Hibernation {
  readonly taskId: string;
  readonly epoch: number;
  readonly sessionId: string;
  readonly storageKey: string;
  readonly byteSize: number;
  readonly digest: string;
  readonly page: number;
  readonly url: string;
}

/** Records a parked browser and takes it away from its task, in place of an earlier one. */
export async function saveHibernation(
  trx: Querier,
  { taskId, epoch, sessionId, storageKey, byteSize, digest, page, url }: Hibernation,
): Promise<void> {
  const fresh = {
    epoch,
    sessionId,
    storageKey,
    byteSize,
    digest,
    page,
    url,
    parkedAt: sql<Date>`now()`,
    resumedAt: null,
  };
  await trx
    .insertInto("hibernations")
    .values({ taskId, ...fresh })
    .onConflict((conflict) => conflict.column("taskId").doUpdateSet(fresh))
    .execute();
  await trx
    .updateTable("tasks")
    .set({ sessionId: null })
    .where("id", "=", taskId)
    .where("sessionId", "=", sessionId)
    .execute();
}

/** The parked browser of this start of the task; undefined when it has none or was built again. */
export async function findParked(
  db: Querier,
  { taskId, epoch }: { readonly taskId: string; readonly epoch: number },
): Promise<Hibernation | undefined> {
  return db
    .selectFrom("hibernations")
    .select(["taskId", "epoch", "sessionId", "storageKey", "byteSize", "digest", "page", "url"])
    .where("taskId", "=", taskId)
    .where("epoch", "=", epoch)
    .where("resumedAt", "is", null)
    .executeTakeFirst();
}

export async function markResumed(db: Querier, taskId: string): Promise<void> {
  await db
    .updateTable("hibernations")
    .set({ resumedAt: sql`now()` })
    .where("taskId", "=", taskId)
    .where("resumedAt", "is", null)
    .execute();
}

/** Parked state that nobody needs any more: its task has ended. */
export async function listEndedHibernations(
  db: Querier,
  limit: number,
): Promise<{ readonly taskId: string; readonly storageKey: string }[]> {
  return db
    .selectFrom("hibernations")
    .innerJoin("tasks", "tasks.id", "hibernations.taskId")
    .select(["hibernations.taskId", "hibernations.storageKey"])
    .where("tasks.finishedAt", "is not", null)
    .orderBy("hibernations.parkedAt")
    .limit(limit)
    .execute();
}

export async function forgetHibernation(db: Querier, taskId: string): Promise<void> {
  await db.deleteFrom("hibernations").where("taskId", "=", taskId).execute();
}

/** Where the form stands: its newest page, with origin and path. Undefined before it was read. */
export async function findLastPlace(
  db: Querier,
  { taskId, epoch }: { readonly taskId: string; readonly epoch: number },
): Promise<{ readonly page: number; readonly url: string } | undefined> {
  const last = (await listPages(db, { taskId, epoch })).at(-1);
  return last === undefined ? undefined : { page: last.page, url: last.snapshot.url };
}
