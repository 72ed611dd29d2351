import {
  type SkipCode,
  TaskMode,
  ValetError,
  errorPolicies,
  toTaskMessage,
} from "@valet/contracts";
import { nextCronTime } from "@valet/domain";
import { type Selectable, sql } from "kysely";
import type { Querier } from "./connect.ts";
import { addFirstEvent, createTaskIn } from "./create-task.ts";
import type { Schedules } from "./schema.gen.ts";
import type { TaskRow } from "./task-row.ts";
import type { TaskWriter } from "./write-task.ts";

/** One whose time has come, with the jobs whose turn it is. */
export interface DueSchedule {
  readonly id: string;
  /** The time that has come; with another one it is not due any more. */
  readonly nextAt: Date;
  readonly jobs: readonly DueJob[];
}

export interface DueJob {
  readonly place: number;
  readonly jobUrl: string;
}

/** Why a job is not to be started, by its place. */
export type Findings = ReadonlyMap<number, { readonly code: SkipCode; readonly message: string }>;

export interface ScheduleRun {
  readonly started: number;
  readonly skipped: number;
  /** Seconds after its time. */
  readonly lateBy: number;
}

/**
 * Takes the one that has been due longest for so long: another process may have it after that, which is how one
 * that died with it is made up for. What it starts is decided by `runDueSchedule` alone.
 */
export async function takeDueSchedule(
  db: Querier,
  { now, leaseMs }: { readonly now: Date; readonly leaseMs: number },
): Promise<DueSchedule | undefined> {
  const { rows } = await sql<Selectable<Schedules>>`
    update schedules set taken_until = ${new Date(now.getTime() + leaseMs)}
    where id = (
      select id from schedules
      where state = 'active' and next_at <= ${now} and (taken_until is null or taken_until <= ${now})
      order by next_at limit 1 for update skip locked
    )
    returning *
  `.execute(db);
  const [row] = rows;
  if (row?.nextAt === undefined || row.nextAt === null) return undefined;
  return { id: row.id, nextAt: row.nextAt, jobs: await nextJobs(db, row) };
}

/** Nobody waits for the lease of one that was given up. */
export async function releaseSchedule(db: Querier, { id }: DueSchedule): Promise<void> {
  await db.updateTable("schedules").set({ takenUntil: null }).where("id", "=", id).execute();
}

/**
 * Starts the jobs whose turn it is and moves the schedule to its next time, in one transaction, so that however
 * many try each job is started once. Times missed are made up for by this one run. Undefined where it is not due
 * any more: it ran, or was moved, paused or deleted.
 */
export async function runDueSchedule(
  { db, ring }: TaskWriter,
  due: DueSchedule,
  { now, findings }: { readonly now: Date; readonly findings: Findings },
): Promise<ScheduleRun | undefined> {
  const done = await db.transaction().execute(async (trx) => {
    const schedule = await trx
      .selectFrom("schedules")
      .selectAll()
      .where("id", "=", due.id)
      .where("state", "=", "active")
      .where("nextAt", "=", due.nextAt)
      .forUpdate()
      .executeTakeFirst();
    if (schedule === undefined) return undefined;
    // Two of one person that hold jobs of each other would wait for each other.
    await sql`select pg_advisory_xact_lock(hashtext('valet schedules'), hashtext(${schedule.userId}))`.execute(
      trx,
    );
    const tasks: TaskRow[] = [];
    let skipped = 0;
    for (const job of await nextJobs(trx, schedule)) {
      const finding = findings.get(job.place) ?? (await start(trx, schedule, job, { tasks, now }));
      if (finding === undefined) continue;
      skipped += 1;
      await markJob(trx, schedule.id, job.place, { state: "skipped", ...finding });
    }
    const events = [];
    for (const task of tasks) events.push(await addFirstEvent(trx, task));
    const lateBy = Math.max(0, Math.floor((now.getTime() - due.nextAt.getTime()) / 1_000));
    await moveOn(trx, schedule, { now, lateBy });
    return { userId: schedule.userId, events, started: tasks.length, skipped, lateBy };
  });
  if (done === undefined) return undefined;
  const { userId, events, ...run } = done;
  for (const { event, position } of events) ring(userId, { ...toTaskMessage(event), position });
  return run;
}

interface NextJob extends DueJob {
  readonly jobKey: string;
  readonly platform: string;
}

async function nextJobs(
  db: Querier,
  { id, perRun }: Pick<Selectable<Schedules>, "id" | "perRun">,
): Promise<NextJob[]> {
  const query = db
    .selectFrom("scheduleJobs")
    .select(["place", "jobUrl", "jobKey", "platform"])
    .where("scheduleId", "=", id)
    .where("state", "=", "waiting")
    .orderBy("place");
  return (perRun === null ? query : query.limit(perRun)).execute();
}

type Skipped = { readonly code: SkipCode; readonly message: string; readonly aboutTaskId?: string };

/** What stands against it comes back; a fault is thrown, and then nothing of the run has happened. */
async function start(
  trx: Querier,
  { id, userId, resumeId, mode }: Selectable<Schedules>,
  { place, jobUrl, jobKey, platform }: NextJob,
  { tasks, now }: { readonly tasks: TaskRow[]; readonly now: Date },
): Promise<Skipped | undefined> {
  try {
    const body = { jobUrl, resumeId, mode: TaskMode.parse(mode) };
    const task = await createTaskIn(trx, { userId, body, jobKey, platform }, now);
    tasks.push(task);
    await markJob(trx, id, place, { state: "started", aboutTaskId: task.id });
    return undefined;
  } catch (error) {
    if (!(error instanceof ValetError) || errorPolicies[error.code].kind !== "user") throw error;
    const { taskId } = error.details ?? {};
    return {
      code: error.code,
      message: error.message,
      ...(typeof taskId === "string" ? { aboutTaskId: taskId } : {}),
    };
  }
}

async function markJob(
  trx: Querier,
  scheduleId: string,
  place: number,
  marks: { readonly state: "started" | "skipped" } & Partial<Skipped>,
): Promise<void> {
  await trx
    .updateTable("scheduleJobs")
    .set(marks)
    .where("scheduleId", "=", scheduleId)
    .where("place", "=", place)
    .execute();
}

async function moveOn(
  trx: Querier,
  { id, cron, timeZone }: Selectable<Schedules>,
  { now, lateBy }: { readonly now: Date; readonly lateBy: number },
): Promise<void> {
  const [waiting] = await nextJobs(trx, { id, perRun: 1 });
  const nextAt =
    waiting === undefined || cron === null ? undefined : nextCronTime(cron, timeZone, now);
  await trx
    .updateTable("schedules")
    .set({
      lastRunAt: now,
      lateBy,
      takenUntil: null,
      state: nextAt === undefined ? "done" : "active",
      nextAt: nextAt ?? null,
    })
    .where("id", "=", id)
    .execute();
}
