import { sql } from "kysely";
import { type SessionKey, findBrowserSession } from "./browser-sessions.ts";
import type { Querier } from "./connect.ts";
import { type StepTry, isNewestTry, laterTries } from "./step-runs.ts";
import { isUuid } from "./task-row.ts";

export interface TakeFence extends SessionKey {
  /** The host that asks: it can only speak for its own sessions. */
  readonly hostId: string;
  readonly owner: string;
  readonly leaseMs: number;
  /** The fence its caller holds; without it, whoever drove before is replaced. */
  readonly held?: number | undefined;
  /**
   * The try of a step its caller works on. Once a later try has begun, the engine has given this one
   * up: its worker was frozen or cut off, and must not take the session from the one that goes on.
   */
  readonly turn?: (Omit<StepTry, "step"> & { readonly step: string }) | undefined;
}

/** The owner of a session that a person controls. */
export function personAsOwner(userId: string): string {
  return `${personPrefix}${userId}`;
}

export const personPrefix = "person:";

export type TakenFence = { readonly kind: "taken"; readonly fence: number } | RefusedFence;

export type RefusedFence =
  /** Somebody else has taken over: the fence named is not the newest one, or the turn is not. */
  | { readonly kind: "fenced"; readonly current: number }
  /** A person controls the session; workers wait until it is handed back. */
  | { readonly kind: "held" }
  /** Ended, unknown, another person's or another task's: told apart by nobody. */
  | { readonly kind: "unknown" };

/** Takes the next fence number and the lease, in one statement and by the database's clock. */
export async function takeFence(db: Querier, input: TakeFence): Promise<TakenFence> {
  for (;;) {
    const answer = await tryFence(db, input);
    // Nobody is in the way any more: a person has let go between the two looks.
    if (answer.kind !== "free") return answer;
  }
}

async function tryFence(
  db: Querier,
  input: TakeFence,
): Promise<TakenFence | { readonly kind: "free" }> {
  if (!isUuid(input.sessionId)) return { kind: "unknown" };
  let update = liveSession(db, input)
    .set({
      fence: sql`fence + 1`,
      owner: input.owner,
      leaseUntil: sql`now() + ${input.leaseMs} * interval '1 millisecond'`,
    })
    .where("hostId", "=", input.hostId);
  if (input.held !== undefined) update = update.where("fence", "=", String(input.held));
  if (!isPerson(input.owner)) {
    update = update.where((eb) =>
      eb.or([
        eb("owner", "is", null),
        eb("owner", "not like", `${personPrefix}%`),
        // A person whose host no longer speaks for them has let go.
        eb("leaseUntil", "<=", sql<Date>`now()`),
      ]),
    );
  }
  const { turn } = input;
  if (turn !== undefined) {
    update = update.where((eb) => eb.not(eb.exists(laterTries(db, turn))));
  }
  const row = await update.returning("fence").executeTakeFirst();
  if (row !== undefined) return { kind: "taken", fence: Number(row.fence) };
  const refused = await explainRefusal(db, input);
  if (refused.kind !== "fenced" || isPerson(input.owner)) return refused;
  const { owner, leased } = await readHolder(db, input.sessionId);
  if (isPerson(owner) && leased) return { kind: "held" };
  const isOutdated = input.held !== undefined && input.held !== refused.current;
  return isOutdated || (turn !== undefined && !(await isNewestTry(db, turn)))
    ? refused
    : { kind: "free" };
}

async function readHolder(
  db: Querier,
  sessionId: string,
): Promise<{ readonly owner: string | null; readonly leased: boolean }> {
  const row = await db
    .selectFrom("browserSessions")
    .select(["owner", sql<boolean>`coalesce(lease_until > now(), false)`.as("leased")])
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return row ?? { owner: null, leased: false };
}

/** Lets go: the lease ends. Only the holder of the newest fence can. */
export async function releaseFence(
  db: Querier,
  input: SessionKey & { readonly fence: number },
): Promise<{ readonly kind: "released" } | RefusedFence> {
  if (!isUuid(input.sessionId)) return { kind: "unknown" };
  const row = await liveSession(db, input)
    .set({ owner: null, leaseUntil: null })
    .where("fence", "=", String(input.fence))
    .returning("id")
    .executeTakeFirst();
  return row === undefined ? explainRefusal(db, input) : { kind: "released" };
}

/** Extends the leases of those who are connected; a fence that is no longer the newest is left out. */
export async function renewLeases(
  db: Querier,
  input: {
    readonly holders: readonly { readonly sessionId: string; readonly fence: number }[];
    readonly leaseMs: number;
  },
): Promise<void> {
  for (const { sessionId, fence } of input.holders) {
    await db
      .updateTable("browserSessions")
      .set({ leaseUntil: sql`now() + ${input.leaseMs} * interval '1 millisecond'` })
      .where("id", "=", sessionId)
      .where("fence", "=", String(fence))
      .where("state", "=", "live")
      .execute();
  }
}

function liveSession(db: Querier, { sessionId, taskId, userId }: SessionKey) {
  return db
    .updateTable("browserSessions")
    .where("id", "=", sessionId)
    .where("taskId", "=", taskId)
    .where("userId", "=", userId)
    .where("state", "=", "live");
}

async function explainRefusal(
  db: Querier,
  key: SessionKey & { readonly hostId?: string },
): Promise<RefusedFence> {
  const row = await findBrowserSession(db, key.sessionId);
  if (row === undefined || row.state !== "live") return { kind: "unknown" };
  if (key.hostId !== undefined && row.hostId !== key.hostId) return { kind: "unknown" };
  if (row.taskId !== key.taskId || row.userId !== key.userId) return { kind: "unknown" };
  return { kind: "fenced", current: row.fence };
}

function isPerson(owner: string | null): boolean {
  return owner?.startsWith(personPrefix) === true;
}
