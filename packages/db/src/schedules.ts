import {
  type CreateScheduleBody,
  type ScheduleDetail,
  type UpdateScheduleBody,
  Schedule,
  ScheduledJob,
  ValetError,
  maxSchedules,
} from "@valet/contracts";
import { judgeCron, judgeStartTime, nextCronTime, zonedTime } from "@valet/domain";
import { type Selectable, sql } from "kysely";
import type { Db, Querier } from "./connect.ts";
import { lockPerson } from "./lock-person.ts";
import { findResume, resumeNotReady } from "./resumes.ts";
import type { Schedules } from "./schema.gen.ts";
import { timeRefused, zoneOf } from "./start-windows.ts";
import { isUuid } from "./task-row.ts";
import { resumeNotFound } from "./write-resume.ts";

export interface ScheduleRow extends Selectable<Schedules> {
  readonly counts: Schedule["counts"];
}

export interface ScheduleOfPerson {
  readonly id: string;
  readonly userId: string;
}

export interface JobToSchedule {
  readonly jobUrl: string;
  readonly jobKey: string;
  readonly platform: string;
}

interface NewSchedule {
  readonly userId: string;
  readonly body: Omit<CreateScheduleBody, "jobs">;
  readonly jobs: readonly JobToSchedule[];
}

/**
 * Throws `SCHEDULE_LIMIT`, `VALIDATION` for times that cannot be, `NOT_FOUND` and `RESUME_NOT_READY` for the
 * résumé as `POST /tasks` does.
 */
