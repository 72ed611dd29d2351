import { type Transaction, sql } from "kysely";
import type { DB } from "./schema.gen.ts";

interface HostTurn {
  readonly host: string;
  readonly intentId: string;
  /** Between two applications that are sent there, in milliseconds. */
  readonly spacingMs: number;
}

/** Whoever armed and then vanished is found out by then. */
const armedForSeconds = 120;
const lookAgainMs = 200;

/**
 * How long this attempt has to wait, in milliseconds, before it may be armed: 0 now. Until the transaction ends nobody
 * else gets an answer for the host, so of two that ask at once the second sees the first armed.
 */
export async function waitForHostTurn(
  trx: Transaction<DB>,
  { host, intentId, spacingMs }: HostTurn,
): Promise<number> {
  if (spacingMs === 0) return 0;
  await sql`select pg_advisory_xact_lock(hashtext(${`valet sends to ${host}`}))`.execute(trx);
  const { rows } = await sql<{ isArmed: boolean | null; waitMs: number | null }>`
    select
      bool_or(intents.state = 'armed' and intents.armed_at > now() - make_interval(secs => ${armedForSeconds})) as is_armed,
      ceil(extract(epoch from max(intents.dispatched_at) - clock_timestamp()) * 1000 + ${spacingMs})::integer as wait_ms
    from submission_intents as intents join tasks on tasks.id = intents.task_id
    where tasks.host = ${host} and intents.id <> ${intentId}
      and greatest(intents.armed_at, intents.dispatched_at) >
        now() - make_interval(secs => ${Math.max(armedForSeconds, spacingMs / 1_000)})
  `.execute(trx);
  const { isArmed, waitMs } = rows[0] ?? { isArmed: null, waitMs: null };
  return Math.max(isArmed === true ? lookAgainMs : 0, waitMs ?? 0, 0);
}
