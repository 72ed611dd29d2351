import { StartWindow, TimeZone, ValetError } from "@valet/contracts";
import { type Opening, nextOpening } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { readOwnLimits } from "./limits.ts";

/** The one that was named, else the person's own, else UTC. */
export async function zoneOf(
  db: Querier,
  { userId, named }: { readonly userId: string; readonly named: string | undefined },
): Promise<string> {
  const zone = named ?? (await readOwnLimits(db, userId)).timeZone;
  return TimeZone.safeParse(zone).data ?? "UTC";
}

/** When an application of this person may start first, and in which zone that was worked out. */
export async function openingOf(
  db: Querier,
  { userId, window }: { readonly userId: string; readonly window: StartWindow },
  now: Date,
): Promise<Opening & { readonly timeZone: string }> {
  const timeZone = await zoneOf(db, { userId, named: window.timeZone });
  return { timeZone, ...nextOpening(window, timeZone, now) };
}

/**
 * Moves on those whose window has closed before they could start, and those whose person has moved to another
 * time zone. From then on `not_before` says whether a window is open.
 */
export async function moveWindows(db: Querier, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string; startWindow: unknown; zone: string }>`
    select * from (
      select tasks.id, start_window, window_zone, window_closes_at,
        coalesce(start_window ->> 'timeZone', person_limits.time_zone, 'UTC') as zone
      from tasks left join person_limits on person_limits.user_id = tasks.user_id
      where tasks.state = 'queued' and admitted_at is null and start_window is not null
    ) as waiting
    where window_closes_at <= ${now} or window_zone is distinct from zone
  `.execute(db);
  if (rows.length === 0) return;
  const moved = rows.map(({ id, startWindow, zone }) => {
    // One that is no longer known must not keep everybody waiting.
    const timeZone = TimeZone.safeParse(zone).data ?? "UTC";
    const { opensAt, closesAt } = nextOpening(StartWindow.parse(startWindow), timeZone, now);
    return { id, zone, opensAt, closesAt };
  });
  await sql`
    update tasks set not_before = moved."opensAt", window_closes_at = moved."closesAt",
      window_zone = moved.zone, held_up_by = null, held_up_until = null
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
      as moved(id uuid, zone text, "opensAt" timestamptz, "closesAt" timestamptz)
    where tasks.id = moved.id and tasks.admitted_at is null
  `.execute(db);
}

/** `path`: of the field in the request. */
export function timeRefused(path: string, why: "past" | "too_far"): ValetError {
  const problem =
    why === "past" ? "is in the past" : "is more than a year ahead, which is as far as Valet plans";
  return new ValetError(
    "VALIDATION",
    `The time ${problem}. Nothing was started. Name a time from now on, at most a year ahead.`,
    { issues: [{ path, problem }] },
  );
}
