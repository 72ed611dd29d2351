import { type HeldUpBy, type Limits, PersonLimits, TimeZone } from "@valet/contracts";
import {
  type HostPace,
  type LiveStarts,
  type RecentStart,
  type StartsToday,
  type WaitingStart,
  admitStarts,
  defaultLimits,
  startLimitsOf,
  startOfDay,
} from "@valet/domain";
import { type Transaction, sql } from "kysely";
import type { Db, Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import { holdsBrowser } from "./limit-usage.ts";
import { readInstallationLimits } from "./limits.ts";
import type { OutboxMessage } from "./outbox.ts";
import type { DB } from "./schema.gen.ts";
import { hostFreshSeconds } from "./session-hosts.ts";
import { moveWindows } from "./start-windows.ts";

export interface AdmitInput {
  readonly now: Date;
  /** What everybody is kept to unless an admin said otherwise. */
  readonly limits: Limits;
  /** Whether a host is this machine's own: there is nobody to spare. */
  readonly isOwnHost: (host: string) => boolean;
  /** From 0 to 1, the same for the same application. */
  readonly jitter: (taskId: string) => number;
}

export interface AdmittedStarts {
  readonly admitted: readonly string[];
  /** How long each of them has waited; time before its `runAt` is no wait. */
  readonly waits: readonly { readonly platform: string; readonly seconds: number }[];
  /** How many of those that were looked at wait, by why. */
  readonly heldUp: Readonly<Partial<Record<HeldUpBy, number>>>;
  /** When the first of them may start, as far as that is known. */
  readonly nextAt: Date | null;
}

/** Of one person to one host: more than ever start at once, and enough that a full host holds up no other. */
const looksAhead = 10;
/** A minute, and some more for clocks that differ. */
const recentMs = 70_000;

/**
 * Lets applications start that may, and asks the engine for them through the outbox. One process does this at a
 * time; the others wait for it, since each decision stands on the one before.
 */
export async function admitWaiting(db: Db, input: AdmitInput): Promise<AdmittedStarts> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('valet admission'))`.execute(trx);
    await moveWindows(trx, input.now);
    const everybody = await readInstallationLimits(trx, input.limits);
    const queues = await readQueues(trx, input, everybody);
    if (queues.length === 0) return { admitted: [], waits: [], heldUp: {}, nextAt: null };
    const starts = queues.flat();
    const { admitted, heldUp } = admitStarts({
      now: input.now,
      jitter: input.jitter,
      queues,
      room: await readRoom(trx, everybody),
      waits: await readWaits(trx, everybody),
      live: await readLive(trx),
      recent: await readRecent(trx, input.now),
      today: await readToday(trx, input.now, starts),
      paces: await readPaces(trx, starts),
    });
    const paced = new Map(starts.map(({ taskId, limits }) => [taskId, limits.personPerMinute]));
    const waits = await markAdmitted(trx, { taskIds: admitted, paced, now: input.now });
    await markHeldUp(trx, heldUp, starts);
    const times = heldUp.flatMap(({ until }) => (until === null ? [] : [until.getTime()]));
    const byReason: Partial<Record<HeldUpBy, number>> = {};
    for (const { by } of heldUp) byReason[by] = (byReason[by] ?? 0) + 1;
    return {
      admitted,
      waits,
      heldUp: byReason,
      nextAt: times.length === 0 ? null : new Date(Math.min(...times)),
    };
  });
}

/** Whether anything waits at all. */
export async function hasWaitingStarts(db: Querier): Promise<boolean> {
  const row = await db
    .selectFrom("tasks")
    .select("id")
    .where("state", "=", "queued")
    .where("admittedAt", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** With what was found out about it before. */
type SeenStart = WaitingStart & {
  readonly heldUpBy: string | null;
  readonly heldUpUntil: Date | null;
};

/** The first of each person at each host, whoever was served longest ago first. */
async function readQueues(
  trx: Transaction<DB>,
  { now, isOwnHost }: Pick<AdmitInput, "now" | "isOwnHost">,
  everybody: Limits,
): Promise<SeenStart[][]> {
  const { rows } = await sql<{
    id: string;
    userId: string;
    platform: string;
    host: string;
    employer: string | null;
    heldUpBy: string | null;
    heldUpUntil: Date | null;
  }>`
    with waiting as materialized (
      select id, user_id, platform, host, employer, priority, created_at, held_up_by, held_up_until,
        row_number() over (
          partition by user_id, host order by priority desc, created_at, id
        ) as place
      from tasks
      where state = 'queued' and admitted_at is null
        and (not_before is null or not_before <= ${now})
    ), people as materialized (
      -- Once a person: they may have ten thousand waiting.
      select user_id,
        (select max(admitted_at) from tasks where tasks.user_id = asking.user_id) as served_at
      from (select distinct user_id from waiting) as asking
    )
    select id, user_id, platform, host, employer, held_up_by, held_up_until
    from waiting join people using (user_id)
    where place <= ${looksAhead}
    order by served_at nulls first, user_id, priority desc, created_at, id
  `.execute(trx);
  const queues = Map.groupBy(rows, ({ userId }) => userId);
  const people = await readPeople(trx, [...queues.keys()]);
  return [...queues.entries()].map(([userId, queue]) => {
    const { own = {}, timeZone = "UTC" } = people.get(userId) ?? {};
    return queue.map(({ id, ...start }) => ({
      ...start,
      taskId: id,
      timeZone,
      limits: startLimitsOf(start, { everybody, own, isOwnHost: isOwnHost(start.host) }),
    }));
  });
}

interface PersonSays {
  readonly own: PersonLimits;
  readonly timeZone: string;
}

/** Those of these people who have said anything. */
async function readPeople(
  trx: Transaction<DB>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PersonSays>> {
  const { rows } = await sql<{ userId: string; limits: unknown; timeZone: string | null }>`
    select user_id, limits, time_zone from person_limits where user_id = any(${userIds}::uuid[])
  `.execute(trx);
  return new Map(
    rows.map(({ userId, limits, timeZone }) => [
      userId,
      // A zone that is no longer known must not keep everybody waiting.
      { own: PersonLimits.parse(limits), timeZone: TimeZone.safeParse(timeZone).data ?? "UTC" },
    ]),
  );
}

/** As many browsers as the hosts that live have room for, unless a limit says less. */
async function readRoom(trx: Transaction<DB>, { live = Infinity }: Limits): Promise<number> {
  const { rows } = await sql<{ room: number | null }>`
    select sum((report ->> 'capacity')::integer)::integer as room from session_hosts
    where seen_at > now() - make_interval(secs => ${hostFreshSeconds}) and report ? 'capacity'
  `.execute(trx);
  return Math.min(live, rows[0]?.room ?? Infinity);
}

/** How many may wait for their person beside those that wait without a browser. */
async function readWaits(
  trx: Transaction<DB>,
  { awaiting = defaultLimits.awaiting }: Limits,
): Promise<number> {
  const { rows } = await sql<{ parked: number }>`
    select count(*)::integer as parked from tasks
    where finished_at is null and state in ('awaiting_human', 'awaiting_review')
      and not ${holdsBrowser}
  `.execute(trx);
  return awaiting - (rows[0]?.parked ?? 0);
}

async function readLive(trx: Transaction<DB>): Promise<LiveStarts[]> {
  const { rows } = await sql<LiveStarts>`
    select user_id, platform, host, count(*)::integer as count from tasks
    where ${holdsBrowser}
    group by user_id, platform, host
  `.execute(trx);
  return rows;
}

async function readRecent(trx: Transaction<DB>, now: Date): Promise<RecentStart[]> {
  const { rows } = await sql<RecentStart>`
    select user_id, platform, host, admitted_at from tasks
    where admitted_at > ${new Date(now.getTime() - recentMs)}
  `.execute(trx);
  return rows;
}

async function readToday(
  trx: Transaction<DB>,
  now: Date,
  starts: readonly WaitingStart[],
): Promise<StartsToday[]> {
  const zones = new Map(starts.map(({ userId, timeZone }) => [userId, timeZone]));
  // Thousands of people live in few zones, and a day's beginning is searched for.
  const since = new Map(
    [...new Set(zones.values())].map((zone) => [zone, startOfDay(now, zone).toISOString()]),
  );
  const days = [...zones].map(([userId, zone]) => ({ userId, since: since.get(zone) }));
  const { rows } = await sql<StartsToday>`
    select tasks.user_id, platform, employer, count(*)::integer as count
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as days("userId" uuid, since timestamptz)
    join tasks on tasks.user_id = days."userId" and tasks.admitted_at >= days.since
    group by tasks.user_id, platform, employer
  `.execute(trx);
  return rows;
}

async function readPaces(
  trx: Transaction<DB>,
  starts: readonly WaitingStart[],
): Promise<HostPace[]> {
  const hosts = [...new Set(starts.map(({ host }) => host))];
  const { rows } = await sql<HostPace>`
    select asked.host,
      (select max(opened_at) from tasks where tasks.host = asked.host) as last_opened_at,
      opening.host is not null as is_opening,
      cool_downs.until as cooling_until
    from unnest(${hosts}::text[]) as asked(host)
    left join cool_downs on cool_downs.host = asked.host
    left join (
      -- All at once: few are on their way, and they are found among those that have not ended.
      select distinct host from tasks
      where finished_at is null and admitted_at is not null and opened_at is null
    ) as opening on opening.host = asked.host
  `.execute(trx);
  return rows;
}

async function markAdmitted(
  trx: Transaction<DB>,
  {
    taskIds,
    paced,
    now,
  }: {
    readonly taskIds: readonly string[];
    /** How many the person of each may start in a minute. */
    readonly paced: ReadonlyMap<string, number>;
    readonly now: Date;
  },
): Promise<AdmittedStarts["waits"]> {
  if (taskIds.length === 0) return [];
  const rows = await trx
    .updateTable("tasks")
    .set({
      // Apart by their order, or of several in one look nobody could tell whose turn is next.
      admittedAt: sql<Date>`${now}::timestamptz + array_position(${taskIds}::uuid[], id) * interval '1 microsecond'`,
      heldUpBy: null,
      heldUpUntil: null,
    })
    .where("id", "in", taskIds)
    .where("state", "=", "queued")
    .where("admittedAt", "is", null)
    .returning(["id", "epoch", "platform"])
    .returning(
      sql<number>`extract(epoch from ${now} - greatest(created_at, not_before))::float8`.as(
        "seconds",
      ),
    )
    .execute();
  if (rows.length === 0) return [];
  await trx
    .insertInto("outbox")
    .values(
      rows
        // The outbox is carried in its order, which is whose turn it was.
        .toSorted((one, other) => taskIds.indexOf(one.id) - taskIds.indexOf(other.id))
        .map(({ id, epoch }) => ({
          taskId: id,
          message: jsonValue(startMessage(epoch, paced.get(id) ?? Infinity)),
        })),
    )
    .execute();
  return rows.map(({ platform, seconds }) => ({ platform, seconds: Math.max(0, seconds) }));
}

function startMessage(epoch: number, startsPerMinute: number): OutboxMessage {
  const start = { kind: "start_run", epoch } as const;
  return Number.isFinite(startsPerMinute) ? { ...start, startsPerMinute } : start;
}

async function markHeldUp(
  trx: Transaction<DB>,
  heldUp: readonly {
    readonly taskId: string;
    readonly by: HeldUpBy;
    readonly until: Date | null;
  }[],
  starts: readonly SeenStart[],
): Promise<void> {
  const seen = new Map(starts.map((start) => [start.taskId, start]));
  const rows = heldUp
    .filter(({ taskId, by, until }) => {
      const before = seen.get(taskId);
      return before?.heldUpBy !== by || before.heldUpUntil?.getTime() !== until?.getTime();
    })
    .map(({ taskId, by, until }) => ({ id: taskId, by, until }));
  if (rows.length === 0) return;
  await sql`
    update tasks set held_up_by = held.by, held_up_until = held.until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as held(id uuid, by text, until timestamptz)
    where tasks.id = held.id and tasks.admitted_at is null
  `.execute(trx);
}
