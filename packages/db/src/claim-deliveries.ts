import { TaskEvent } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";

/** One try of one message, with all it takes to send it. */
export interface ClaimedDelivery {
  /** The same over all tries. */
  readonly id: string;
  readonly webhookId: string;
  /** Of this try, from 1. */
  readonly attempt: number;
  readonly url: string;
  /** Each of them signs; the newest first. */
  readonly secrets: readonly string[];
  /** Undefined for a ping. */
  readonly event: TaskEvent | undefined;
  readonly createdAt: Date;
  /** Whether its webhook failed the last time it was tried. */
  readonly isSuspect: boolean;
}

export interface ClaimDeliveries {
  /** How many may be taken of webhooks that answered the last time. */
  readonly sound: number;
  /** How many of those that did not: they wait long, and must not be in the way of the others. */
  readonly suspect: number;
  /** One webhook has at most so many tries under way, over all processes. */
  readonly perWebhook: number;
  /** After that the process that took them counts as dead. */
  readonly leaseMs: number;
}

/**
 * Takes messages that are due, so that no other process tries them for `leaseMs`. Nothing stays locked
 * meanwhile: a receiver may take its time.
 */
export async function claimDeliveries(
  db: Querier,
  { sound, suspect, perWebhook, leaseMs }: ClaimDeliveries,
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedRow>`
    with due as (
      select found.id, found.available_at, webhook.failed_since_success > 0 as is_suspect
      from webhooks webhook
      cross join lateral (
        select delivery.id, delivery.available_at
        from webhook_deliveries delivery
        where delivery.webhook_id = webhook.id and ${isFree}
          and (webhook.disabled_at is null or delivery.type = 'ping')
        order by delivery.available_at
        limit greatest(0, ${perWebhook}::integer - (
          select count(*) from webhook_deliveries busy
          where busy.webhook_id = webhook.id and busy.state = 'waiting' and busy.claimed_until > now()
        ))
      ) found
    ), chosen as (
      (select id from due where not is_suspect order by available_at limit ${sound})
      union all
      (select id from due where is_suspect order by available_at limit ${suspect})
    ), taken as (
      -- Looked at again under the lock: another process may have chosen the same.
      select delivery.id from webhook_deliveries delivery join chosen using (id)
      where ${isFree}
      for update of delivery skip locked
    )
    update webhook_deliveries delivery
    set claimed_until = now() + ${leaseMs} * interval '1 millisecond',
      attempts = delivery.attempts + 1, last_attempt_at = now()
    from taken, webhooks webhook
    where delivery.id = taken.id and webhook.id = delivery.webhook_id
    returning delivery.id, delivery.webhook_id, delivery.task_id, delivery.seq, delivery.attempts,
      delivery.created_at, webhook.url, webhook.secret, webhook.failed_since_success > 0 as is_suspect,
      case when webhook.previous_secret_until > now() then webhook.previous_secret end as previous_secret
  `.execute(db);
  return Promise.all(rows.map((row) => withEvent(db, row)));
}

const isFree = sql<boolean>`delivery.state = 'waiting' and delivery.available_at <= now()
  and (delivery.claimed_until is null or delivery.claimed_until <= now())`;

interface ClaimedRow {
  readonly id: string;
  readonly webhookId: string;
  readonly taskId: string | null;
  readonly seq: number | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly url: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly isSuspect: boolean;
}

async function withEvent(db: Querier, row: ClaimedRow): Promise<ClaimedDelivery> {
  const { id, webhookId, attempts, url, secret, previousSecret, createdAt, isSuspect } = row;
  const secrets = previousSecret === null ? [secret] : [secret, previousSecret];
  const event = await findEvent(db, row);
  return { id, webhookId, attempt: attempts, url, secrets, event, createdAt, isSuspect };
}

async function findEvent(
  db: Querier,
  { taskId, seq }: Pick<ClaimedRow, "taskId" | "seq">,
): Promise<TaskEvent | undefined> {
  if (taskId === null || seq === null) return undefined;
  const stored = await db
    .selectFrom("taskEvents")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("seq", "=", seq)
    .executeTakeFirstOrThrow();
  return TaskEvent.parse({ ...stored, at: stored.at.toISOString() });
}
