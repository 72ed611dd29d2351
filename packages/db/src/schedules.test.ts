import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTask } from "./create-task.ts";
import { writeOwnLimits } from "./limits.ts";
import {
  type Findings,
  releaseSchedule,
  runDueSchedule,
  takeDueSchedule,
} from "./run-due-schedule.ts";
import {
  addSchedule,
  deleteSchedule,
  getScheduleDetail,
  listSchedules,
  scheduleOf,
  updateSchedule,
} from "./schedules.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

const at = (text: string) => new Date(text);
const monday = at("2026-11-23T12:00:00Z");
const none: Findings = new Map();
let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());
beforeEach(async () => {
  await sql`truncate tasks, schedules, person_limits cascade`.execute(store.db);
});

interface Asked {
  readonly cron?: string;
  readonly at?: string;
  readonly perRun?: number;
  readonly timeZone?: string;
}

const jobNamed = (jobKey: string) => ({
  jobUrl: `https://${jobKey}`,
  jobKey,
  platform: "generic",
});
const someJobs = (count: number) =>
  Array.from({ length: count }, () => jobNamed(`jobs.test/${randomUUID()}`));

async function person() {
  const { userId, resumeId } = await store.newUser();
  const plan = (asked: Asked, jobs = someJobs(3)) => {
    const body = { name: "n", resumeId, mode: "copilot" as const, ...asked };
    return addSchedule(store.db, { userId, body, jobs }, monday);
  };
  const apply = async (job: ReturnType<typeof jobNamed>) => {
    const body = { jobUrl: job.jobUrl, resumeId, mode: "copilot" as const };
    return (await createTask(store.writer, { ...job, userId, body })).task.id;
  };
  return { userId, resumeId, plan, apply };
}

async function runAll(now: Date, findings = none, leaseMs = 60_000): Promise<number> {
  let started = 0;
  for (;;) {
    const due = await takeDueSchedule(store.db, { now, leaseMs });
    if (due === undefined) return started;
    started += (await runDueSchedule(store.writer, due, { now, findings }))?.started ?? 0;
  }
}

async function startedUrls(): Promise<string[]> {
  const rows = await store.db.selectFrom("tasks").select("jobUrl").execute();
  return rows.map(({ jobUrl }) => jobUrl).toSorted();
}

test("at its time all jobs of a list are started, and then it is done", async () => {
  const ada = await person();
  const jobs = someJobs(3);
  const { id, nextAt } = await ada.plan({ at: "2026-11-23T18:00:00+01:00" }, jobs);
  expect([nextAt, await runAll(at("2026-11-23T16:59:59Z"))]).toEqual([
    "2026-11-23T17:00:00+00:00",
    0,
  ]);
  expect(await runAll(at("2026-11-23T17:00:00Z"))).toBe(3);
  const after = await getScheduleDetail(store.db, { id, userId: ada.userId });
  expect(after).toMatchObject({ state: "done", nextAt: null, lateBy: 0, counts: { started: 3 } });
  expect(after.jobs.map(({ state, taskId }) => [state, taskId === null])).toEqual(
    jobs.map(() => ["started", false]),
  );
  expect(await startedUrls()).toEqual(jobs.map(({ jobUrl }) => jobUrl).toSorted());
});

test("some of a list are started each time, by the clock of the person's zone", async () => {
  const ada = await person();
  await writeOwnLimits(store.db, ada.userId, { limits: {}, timeZone: "America/New_York" });
  const { id, nextAt } = await ada.plan({ cron: "30 9 * * mon-fri", perRun: 2 });
  expect(nextAt).toBe("2026-11-23T09:30:00-05:00");
  expect(await runAll(at("2026-11-23T14:30:00Z"))).toBe(2);
  const [row] = await listSchedules(store.db, ada.userId);
  expect(row === undefined ? undefined : scheduleOf(row)).toMatchObject({
    nextAt: "2026-11-24T09:30:00-05:00",
    lastRunAt: "2026-11-23T09:30:00-05:00",
    counts: { waiting: 1, started: 2 },
  });
  expect(await runAll(at("2026-11-24T14:30:00Z"))).toBe(1);
  expect(await getScheduleDetail(store.db, { id, userId: ada.userId })).toMatchObject({
    state: "done",
  });
});

