import {
  type Held,
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  startValet,
  until,
} from "@valet/testkit";
import { freePort } from "@valet/stack";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allowEverything } from "./allow-everything.fixture.ts";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

/*
 * Three workers and two session hosts on one engine, behind two API processes. The third worker shares the host
 * of the first. What is said of it in docs/scale.md is seen here.
 */

const workers = ["worker-1", "worker-2", "worker-3"];
/** Browsers at a time on each host. */
const roomEach = 3;
/** A killed host is called lost after 30 s, a killed worker's step is given away after 30 s. */
const limitMs = 15 * 60_000;

let points: HoldPoints;
let valet: TestValet;
let sql: postgres.Sql;
/** One person, through one API and through the other. */
let ada: Applicant;
let adaElsewhere: Applicant;
let apis: string[];
let secondPort: string;

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({
    workers: workers.length,
    sessionHosts: 2,
    env: { VALET_MAX_SESSIONS: String(roomEach), VALET_TEST_CHECKPOINT_URL: points.url },
  });
  secondPort = String(await freePort());
  const second = await startSecondApi();
  sql = postgres(valet.databaseUrl, { max: 2, fetch_types: false, onnotice: () => {} });
  ada = await createApplicant(valet);
  adaElsewhere = await createApplicant({ ...valet, apiUrl: second });
  apis = [valet.apiUrl, second];
  await allowEverything(valet.databaseUrl);
}, limitMs);
beforeEach(async () => {
  for (const revive of gone.values()) await revive();
  gone.clear();
});
afterAll(async () => {
  await sql?.end();
  await valet?.close();
  await points?.close();
});

/** What a test has ended, and how it comes back. */
const gone = new Map<string, () => Promise<unknown>>();

function endProcess(app: "worker" | "session-host", name: string, how: "kill" | "stop") {
  gone.set(name, () => valet.start(app, { name }));
  return valet[how](name);
}

/** Returns its address. */
async function startSecondApi(): Promise<string> {
  const api = await valet.start("api", { name: "api-2", env: { VALET_API_PORT: secondPort } });
  return String(api.info["url"]);
}

const jobsOf = (first: number, count: number, kind = "engineer") =>
  Array.from({ length: count }, (_, n) => `${kind}-${first + n}`);

/** Sends them in through both APIs in turn; the ids in the order of the jobs. */
async function applyAll(jobs: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [n, job] of jobs.entries()) {
    const { id } = await (n % 2 === 0 ? ada : adaElsewhere).apply(`plain/jobs/${job}`);
    ids.push(id);
  }
  return ids;
}

/** Their holds, asked for before their browsers can have come so far. */
async function applyAndHold(
  jobs: readonly string[],
): Promise<{ readonly ids: string[]; readonly held: Promise<Held>[] }> {
  const ids: string[] = [];
  const held: Promise<Held>[] = [];
  for (const [n, job] of jobs.entries()) {
    const { id } = await (n % 2 === 0 ? ada : adaElsewhere).apply(`plain/jobs/${job}`);
    ids.push(id);
    held.push(points.hold("fill-page:filled", id));
  }
  return { ids, held };
}

