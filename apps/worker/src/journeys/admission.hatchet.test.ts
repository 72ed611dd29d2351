import type { Limits } from "@valet/contracts";
import { addUser, connectDb, writeInstallationLimits } from "@valet/db";
import { createLogger } from "@valet/runtime";
import { type TestValet, startValet, until } from "@valet/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { mostBrowsersAtOnce } from "./many-applications.fixture.ts";

let valet: TestValet;
let ada: Applicant;
let grace: Applicant;
let sql: postgres.Sql;
let host: string;
let setLimits: (limits: Limits) => Promise<void>;
let closeDb: () => Promise<void>;

beforeAll(async () => {
  valet = await startValet({ workers: 2, env: { VALET_HIBERNATE_PRESSED_MS: "400" } });
  sql = postgres(valet.databaseUrl, { max: 1 });
  const database = connectDb({
    url: valet.databaseUrl,
    applicationName: "test",
    maxConnections: 2,
    log: createLogger({ name: "test", level: "silent" }),
  });
  closeDb = () => database.close();
  setLimits = (limits) => writeInstallationLimits(database.db, limits);
  host = new URL(valet.practiceUrl).host;
  const { apiKey } = await addUser(database.db, { name: "grace", role: "user" });
  [ada, grace] = await Promise.all([createApplicant(valet), createApplicant(valet, { apiKey })]);
});
beforeEach(() => setLimits({}));
afterAll(async () => {
  await sql?.end();
  await closeDb?.();
  await valet?.close();
});

test("with two browsers and nobody who approves every application comes to its review, and nobody else waits", async () => {
  await setLimits({ user: { live: 2 } });
  const ids: string[] = [];
  for (let n = 1; n <= 4; n += 1) {
    const { id } = await ada.apply(`plain/jobs/engineer-${900 + n}`, { mode: "copilot" });
    ids.push(id);
  }
  const other = await grace.apply("plain/jobs/engineer-910");

  expect(await grace.untilEnd(other.id)).toMatchObject({ outcome: "confirmed" });
  for (const id of ids) await ada.untilState(id, "awaiting_review");
  expect(await mostBrowsersAtOnce(sql, ids)).toBeLessThanOrEqual(2);
  const tasks = await Promise.all(ids.map((id) => ada.client.getTask(id)));
  expect(tasks.map(({ epoch, state }) => [epoch, state])).toEqual(
    ids.map(() => [1, "awaiting_review"]),
  );
  for (const id of ids) await ada.client.cancelTask(id);
});

test("at a host nobody is sent to sooner than its spacing, whichever of two workers sends", async () => {
  const spacingSeconds = 2;
  await setLimits({ hosts: { [host]: { spacingSeconds, live: 2 } } });
  const jobs = [1, 2, 3].map((n) => `engineer-${920 + n}`);
  const tasks = await Promise.all(
    jobs.map((job, index) => (index % 2 === 0 ? ada : grace).apply(`plain/jobs/${job}`)),
  );
  const [last] = await until("one tells behind how many it waits", async () => {
    const { tasks: listed } = await ada.client.listTasks({});
    const waiting = listed.filter(({ queue }) => queue?.heldUpBy === "host_spacing");
    return waiting.length > 0 && waiting;
  });
  for (const [index, { id }] of tasks.entries()) await (index % 2 === 0 ? ada : grace).untilEnd(id);

  expect(last?.queue?.behind).toBeGreaterThanOrEqual(0);
  const ids = tasks.map(({ id }) => id);
  expect(await mostBrowsersAtOnce(sql, ids)).toBeLessThanOrEqual(2);
  const arrived = (await valet.submits()).filter(({ job }) => jobs.includes(job));
  expect(arrived.map(({ job }) => job).toSorted()).toEqual(jobs);
  const times = arrived.map(({ at }) => Date.parse(at)).toSorted((one, next) => one - next);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(spacingSeconds * 1_000);
  const opened = await sql<{ at: Date }[]>`
    select opened_at as at from tasks where id = any(${ids}) order by opened_at`;
  const spaces = opened.slice(1).map(({ at }, index) => Number(at) - Number(opened[index]?.at));
  expect(Math.min(...spaces)).toBeGreaterThanOrEqual(spacingSeconds * 1_000);
});

test("a site that turns one application away is left alone for as long as it asks", async () => {
  const turned = await ada.apply("plain/jobs/engineer-turned-away-930");
  expect(await ada.untilEnd(turned.id)).toMatchObject({ reason: "PAGE_UNREACHABLE" });
  const next = await grace.apply("plain/jobs/engineer-931");
  const { queue } = await until("it is held up", async () => {
    const task = await grace.client.getTask(next.id);
    return task.queue?.heldUpBy === "cooling_down" && task;
  });

  const waits = Date.parse(queue?.until ?? "") - Date.parse(next.createdAt);
  expect(waits).toBeGreaterThan(60_000);
  expect(waits).toBeLessThanOrEqual(90_000);
  await grace.client.cancelTask(next.id);
});