test("however many look at once, each job of each schedule that is due is started once", async () => {
  const ada = await person();
  const shared = someJobs(4);
  const first = await ada.plan({ at: "2026-11-23T13:00:00Z" }, shared);
  const second = await ada.plan({ at: "2026-11-23T13:00:00Z" }, shared.toReversed());
  const now = at("2026-11-23T13:00:00Z");
  await Promise.all([runAll(now), runAll(now), runAll(now), runAll(now)]);
  expect(await startedUrls()).toEqual(shared.map(({ jobUrl }) => jobUrl).toSorted());
  const of = (id: string) => getScheduleDetail(store.db, { id, userId: ada.userId });
  const [one, other] = [await of(first.id), await of(second.id)];
  expect(one.counts.started + other.counts.started).toBe(4);
  expect(one.counts.skipped + other.counts.skipped).toBe(4);
  const skipped = [...one.jobs, ...other.jobs].filter(({ state }) => state === "skipped");
  expect(skipped).toEqual(
    skipped.map((job) => expect.objectContaining({ ...job, code: "TASK_IN_PROGRESS" })),
  );
  expect(skipped.every(({ taskId }) => taskId !== null)).toBe(true);
});

test("two that hold the same one that is due start its jobs once", async () => {
  const ada = await person();
  await ada.plan({ cron: "0 13 * * *", perRun: 1 });
  const now = at("2026-11-23T13:00:00Z");
  const take = () => takeDueSchedule(store.db, { now, leaseMs: 0 });
  const [one, other] = [await take(), await take()];
  expect([one?.id, one?.jobs]).toEqual([other?.id, other?.jobs]);
  if (one === undefined || other === undefined) throw new Error("It is due.");
  const runs = await Promise.all(
    [one, other].map((due) => runDueSchedule(store.writer, due, { now, findings: none })),
  );
  expect(runs.filter((run) => run !== undefined)).toEqual([{ started: 1, skipped: 0, lateBy: 0 }]);
  expect(await startedUrls()).toHaveLength(1);
});

test("what was missed while everything was down is made up for once, and says how late", async () => {
  const ada = await person();
  const { id } = await ada.plan({ cron: "0 */2 * * *", perRun: 1 }, someJobs(40));
  const now = at("2026-11-25T13:30:00Z");
  expect(await runAll(now)).toBe(1);
  expect(await getScheduleDetail(store.db, { id, userId: ada.userId })).toMatchObject({
    nextAt: "2026-11-25T14:00:00+00:00",
    lateBy: 47.5 * 3_600,
  });
});

test("one that died with it is made up for when its lease ends, or at once where it was given back", async () => {
  const ada = await person();
  await ada.plan({ at: "2026-11-23T13:00:00Z" });
  const now = at("2026-11-23T13:00:00Z");
  const take = (time: Date) => takeDueSchedule(store.db, { now: time, leaseMs: 60_000 });
  const first = await take(now);
  expect([first?.jobs.length, await take(now)]).toEqual([3, undefined]);
  const second = await take(at("2026-11-23T13:01:00Z"));
  expect(second).toEqual(first);
  if (second !== undefined) await releaseSchedule(store.db, second);
  expect(await take(at("2026-11-23T13:01:01Z"))).toEqual(first);
});

test("a job that was applied for, or whose posting is closed, is skipped and says why", async () => {
  const ada = await person();
  const [applied, closed, open] = someJobs(3);
  if (applied === undefined || closed === undefined || open === undefined) throw new Error("three");
  const earlier = await ada.apply(applied);
  const { id } = await ada.plan({ at: "2026-11-23T13:00:00Z" }, [applied, closed, open]);
  const finding = { code: "POSTING_CLOSED" as const, message: "The job is no longer open." };
  expect(await runAll(at("2026-11-23T13:00:00Z"), new Map([[1, finding]]))).toBe(1);
  const { jobs } = await getScheduleDetail(store.db, { id, userId: ada.userId });
  expect(jobs.map(({ state, code }) => [state, code])).toEqual([
    ["skipped", "TASK_IN_PROGRESS"],
    ["skipped", "POSTING_CLOSED"],
    ["started", null],
  ]);
  expect(jobs[0]?.taskId).toBe(earlier);
});

test("a fault on the way starts nothing, and all of it later", async () => {
  const ada = await person();
  const { id } = await ada.plan({ at: "2026-11-23T13:00:00Z" });
  const now = at("2026-11-23T13:00:00Z");
  await sql`alter table schedule_jobs add constraint broken check (place < 2 or state = 'waiting')`.execute(
    store.db,
  );
  await expect(runAll(now)).rejects.toThrow("broken");
  await sql`alter table schedule_jobs drop constraint broken`.execute(store.db);
  expect(await startedUrls()).toEqual([]);
  expect(await runAll(at("2026-11-23T13:05:00Z"))).toBe(3);
  expect(await getScheduleDetail(store.db, { id, userId: ada.userId })).toMatchObject({
    lateBy: 300,
  });
});

