import { type Transaction, sql } from "kysely";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import type { Db } from "./connect.ts";
import type { DB } from "./schema.gen.ts";

/** How one try went. `reason`: a code for why there was no answer. */
export type DeliveryResult =
  | { readonly kind: "answered"; readonly status: number; readonly ms: number }
  | { readonly kind: "unanswered"; readonly reason: string; readonly ms: number };

/** Between one try and the next; with the jitter about a day in all. */
const pauseSeconds = [5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200] as const;
/** Share by which a pause may be longer, so that many that failed together do not come back together. */
const jitter = 0.2;
/** A webhook at which so many messages in a row were given up is switched off. */
const mostExhausted = 20;

export type Settled = "delivered" | "again" | "failed" | "disabled";

/**
 * Records how a try went, and decides what follows: another try, giving up, or switching the webhook off
 * and telling the person. What a process says that was taken for dead meanwhile counts only if it is good news.
 */
export async function settleDelivery(
  db: Db,
  delivery: Pick<ClaimedDelivery, "id" | "webhookId" | "attempt" | "event">,
  result: DeliveryResult,
): Promise<Settled> {
  return db.transaction().execute(async (trx) => {
    // First the webhook, as whoever deletes it does.
    const webhook = await trx
      .selectFrom("webhooks")
      .select(["id"])
      .where("id", "=", delivery.webhookId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (webhook === undefined) return "failed";
    if (result.kind === "answered" && result.status >= 200 && result.status < 300) {
      await recordSuccess(trx, delivery, result);
      return "delivered";
    }
    return recordFailure(trx, delivery, result);
  });
}

/** Gives a try back that was cut short, so that another process makes it at once. */
export async function releaseDelivery(
  db: Db,
  { id, attempt }: Pick<ClaimedDelivery, "id" | "attempt">,
): Promise<void> {
  await db
    .updateTable("webhookDeliveries")
    .set({ claimedUntil: null, attempts: attempt - 1 })
    .where("id", "=", id)
    .where("attempts", "=", attempt)
    .where("state", "=", "waiting")
    .execute();
}

type SettledDelivery = Parameters<typeof settleDelivery>[1];

async function recordSuccess(
  trx: Transaction<DB>,
  { id, webhookId }: SettledDelivery,
  result: DeliveryResult,
): Promise<void> {
  await trx
    .updateTable("webhookDeliveries")
    .set({ ...lastOf(result), state: "delivered", claimedUntil: null, deliveredAt: sql`now()` })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .execute();
  await trx
    .updateTable("webhooks")
    .set({ exhaustedSinceSuccess: 0, failedSinceSuccess: 0, lastSuccessAt: sql`now()` })
    .where("id", "=", webhookId)
    .execute();
}

async function recordFailure(
  trx: Transaction<DB>,
  { id, webhookId, attempt, event }: SettledDelivery,
  result: DeliveryResult,
): Promise<Settled> {
  const isGone = result.kind === "answered" && result.status === 410;
  const pause = isGone || event === undefined ? undefined : pauseSeconds[attempt - 1];
  const recorded = await trx
    .updateTable("webhookDeliveries")
    .set({
      ...lastOf(result),
      claimedUntil: null,
      ...(pause === undefined ? { state: "failed" } : { availableAt: after(pause) }),
    })
    .where("id", "=", id)
    .where("attempts", "=", attempt)
    .where("state", "=", "waiting")
    .returning("id")
    .executeTakeFirst();
  if (recorded === undefined) return "failed";
  const counts = pause === undefined && event !== undefined;
  const { isLost } = await trx
    .updateTable("webhooks")
    .set({
      failedSinceSuccess: sql`failed_since_success + 1`,
      ...(counts ? { exhaustedSinceSuccess: sql`exhausted_since_success + 1` } : {}),
    })
    .where("id", "=", webhookId)
    .returning(
      sql<boolean>`exhausted_since_success >= ${mostExhausted}
        or coalesce(last_success_at, created_at) < now() - interval '24 hours'`.as("isLost"),
    )
    .executeTakeFirstOrThrow();
  if (isGone || (counts && isLost)) {
    await disable(trx, webhookId, isGone ? "gone" : "failing");
    return "disabled";
  }
  return pause === undefined ? "failed" : "again";
}

async function disable(
  trx: Transaction<DB>,
  webhookId: string,
  reason: "gone" | "failing",
): Promise<void> {
  const disabled = await trx
    .updateTable("webhooks")
    .set({ disabledAt: sql`now()`, disabledReason: reason })
    .where("id", "=", webhookId)
    .where("disabledAt", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (disabled === undefined) return;
  await giveUpWaiting(trx, webhookId);
  await trx.insertInto("notices").values({ webhookId }).execute();
}

/** What waits for a webhook that is off would come late and all at once; it can be replayed. */
export async function giveUpWaiting(trx: Transaction<DB>, webhookId: string): Promise<void> {
  await trx
    .updateTable("webhookDeliveries")
    .set({ state: "failed", lastError: sql`coalesce(last_error, 'WEBHOOK_DISABLED')` })
    .where("webhookId", "=", webhookId)
    .where("state", "=", "waiting")
    .where("type", "!=", "ping")
    .execute();
}

function lastOf(result: DeliveryResult) {
  return {
    lastMs: Math.round(result.ms),
    lastStatus: result.kind === "answered" ? result.status : null,
    lastError: result.kind === "answered" ? null : result.reason,
  };
}

function after(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds * (1 + Math.random() * jitter)})`;
}
