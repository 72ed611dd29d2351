import { ValetError, WebhookDelivery } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import type { Db, Querier } from "./connect.ts";
import type { WebhookDeliveries } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";
import { type WebhookOfPerson, getWebhook } from "./webhooks.ts";

export type WebhookDeliveryRow = Selectable<WebhookDeliveries>;

/** A page of what was sent to a webhook, newest first; `cursor` is the id of the last one seen. */
export async function listDeliveries(
  db: Querier,
  page: {
    readonly webhook: WebhookOfPerson;
    readonly state?: WebhookDelivery["state"];
    readonly limit: number;
    readonly cursor?: string;
  },
): Promise<{ readonly deliveries: WebhookDeliveryRow[]; readonly nextCursor: string | null }> {
  const { id: webhookId } = await getWebhook(db, page.webhook);
  let query = db
    .selectFrom("webhookDeliveries")
    .selectAll()
    .where("webhookId", "=", webhookId)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(page.limit + 1);
  if (page.state !== undefined) query = query.where("state", "=", page.state);
  if (page.cursor !== undefined) {
    const last = await findDelivery(db, { webhookId, id: page.cursor });
    if (last === undefined) {
      throw new ValetError("VALIDATION", "The cursor is not one of ours. Start again without it.");
    }
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from webhook_deliveries where id = ${last.id})`,
    );
  }
  const rows = await query.execute();
  const deliveries = rows.slice(0, page.limit);
  return {
    deliveries,
    nextCursor: rows.length > page.limit ? (deliveries.at(-1)?.id ?? null) : null,
  };
}

/**
 * Has a message sent once more, with all its tries; one that is being sent right now is left alone.
 *
 * @throws `NOT_FOUND`, `WEBHOOK_DISABLED`.
 */
export async function replayDelivery(
  db: Db,
  { webhook, deliveryId }: { readonly webhook: WebhookOfPerson; readonly deliveryId: string },
): Promise<WebhookDeliveryRow> {
  return db.transaction().execute(async (trx) => {
    const { id: webhookId, disabledAt } = await getWebhook(trx, webhook);
    const delivery = await findDelivery(trx, { webhookId, id: deliveryId });
    if (delivery === undefined) throw unknownDelivery();
    if (disabledAt !== null) throw webhookDisabled();
    const again = await trx
      .updateTable("webhookDeliveries")
      .set({
        state: "waiting",
        attempts: 0,
        availableAt: sql`now()`,
        claimedUntil: null,
        deliveredAt: null,
      })
      .where("id", "=", delivery.id)
      .where((eb) =>
        eb.or([
          eb("state", "!=", "waiting"),
          eb("claimedUntil", "is", null),
          eb("claimedUntil", "<=", sql<Date>`now()`),
        ]),
      )
      .returningAll()
      .executeTakeFirst();
    return again ?? delivery;
  });
}

/** Throws `NOT_FOUND`. A webhook that is off can be tried before it is switched on. */
export async function addPing(db: Querier, webhook: WebhookOfPerson): Promise<WebhookDeliveryRow> {
  const { id: webhookId } = await getWebhook(db, webhook);
  return db
    .insertInto("webhookDeliveries")
    .values({ webhookId, type: "ping" })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Forgets what has been settled for 30 days; returns how many that were. */
export async function forgetOldDeliveries(db: Querier, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("webhookDeliveries")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("webhookDeliveries")
        .select("id")
        .where("state", "!=", "waiting")
        .where("createdAt", "<", sql<Date>`now() - interval '30 days'`)
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** How many messages are due and wait. */
export async function countDueDeliveries(db: Querier): Promise<number> {
  const { count } = await db
    .selectFrom("webhookDeliveries")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("state", "=", "waiting")
    .where("availableAt", "<=", sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  return count;
}

/** The delivery as the API shows it. */
export function deliveryOf(row: WebhookDeliveryRow): WebhookDelivery {
  return WebhookDelivery.parse({
    id: row.id,
    type: row.type,
    taskId: row.taskId,
    seq: row.seq,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.lastStatus,
    lastError: row.lastError,
    lastMs: row.lastMs,
    createdAt: row.createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: row.state === "waiting" ? row.availableAt.toISOString() : null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  });
}

async function findDelivery(
  db: Querier,
  { webhookId, id }: { readonly webhookId: string; readonly id: string },
): Promise<WebhookDeliveryRow | undefined> {
  if (!isUuid(id)) return undefined;
  return db
    .selectFrom("webhookDeliveries")
    .selectAll()
    .where("id", "=", id)
    .where("webhookId", "=", webhookId)
    .executeTakeFirst();
}

function unknownDelivery(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "This webhook has no such delivery; they are kept for 30 days. See GET /webhooks/:id/deliveries.",
  );
}

function webhookDisabled(): ValetError {
  return new ValetError(
    "WEBHOOK_DISABLED",
    "This webhook is switched off. Nothing was sent. Switch it on first; a test can be sent to it as it is.",
  );
}