test("one that was moved, paused or deleted after it was taken starts nothing", async () => {
  const ada = await person();
  const now = at("2026-11-23T13:00:00Z");
  const changes = [
    (id: string) =>
      updateSchedule(store.db, { id, userId: ada.userId, at: "2026-11-24T13:00:00Z" }, monday),
    (id: string) => updateSchedule(store.db, { id, userId: ada.userId, state: "paused" }, monday),
    (id: string) => deleteSchedule(store.db, { id, userId: ada.userId }),
  ];
  for (const change of changes) {
    const { id } = await ada.plan({ at: "2026-11-23T13:00:00Z" });
    const due = await takeDueSchedule(store.db, { now, leaseMs: 60_000 });
    if (due === undefined) throw new Error("It is due.");
    await change(id);
    expect(await runDueSchedule(store.writer, due, { now, findings: none })).toBeUndefined();
  }
  expect(await startedUrls()).toEqual([]);
});

test("a paused one misses its times; what has one time alone starts when it goes on", async () => {
  const ada = await person();
  const set = (id: string, state: "active" | "paused", now: Date) =>
    updateSchedule(store.db, { id, userId: ada.userId, state }, now);
  const daily = await ada.plan({ cron: "0 13 * * *", perRun: 1 });
  const once = await ada.plan({ at: "2026-11-23T13:00:00Z" });
  await set(daily.id, "paused", monday);
  await set(once.id, "paused", monday);
  const wednesday = at("2026-11-25T15:00:00Z");
  expect(await runAll(wednesday)).toBe(0);
  expect(await set(daily.id, "active", wednesday)).toMatchObject({
    nextAt: at("2026-11-26T13:00:00Z"),
  });
  await set(once.id, "active", wednesday);
  expect(await runAll(wednesday)).toBe(3);
});

test("it can be moved to other times, and a done one cannot", async () => {
  const ada = await person();
  const { id } = await ada.plan({ cron: "0 13 * * *", perRun: 1 });
  const of = { id, userId: ada.userId };
  const moved = await updateSchedule(
    store.db,
    { ...of, cron: "0 8 * * *", timeZone: "Europe/Oslo", perRun: 2, name: "m" },
    monday,
  );
  expect(scheduleOf(moved)).toMatchObject({
    name: "m",
    perRun: 2,
    nextAt: "2026-11-24T08:00:00+01:00",
  });
  const once = await updateSchedule(store.db, { ...of, at: "2026-11-23T13:00:00Z" }, monday);
  expect([once.cron, once.perRun]).toEqual([null, null]);
  await runAll(at("2026-11-23T13:00:00Z"));
  await expect(updateSchedule(store.db, { ...of, name: "x" }, monday)).rejects.toMatchObject({
    code: "SCHEDULE_DONE",
  });
});

test.each<[Asked, string]>([
  [{ cron: "61 9 * * *" }, 'says "61" for the minute'],
  [{ cron: "* * * * *" }, "five minutes"],
  [{ at: "2026-11-23T11:58:59Z" }, "is in the past"],
  [{ at: "2028-01-01T00:00:00Z" }, "more than a year ahead"],
  [{ at: "2026-11-23T13:00:00Z", perRun: 1 }, "is for `cron` alone"],
])("%j cannot be kept: it %s", async (asked, problem) => {
  const ada = await person();
  await expect(ada.plan(asked)).rejects.toMatchObject({
    code: "VALIDATION",
    details: { issues: [{ problem: expect.stringContaining(problem) }] },
  });
  expect(await listSchedules(store.db, ada.userId)).toEqual([]);
});

test("a hundred are as many as one person may have", async () => {
  const ada = await person();
  await ada.plan({ cron: "@daily" });
  await sql`insert into schedules (user_id, name, resume_id, mode, cron, time_zone, next_at)
    select ${ada.userId}, 'n', ${ada.resumeId}, 'copilot', '@daily', 'UTC', now()
    from generate_series(1, 99)`.execute(store.db);
  await expect(ada.plan({ cron: "@daily" })).rejects.toMatchObject({ code: "SCHEDULE_LIMIT" });
});