async function expectSentOnce(ids: readonly string[], jobs: readonly string[]): Promise<void> {
  const tasks = await Promise.all(ids.map((id) => ada.untilEnd(id, limitMs)));
  expect(tasks.map(({ outcome, reason }) => [outcome, reason])).toEqual(
    jobs.map(() => ["confirmed", null]),
  );
  const arrived = (await valet.submits()).filter(({ job }) => jobs.includes(job));
  expect(arrived.map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
}

interface SessionRow {
  readonly taskId: string;
  readonly hostUrl: string;
  readonly state: string;
}

function sessionsOf(ids: readonly string[]): Promise<SessionRow[]> {
  return sql<SessionRow[]>`
    select task_id as "taskId", host_url as "hostUrl", state from browser_sessions
    where task_id in ${sql(ids)} order by created_at`;
}

/** The most that had a browser at a time, by the rows that sessions leave behind. */
async function mostAtOnce(ids: readonly string[], hostUrl?: string): Promise<number> {
  const here = hostUrl === undefined ? sql`true` : sql`host_url = ${hostUrl}`;
  const [row] = await sql<{ most: number | null }[]>`
    with mine as (select * from browser_sessions where task_id in ${sql(ids)} and ${here})
    select max(together)::integer as most from (
      select count(*) as together
      from mine one join mine other
        on other.created_at <= one.created_at
        and coalesce(other.ended_at, now()) > one.created_at
      group by one.id
    ) as counts`;
  return row?.most ?? 0;
}

function countBy(values: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(values, (value) => value);
  return Object.fromEntries([...groups].map(([value, same]) => [value, same.length]));
}

/** Of a counter without labels. */
async function counted(apiUrl: string, metric: string): Promise<number> {
  const text = await (await fetch(`${apiUrl}/metrics`)).text();
  return Number(new RegExp(`^${metric} (\\d+)`, "mu").exec(text)?.[1] ?? 0);
}

async function admittedSoFar(): Promise<number> {
  const counts = await Promise.all(apis.map((api) => counted(api, "valet_admitted_total")));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The one of these processes that holds it. */
function nameOf(held: Held): string {
  const name = workers.find((worker) => valet.process(worker).pid === held.pid);
  if (name === undefined) throw new Error(`No worker of this test is process ${held.pid}.`);
  return name;
}

async function hostOf(taskId: string): Promise<{ readonly name: string; readonly url: string }> {
  const { hostUrl } = (await sessionsOf([taskId])).at(-1) ?? {};
  const host = valet.sessionHosts.find(({ url }) => url === hostUrl);
  if (host === undefined) throw new Error(`No host of this test has the browser of ${taskId}.`);
  return host;
}

function waitsBy(taskId: string, reason: string): Promise<unknown> {
  return until(`it waits: ${reason}`, async () => {
    const { queue } = await ada.client.getTask(taskId);
    return queue?.heldUpBy === reason;
  });
}

test(
  "applications are spread over both hosts and all workers, and each is started and sent once",
  async () => {
    const before = await admittedSoFar();
    const jobs = jobsOf(1_000, 36);
    const ids = await applyAll(jobs);
    await expectSentOnce(ids, jobs);

    const sessions = await sessionsOf(ids);
    expect(sessions).toHaveLength(jobs.length);
    const perHost = countBy(sessions.map(({ hostUrl }) => hostUrl));
    say(`browsers started by host: ${JSON.stringify(perHost)}`);
    expect(Object.keys(perHost)).toHaveLength(2);
    expect(Math.min(...Object.values(perHost))).toBeGreaterThanOrEqual(jobs.length / 3);
    for (const { url } of valet.sessionHosts) {
      expect(await mostAtOnce(ids, url)).toBeLessThanOrEqual(roomEach);
    }
    expect(await mostAtOnce(ids)).toBeGreaterThan(roomEach);

    const steps = await sql<{ workerId: string }[]>`
      select worker_id as "workerId" from step_runs where task_id in ${sql(ids)}`;
    const perWorker = countBy(steps.map(({ workerId }) => workerId));
    say(`steps by worker: ${Object.values(perWorker).join(", ")}`);
    expect(Object.keys(perWorker)).toHaveLength(workers.length);

    // Of two admitters and eight lanes nobody did anything twice.
    expect((await admittedSoFar()) - before).toBe(jobs.length);
    const starts = await sql<{ count: number }[]>`
      select count(*)::integer as count from outbox
      where task_id in ${sql(ids)} and message ->> 'kind' = 'start_run'`;
    expect(starts[0]?.count).toBe(jobs.length);
  },
  limitMs,
);

test(
  "a host and a worker killed in the middle: what was not sent goes on elsewhere, what may have been is never sent again, and there is room for half",
  async () => {
    const [clicked = ""] = await applyAll(["engineer-slow-1100"]);
    const atClick = await points.hold("dispatch:clicked", clicked);
    const dying = await hostOf(clicked);
    const jobs = jobsOf(1_110, 2 * roomEach - 1);
    const { ids, held } = await applyAndHold(jobs);
    const filled = await Promise.all(held);
    const onDying = (await sessionsOf(ids)).filter(({ hostUrl }) => hostUrl === dying.url);
    expect(onDying.length).toBeGreaterThanOrEqual(1);

    await endProcess("session-host", dying.name, "kill");
    await endProcess("worker", nameOf(atClick), "kill");
    for (const { release } of filled) release();
    await expectSentOnce(ids, jobs);
    const moved = await sessionsOf(onDying.map(({ taskId }) => taskId));
    for (const { taskId } of onDying) {
      const its = moved.filter((session) => session.taskId === taskId);
      expect(its[0]).toMatchObject({ hostUrl: dying.url, state: "lost" });
      expect(its.at(-1)?.hostUrl).not.toBe(dying.url);
    }
    expect(await ada.untilEnd(clicked, limitMs)).toMatchObject({ outcome: "unconfirmed" });
    expect((await valet.submits("engineer-slow-1100")).length).toBeLessThanOrEqual(1);

    const rest = jobsOf(1_120, roomEach + 2);
    const waiting = await applyAndHold(rest);
    const first = await Promise.all(waiting.held.slice(0, roomEach));
    for (const id of waiting.ids.slice(roomEach)) await waitsBy(id, "no_room");
    // With the host its room is back: the others start before one has ended.
    await gone.get(dying.name)?.();
    gone.delete(dying.name);
    const others = await Promise.all(waiting.held.slice(roomEach));
    for (const { release } of [...first, ...others]) release();
    await expectSentOnce(waiting.ids, rest);
  },
  2 * limitMs,
);

test(
  "a host that is told to stop gets nothing more, and an API that dies leaves nothing undone",
  async () => {
    const [leaving, staying] = valet.sessionHosts;
    const jobs = jobsOf(1_200, 2 * roomEach);
    const { ids, held } = await applyAndHold(jobs);
    const filled = await Promise.all(held);
    await endProcess("session-host", leaving?.name ?? "", "stop");
    await valet.kill("api-2");
    gone.set("api-2", startSecondApi);
    const later = jobsOf(1_210, 4);
    const laterIds = await Promise.all(
      later.map(async (job) => (await ada.apply(`plain/jobs/${job}`)).id),
    );
    for (const { release } of filled) release();
    await expectSentOnce([...ids, ...laterIds], [...jobs, ...later]);
    const sessions = await sessionsOf(laterIds);
    expect(new Set(sessions.map(({ hostUrl }) => hostUrl))).toEqual(new Set([staying?.url]));
  },
  limitMs,
);

function say(line: string): void {
  process.stderr.write(`scale-out: ${line}\n`);
}
