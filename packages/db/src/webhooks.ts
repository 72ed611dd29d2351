import { randomBytes } from "node:crypto";
import {
  type EventType,
  ValetError,
  Webhook,
  type WebhookWithSecret,
  maxWebhooks,
} from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import type { Db, Querier } from "./connect.ts";
import { lockPerson } from "./lock-person.ts";
import type { Webhooks } from "./schema.gen.ts";
import { giveUpWaiting } from "./settle-delivery.ts";
import { isUuid } from "./task-row.ts";

export type WebhookRow = Selectable<Webhooks>;

export interface WebhookOfPerson {
  readonly id: string;
  readonly userId: string;
}

interface WebhookInput {
  readonly url: string;
  readonly events: readonly EventType[] | null;
}

/** Throws `WEBHOOK_LIMIT`. */
export async function addWebhook(
  db: Db,
  { userId, url, events }: WebhookInput & { readonly userId: string },
): Promise<WebhookRow> {
  return db.transaction().execute(async (trx) => {
    // Two at once would both find room for the last one.
    await lockPerson(trx, userId);
    if ((await listWebhooks(trx, userId)).length >= maxWebhooks) {
      throw new ValetError(
        "WEBHOOK_LIMIT",
        `You have ${maxWebhooks} webhooks, which is as many as one person may have. Nothing was added. Remove one first.`,
      );
    }
    return trx
      .insertInto("webhooks")
      .values({ userId, url, events: mutable(events), secret: newSecret() })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export async function listWebhooks(db: Querier, userId: string): Promise<WebhookRow[]> {
  return db
    .selectFrom("webhooks")
    .selectAll()
    .where("userId", "=", userId)
    .orderBy("createdAt")
    .execute();
}

/** Throws `NOT_FOUND`; another person's webhook answers exactly as one that does not exist. */
export async function getWebhook(
  db: Querier,
  { id, userId }: WebhookOfPerson,
): Promise<WebhookRow> {
  const row = isUuid(id)
    ? await db
        .selectFrom("webhooks")
        .selectAll()
        .where("id", "=", id)
        .where("userId", "=", userId)
        .executeTakeFirst()
    : undefined;
  return row ?? throwUnknown();
}

/** What was counted against it is forgotten: the person has looked at it. Throws `NOT_FOUND`. */
export async function updateWebhook(
  db: Db,
  {
    id,
    userId,
    url,
    events,
    enabled,
  }: WebhookInput & WebhookOfPerson & { readonly enabled: boolean },
): Promise<WebhookRow> {
  return db.transaction().execute(async (trx) => {
    const current = await getWebhook(trx, { id, userId });
    const isSwitchedOff = !enabled && current.disabledAt === null;
    const row = await trx
      .updateTable("webhooks")
      .set({
        url,
        events: mutable(events),
        exhaustedSinceSuccess: 0,
        failedSinceSuccess: 0,
        ...(enabled ? { disabledAt: null, disabledReason: null } : {}),
        ...(isSwitchedOff ? { disabledAt: sql`now()`, disabledReason: "by_person" } : {}),
      })
      .where("id", "=", id)
      .where("userId", "=", userId)
      .returningAll()
      .executeTakeFirst();
    if (isSwitchedOff) await giveUpWaiting(trx, id);
    return row ?? throwUnknown();
  });
}

/** A new secret; the one before signs as well for a day. Throws `NOT_FOUND`. */
export async function rotateWebhookSecret(
  db: Querier,
  { id, userId }: WebhookOfPerson,
): Promise<WebhookRow> {
  if (!isUuid(id)) throwUnknown();
  const row = await db
    .updateTable("webhooks")
    .set({
      secret: newSecret(),
      previousSecret: sql.ref("secret"),
      previousSecretUntil: sql`now() + interval '24 hours'`,
    })
    .where("id", "=", id)
    .where("userId", "=", userId)
    .returningAll()
    .executeTakeFirst();
  return row ?? throwUnknown();
}

/** Throws `NOT_FOUND`. */
export async function deleteWebhook(db: Querier, { id, userId }: WebhookOfPerson): Promise<void> {
  if (!isUuid(id)) throwUnknown();
  const row = await db
    .deleteFrom("webhooks")
    .where("id", "=", id)
    .where("userId", "=", userId)
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) throwUnknown();
}

/** The webhook as the API shows it: without its secret. */
export function webhookOf(row: WebhookRow): Webhook {
  return Webhook.parse({
    id: row.id,
    url: row.url,
    events: row.events,
    enabled: row.disabledAt === null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledReason: row.disabledReason,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  });
}

export function webhookWithSecretOf(row: WebhookRow): WebhookWithSecret {
  return { ...webhookOf(row), secret: row.secret };
}

/** As Standard Webhooks write it. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function mutable(events: readonly EventType[] | null): string[] | null {
  return events === null ? null : [...events];
}

function throwUnknown(): never {
  throw new ValetError(
    "NOT_FOUND",
    "There is no such webhook. See GET /webhooks or `valet webhooks list` for yours.",
  );
}
