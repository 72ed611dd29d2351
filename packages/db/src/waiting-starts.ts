import { HeldUpBy } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";

/** How many applications each person has that wait for their start; people without any are left out. */
export async function countWaitingStarts(db: Querier): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ userId: string; count: number }>`
    select user_id, count(*)::integer as count from tasks
    where state = 'queued' and admitted_at is null
    group by user_id
  `.execute(db);
  return new Map(rows.map(({ userId, count }) => [userId, count]));
}

/** The same with the lines of batches of which an application is still to be made. */
export async function countPlacesTaken(db: Querier): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ userId: string; count: number }>`
    select user_id, count(*)::integer as count from (
      select user_id from tasks where state = 'queued' and admitted_at is null
      union all
      select user_id from batch_jobs where state = 'accepted'
    ) as places
    group by user_id
  `.execute(db);
  return new Map(rows.map(({ userId, count }) => [userId, count]));
}

/** How fast applications were let start lately. */
export interface AdmissionPace {
  /** Within the last `paceSpanSeconds`. */
  readonly admitted: number;
  /** When the first of those that wait may start, as far as that is known. */
  readonly nextAt: Date | null;
}

/** Long enough that spacing and waits for minutes even out. */
export const paceSpanSeconds = 600;

/** @param userId whose; of everybody when it is left out. */
export async function readAdmissionPace(db: Querier, userId?: string): Promise<AdmissionPace> {
  const whose = userId === undefined ? sql`true` : sql`user_id = ${userId}`;
  const { rows } = await sql<AdmissionPace>`
    select
      (select count(*)::integer from tasks
        where ${whose} and admitted_at > now() - make_interval(secs => ${paceSpanSeconds})) as admitted,
      (select min(greatest(held_up_until, not_before)) from tasks
        where ${whose} and state = 'queued' and admitted_at is null
          and greatest(held_up_until, not_before) > now()) as next_at
  `.execute(db);
  return rows[0] ?? { admitted: 0, nextAt: null };
}

/** What waits for its start, of everybody. */
export interface QueueDepth {
  readonly total: number;
  readonly byReason: Readonly<Partial<Record<HeldUpBy, number>>>;
  /** Since when the one has been waiting that waits longest; time before its `runAt` is no wait. */
  readonly oldestSeconds: number;
  /** Of the people with the most, the most first. */
  readonly perPerson: readonly number[];
}

const mostPeople = 10;

/** From all that wait, and not only from those that were looked at for a start. */
export async function readQueueDepth(db: Querier): Promise<QueueDepth> {
  const [reasons, people] = await Promise.all([
    sql<{ by: string; count: number; oldestSeconds: number | null }>`
      select by, count(*)::integer as count,
        -- What waits for its time does not grow old.
        (max(extract(epoch from now() - since)) filter (where by <> 'not_before'))::float8
          as oldest_seconds
      from (
        select greatest(created_at, not_before) as since,
          case when not_before > now() then 'not_before'
            -- No look has come to it: others of the person stand before it, or it has just come.
            else coalesce(nullif(held_up_by, 'not_before'), 'turn') end as by
        from tasks where state = 'queued' and admitted_at is null
      ) as waiting
      group by by
    `.execute(db),
    countWaitingStarts(db),
  ]);
  const counted = reasons.rows.map(({ by, ...row }) => ({ ...row, by: HeldUpBy.parse(by) }));
  return {
    total: counted.reduce((sum, { count }) => sum + count, 0),
    byReason: Object.fromEntries(counted.map(({ by, count }) => [by, count])),
    oldestSeconds: Math.max(0, ...counted.map(({ oldestSeconds }) => oldestSeconds ?? 0)),
    perPerson: [...people.values()].toSorted((one, other) => other - one).slice(0, mostPeople),
  };
}
