import { randomUUID } from "node:crypto";
import type { NewUser } from "@valet/db";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiFixture, admitAll, keyOf, openApiFixture } from "../api.fixture.ts";
import { type SchedulerDeps, runOneSchedule } from "./start-scheduler.ts";

const { signal } = new AbortController();
const pages: Record<string, { readonly status: number; readonly text: string }> = {};
const asked: string[] = [];
let api: ApiFixture;
let person: NewUser;
let resumeId = "";
beforeAll(async () => {
  api = await openApiFixture({
    async getPage(url) {
      asked.push(url.href);
      const page = pages[url.href];
      return page === undefined ? undefined : { url, headers: {}, ...page };
    },
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  asked.length = 0;
  await api.db.deleteFrom("schedules").execute();
  person = await api.addPerson();
  resumeId = await api.addResumeOf(person.id);
});

const jobUrl = () => `https://jobs.test/${randomUUID()}`;
const send = (method: "POST" | "PATCH" | "GET" | "DELETE", url: string, payload?: object) =>
  api.app.inject({
    method,
    url,
    headers: keyOf(person),
    ...(payload === undefined ? {} : { payload }),
  });
const plan = (change: object = {}) =>
  send("POST", "/schedules", {
    name: "Evenings",
    jobs: [jobUrl(), jobUrl(), jobUrl()],
    resumeId,
    mode: "copilot",
    at: inMinutes(10),
    ...change,
  });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const runAt = (minutes: number, change: Partial<SchedulerDeps> = {}) =>
  runOneSchedule(
    {
      writer: api.writer,
      getPage: api.deps.getPage,
      kickRelay: api.deps.kickRelay,
      log: api.deps.log,
      ...change,
    },
    () => new Date(Date.now() + minutes * 60_000),
    signal,
  );

test("a schedule is made, listed, moved, paused and deleted, and is its person's alone", async () => {
  const made = await plan({ at: undefined, cron: "30 9 * * *", perRun: 2, timeZone: "Asia/Tokyo" });
  expect([made.statusCode, made.json()]).toMatchObject([
    201,
    {
      state: "active",
      perRun: 2,
      counts: { waiting: 3 },
      nextAt: expect.stringMatching(/T09:30:00\+09:00$/),
    },
  ]);
  const { id } = made.json();
  expect((await send("GET", "/schedules")).json().schedules).toMatchObject([{ id }]);
  expect((await send("GET", `/schedules/${id}`)).json().jobs).toHaveLength(3);
  const moved = await send("PATCH", `/schedules/${id}`, { cron: "0 18 * * *" });
  expect(moved.json().nextAt).toMatch(/T18:00:00\+09:00$/);
  const paused = await send("PATCH", `/schedules/${id}`, { state: "paused" });
  expect(paused.json()).toMatchObject({ state: "paused", nextAt: null });
  expect((await send("DELETE", `/schedules/${id}`)).json()).toEqual({ deleted: true });
  expect((await send("GET", `/schedules/${id}`)).json().code).toBe("NOT_FOUND");
});

const same = jobUrl();
test.each<[object, string, string]>([
  [{ cron: "0 9 * * *" }, "body/cron", "either `cron` or `at`"],
  [{ at: undefined }, "body/cron", "either `cron` or `at`"],
  [{ at: undefined, cron: "0 25 * * *" }, "body/cron", 'says "25" for the hour'],
  [{ at: undefined, cron: "* * * * *" }, "body/cron", "five minutes"],
  [{ at: "2020-01-01T00:00:00Z" }, "body/at", "in the past"],
  [{ perRun: 2 }, "body/perRun", "for `cron` alone"],
  [{ jobs: [] }, "body/jobs", ""],
  [{ jobs: Array.from({ length: 501 }, jobUrl) }, "body/jobs", ""],
  [{ jobs: [same, same] }, "body/jobs/1", "same job as body/jobs/0"],
  [{ jobs: [same, "nothing"] }, "body/jobs/1", "JOB_URL_INVALID"],
  [{ jobs: ["https://a.inside.test/1"] }, "body/jobs/0", "JOB_URL_"],
  [{ timeZone: "Mars/Olympus" }, "body/timeZone", "no time zone"],
])("%j is refused at %s: %s", async (change, path, problem) => {
  const refused = await plan(change);
  expect([refused.statusCode, refused.json().code]).toEqual([422, "VALIDATION"]);
  expect(JSON.stringify(refused.json().details.issues)).toContain(path);
  expect(JSON.stringify(refused.json().details.issues).replaceAll("\\", "")).toContain(problem);
  expect((await send("GET", "/schedules")).json().schedules).toEqual([]);
});

test("an application gets a time or a window, and no time that has passed", async () => {
  const apply = (change: object) =>
    send("POST", "/tasks", { jobUrl: jobUrl(), resumeId, mode: "copilot", ...change });
  const window = { from: "09:00", to: "17:00", days: ["mon"], timeZone: "Europe/Oslo" };
  for (const wrong of [
    { runAt: inMinutes(5), window },
    { runAt: inMinutes(-2) },
    { runAt: inMinutes(60 * 24 * 370) },
    { window: { ...window, to: "09:00" } },
    { window: { ...window, from: "9" } },
    { window: { ...window, days: [] } },
  ]) {
    const refused = await apply(wrong);
    expect([wrong, refused.statusCode, refused.json().code]).toEqual([wrong, 422, "VALIDATION"]);
  }
  const accepted = (await apply({ window })).json();
  expect(accepted).toMatchObject({ state: "queued", runAt: null, window });
  // Within the last minute is now.
  const soon = (await apply({ runAt: inMinutes(-0.5) })).json();
  await admitAll(api.db);
  expect((await send("GET", `/tasks/${soon.id}`)).json().queue).toBeNull();
});

test("at its time the jobs of a schedule are applications in the queue, whether or not the engine is up", async () => {
  api.setEngine({ kind: "waiting", reason: "it is down" });
  const { id } = (await plan()).json();
  const kicks = api.kicks();
  expect([await runAt(9), await runAt(10), await runAt(10)]).toEqual([
    undefined,
    "started",
    undefined,
  ]);
  api.setEngine({ kind: "ready" });
  expect(api.kicks()).toBe(kicks + 1);
  const { jobs } = (await send("GET", `/schedules/${id}`)).json();
  const tasks = (await send("GET", "/tasks")).json().tasks;
  expect(jobs.map(({ taskId }: { taskId: string }) => taskId).toSorted()).toEqual(
    tasks.map((task: { id: string }) => task.id).toSorted(),
  );
  expect(tasks.map(({ state }: { state: string }) => state)).toEqual([
    "queued",
    "queued",
    "queued",
  ]);
});

test("a job whose page says that it is closed or gone is not started; one that says nothing is", async () => {
  const [closed, gone, silent] = [jobUrl(), jobUrl(), jobUrl()];
  pages[closed] = { status: 200, text: "<h1>Engineer</h1><p>This job is no longer available.</p>" };
  pages[gone] = { status: 404, text: "<h1>Not found</h1>" };
  const { id } = (await plan({ jobs: [closed, gone, silent] })).json();
  await runAt(10);
  const { jobs, counts } = (await send("GET", `/schedules/${id}`)).json();
  expect(counts).toEqual({ waiting: 0, started: 1, skipped: 2 });
  expect(jobs.map(({ state, code }: { state: string; code: string }) => [state, code])).toEqual([
    ["skipped", "POSTING_CLOSED"],
    ["skipped", "PAGE_NOT_FOUND"],
    ["started", null],
  ]);
});

test("two processes at once start each job once, and one page is asked for by one of them", async () => {
  await plan();
  await Promise.all([runAt(10), runAt(10), runAt(10)]);
  expect((await send("GET", "/tasks")).json().tasks).toHaveLength(3);
  expect(asked).toHaveLength(3);
});

test("one that is closed while it looks at pages gives the schedule back", async () => {
  const { id } = (await plan()).json();
  const stop = new AbortController();
  const getPage = async () => {
    stop.abort(new Error("stopped"));
    return undefined;
  };
  const { writer, deps } = api;
  const run = runOneSchedule(
    { writer, getPage, kickRelay: deps.kickRelay, log: deps.log },
    () => new Date(Date.now() + 600_000),
    stop.signal,
  );
  await expect(run).rejects.toThrow("stopped");
  expect((await send("GET", `/schedules/${id}`)).json().counts.waiting).toBe(3);
  expect(await runAt(10)).toBe("started");
});

test("after a day in which nothing ran it is run once, and says how late", async () => {
  const { id } = (await plan({ at: undefined, cron: "0 * * * *", perRun: 1 })).json();
  expect([await runAt(26 * 60), await runAt(26 * 60)]).toEqual(["late", undefined]);
  const { counts, lateBy } = (await send("GET", `/schedules/${id}`)).json();
  expect([counts.started, lateBy > 24 * 3_600]).toEqual([1, true]);
});