export async function addSchedule(
  db: Db,
  { userId, body, jobs }: NewSchedule,
  now: Date,
): Promise<ScheduleDetail> {
  const { name, resumeId, mode, cron = null, perRun = null } = body;
  const at = body.at === undefined ? null : new Date(body.at);
  return db.transaction().execute(async (trx) => {
    const timeZone = await zoneOf(trx, { userId, named: body.timeZone });
    const nextAt = firstTime({ cron, at, timeZone, perRun }, now);
    await assertResumeUsable(trx, { id: resumeId, userId });
    // Two at once would both find room for the last one.
    await lockPerson(trx, userId);
    if ((await listSchedules(trx, userId)).length >= maxSchedules) {
      throw new ValetError(
        "SCHEDULE_LIMIT",
        `You have ${maxSchedules} schedules, which is as many as one person may have. Nothing was added. Delete one first.`,
      );
    }
    const { id } = await trx
      .insertInto("schedules")
      .values({ userId, name, resumeId, mode, cron, at, perRun, timeZone, nextAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    await trx
      .insertInto("scheduleJobs")
      .values(jobs.map((job, place) => ({ ...job, scheduleId: id, userId, place })))
      .execute();
    return getScheduleDetail(trx, { id, userId });
  });
}

/** Whichever runs next first. */
export async function listSchedules(db: Querier, userId: string): Promise<ScheduleRow[]> {
  return readSchedules(db, { userId });
}

/** Throws `NOT_FOUND`; another person's schedule answers exactly as one that does not exist. */
export async function getScheduleDetail(
  db: Querier,
  of: ScheduleOfPerson,
): Promise<ScheduleDetail> {
  const row = await getSchedule(db, of);
  const jobs = await db
    .selectFrom("scheduleJobs")
    .select(["jobUrl", "state", "aboutTaskId as taskId", "code", "message"])
    .where("scheduleId", "=", of.id)
    .orderBy("place")
    .execute();
  return { ...scheduleOf(row), jobs: jobs.map((job) => ScheduledJob.parse(job)) };
}

/**
 * Other times, a pause or its end; a time that came meanwhile is not made up for, unless it was the only one.
 * Throws `NOT_FOUND`, `SCHEDULE_DONE`, and `VALIDATION` for times that cannot be.
 */
export async function updateSchedule(
  db: Db,
  { id, userId, ...change }: ScheduleOfPerson & UpdateScheduleBody,
  now: Date,
): Promise<ScheduleRow> {
  return db.transaction().execute(async (trx) => {
    await getSchedule(trx, { id, userId });
    // Whoever starts its jobs has it, or finds other times.
    await trx.selectFrom("schedules").select("id").where("id", "=", id).forUpdate().execute();
    const before = await getSchedule(trx, { id, userId });
    if (before.state === "done") {
      throw new ValetError(
        "SCHEDULE_DONE",
        "None of the jobs of this schedule waits any more. Nothing was changed. Make a new schedule for further jobs.",
      );
    }
    const { name = before.name, state = before.state } = change;
    const times = timesAfter(before, change);
    // Looked at of a paused one too: what cannot be is refused at once.
    const nextAt = nextTimeAfter(before, change, times, now);
    await trx
      .updateTable("schedules")
      .set({ name, state, ...times, nextAt: state === "active" ? nextAt : null })
      .where("id", "=", id)
      .execute();
    return getSchedule(trx, { id, userId });
  });
}

/** What it has started goes on. Throws `NOT_FOUND`. */
export async function deleteSchedule(db: Querier, { id, userId }: ScheduleOfPerson): Promise<void> {
  if (!isUuid(id)) throw unknownSchedule();
  const row = await db
    .deleteFrom("schedules")
    .where("id", "=", id)
    .where("userId", "=", userId)
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) throw unknownSchedule();
}

/** The schedule as the API shows it, its times by the clock of its zone. */
export function scheduleOf(row: ScheduleRow): Schedule {
  const shown = (at: Date | null) => (at === null ? null : zonedTime(at, row.timeZone));
  return Schedule.parse({
    ...row,
    at: shown(row.at),
    nextAt: shown(row.nextAt),
    lastRunAt: shown(row.lastRunAt),
    createdAt: row.createdAt.toISOString(),
  });
}

async function getSchedule(db: Querier, { id, userId }: ScheduleOfPerson): Promise<ScheduleRow> {
  const [row] = isUuid(id) ? await readSchedules(db, { id, userId }) : [];
  if (row === undefined) throw unknownSchedule();
  return row;
}

async function readSchedules(
  db: Querier,
  { id, userId }: { readonly id?: string; readonly userId: string },
): Promise<ScheduleRow[]> {
  const count = (state: ScheduledJob["state"]) =>
    sql`count(*) filter (where schedule_jobs.state = ${state})::integer`;
  const { rows } = await sql<ScheduleRow>`
    select schedules.*, (
      select jsonb_build_object('waiting', ${count("waiting")}, 'started', ${count("started")},
        'skipped', ${count("skipped")})
      from schedule_jobs where schedule_id = schedules.id
    ) as counts
    from schedules
    where user_id = ${userId} ${id === undefined ? sql`` : sql`and id = ${id}`}
    order by next_at nulls last, created_at, id
  `.execute(db);
  return rows;
}

interface Times {
  readonly cron: string | null;
  readonly at: Date | null;
  readonly timeZone: string;
  readonly perRun: number | null;
}

function timesAfter(before: ScheduleRow, change: UpdateScheduleBody): Times {
  const { timeZone = before.timeZone } = change;
  const isOther = change.cron !== undefined || change.at !== undefined;
  const cron = isOther ? (change.cron ?? null) : before.cron;
  const at = isOther ? (change.at === undefined ? null : new Date(change.at)) : before.at;
  // With one time alone all jobs start then.
  const kept = cron === null ? null : before.perRun;
  const times = { cron, at, timeZone, perRun: change.perRun ?? null };
  return change.perRun === undefined ? { ...times, perRun: kept } : times;
}

function nextTimeAfter(
  before: ScheduleRow,
  change: UpdateScheduleBody,
  times: Times,
  now: Date,
): Date | null {
  refusePerRun(times);
  const { cron, at, timeZone } = times;
  if (change.cron !== undefined || change.at !== undefined) return firstTime(times, now);
  if (cron === null) return at;
  const isSame = before.state === "active" && timeZone === before.timeZone;
  return isSame ? before.nextAt : (nextCronTime(cron, timeZone, now) ?? null);
}

/** Throws `VALIDATION` for times that cannot be. */
function firstTime(times: Times, now: Date): Date | null {
  refusePerRun(times);
  const { cron, at, timeZone } = times;
  if (at !== null) {
    const judged = judgeStartTime(at, now);
    if (judged !== "fine") throw timeRefused("body/at", judged);
  }
  if (cron === null) return at;
  const judged = judgeCron(cron);
  if (judged.kind === "refused") throw refused("body/cron", judged.problem);
  return nextCronTime(cron, timeZone, now) ?? null;
}

function refusePerRun({ cron, perRun }: Times): void {
  if (cron !== null || perRun === null) return;
  throw refused(
    "body/perRun",
    "is for `cron` alone, since with one time all jobs are started then",
  );
}

function refused(path: string, problem: string): ValetError {
  return new ValetError(
    "VALIDATION",
    `The schedule cannot be kept: ${path.slice("body/".length)} ${problem}. Nothing was changed. Correct that and send it again.`,
    { issues: [{ path, problem }] },
  );
}

async function assertResumeUsable(db: Querier, of: ScheduleOfPerson): Promise<void> {
  const resume = await findResume(db, of);
  if (resume === undefined) throw resumeNotFound();
  if (resume.state === "parse_failed") throw resumeNotReady(resume);
}

function unknownSchedule(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "There is no such schedule. See GET /schedules or `valet schedule list` for yours.",
  );
}
