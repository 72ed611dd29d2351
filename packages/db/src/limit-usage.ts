import { startOfDay } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";

/** What a person has of their limits right now. */
export interface LimitUsage {
  /** Applications that have been started and need a browser, or will soon. */
  readonly live: number;
  /** Started in the last 60 seconds. */
  readonly lastMinute: number;
  /** Started since midnight in the person's time zone. */
  readonly today: number;
}

export async function readLimitUsage(
  db: Querier,
  {
    userId,
    timeZone,
    now,
  }: { readonly userId: string; readonly timeZone: string; readonly now: Date },
): Promise<LimitUsage> {
  const { rows } = await sql<LimitUsage>`
    select
      (select count(*)::integer from tasks where user_id = ${userId} and ${holdsBrowser}) as live,
      (select count(*)::integer from tasks
        where user_id = ${userId} and admitted_at > ${new Date(now.getTime() - 60_000)}) as last_minute,
      (select count(*)::integer from tasks
        where user_id = ${userId} and admitted_at >= ${startOfDay(now, timeZone)}) as today
  `.execute(db);
  return rows[0] ?? { live: 0, lastMinute: 0, today: 0 };
}

/**
 * Of a task: it was admitted and has not ended, and is not one that a person is waited for without a browser:
 * what is parked holds nobody up.
 */
export const holdsBrowser = sql<boolean>`(
  tasks.finished_at is null and tasks.admitted_at is not null and not (
    tasks.state in ('awaiting_human', 'awaiting_review') and not exists (
      select from browser_sessions where task_id = tasks.id and browser_sessions.state = 'live'
    )
  )
)`;
