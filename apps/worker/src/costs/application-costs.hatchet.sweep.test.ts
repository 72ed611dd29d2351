import { readdirSync, statSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { until } from "@valet/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accompany } from "../journeys/applications.fixture.ts";
import {
  type DatabaseCounts,
  differenceOf,
  readDatabaseCounts,
  readTableBytes,
} from "./database-costs.fixture.ts";
import { type OwnInstallation, startOwnInstallation } from "./own-installation.fixture.ts";
import {
  type Part,
  parts,
  readCpuSeconds,
  readPeakMb,
  readSharedMb,
} from "./process-costs.fixture.ts";
import { readRedisCommands } from "./redis-commands.fixture.ts";

/*
 * `npm run test:cost`: what one application costs, and what one costs that waits for its review. The figures of
 * docs/scale.md are its output. VALET_COST_COUNT takes another number of applications.
 */

const count = Number(process.env["VALET_COST_COUNT"] ?? 60);
const parkedCount = Math.max(4, Math.floor(count / 3));
/** Before anything counts: code is compiled, tables and caches have their first pages. */
const warmUp = Math.max(4, Math.floor(count / 3));
/** As many browsers as fit two cores without waiting for each other much. */
const atOnce = 2;
const idleMs = 30_000;
const limitMs = 60 * 60_000;
/** Servers tell what they counted this much later. */
const settleMs = 2_500;

let own: OwnInstallation;

beforeAll(async () => {
  own = await startOwnInstallation(process.env, {
    VALET_MAX_SESSIONS: String(atOnce),
    VALET_SESSION_POOL: "0",
    VALET_HIBERNATE_AFTER_MS: "1000",
    VALET_HIBERNATE_PRESSED_MS: "200",
  });
}, 300_000);
afterAll(() => own?.close());

interface Reading {
  readonly atMs: number;
  readonly cpu: Record<Part, number>;
  readonly valet: DatabaseCounts;
  readonly engine: DatabaseCounts;
  readonly redis: number;
}

async function read(): Promise<Reading> {
  await delay(settleMs);
  const { roots, urls } = own;
  return {
    atMs: performance.now(),
    cpu: readCpuSeconds(roots),
    valet: await readDatabaseCounts(urls.valet),
    engine: await readDatabaseCounts(urls.engine),
    redis: await readRedisCommands(urls.redis),
  };
}

interface Sizes {
  readonly valet: Record<string, number>;
  readonly engine: Record<string, number>;
  readonly objectBytes: number;
  readonly objectFiles: number;
}

async function readSizes(): Promise<Sizes> {
  const { urls, objectsDir } = own;
  const files = readdirSync(objectsDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map((file) => statSync(join(file.parentPath, file.name)).size);
  return {
    valet: await readTableBytes(urls.valet),
    engine: await readTableBytes(urls.engine),
    objectBytes: bytes.reduce((sum, size) => sum + size, 0),
    objectFiles: files.length,
  };
}

/** Of each figure what it grew by between two readings, in all and a second. */
function grownBy(later: Reading, earlier: Reading) {
  const figures = ({ cpu, valet, engine, redis }: Reading): Record<string, number> => ({
    ...Object.fromEntries(parts.map((part) => [`CPU-s ${part}`, cpu[part]])),
    "transactions of Valet's database": valet.transactions,
    "transactions of the engine's database": engine.transactions,
    "log bytes of Valet's Postgres": valet.logBytes,
    "log bytes of the engine's Postgres": engine.logBytes,
    "Redis commands": redis,
  });
  return {
    seconds: (later.atMs - earlier.atMs) / 1_000,
    grown: differenceOf(figures(later), figures(earlier)),
  };
}

async function readIdle(): Promise<Record<string, number>> {
  const before = await read();
  await delay(idleMs);
  const { seconds, grown } = grownBy(await read(), before);
  return Object.fromEntries(Object.entries(grown).map(([name, by]) => [name, by / seconds]));
}

/** What each cost above what the same time without them costs. */
function perApplication(
  [before, after]: readonly [Reading, Reading],
  idle: Readonly<Record<string, number>>,
  applications: number,
): Record<string, number> {
  const { seconds, grown } = grownBy(after, before);
  return Object.fromEntries(
    Object.entries(grown).map(([name, by]) => [
      name,
      (by - (idle[name] ?? 0) * seconds) / applications,
    ]),
  );
}

async function applyAll(
  first: number,
  applications: number,
  mode: "autopilot" | "copilot",
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < applications; n += 1) {
    const { id } = await own.ada.apply(`plain/jobs/engineer-${first + n}`, { mode });
    ids.push(id);
  }
  return ids;
}

async function expectConfirmed(ids: readonly string[]): Promise<void> {
  const outcomes = [];
  for (const id of ids) outcomes.push((await own.ada.untilEnd(id, limitMs)).outcome);
  expect(outcomes).toEqual(ids.map(() => "confirmed"));
}

/** Looks now and then at what is held, until it is told to stop; the most there was. */
function watchMemory(signal: AbortSignal): Promise<{ perBrowserMb: number; postgres: number[] }> {
  const { roots, urls } = own;
  const sql = postgres(urls.valet, { max: 1, fetch_types: false, onnotice: () => {} });
  const look = async () => {
    let perBrowserMb = 0;
    let postgresMb = [0, 0];
    while (!signal.aborted) {
      await delay(1_000, undefined, { signal }).catch(() => undefined);
      const [live] = await sql<{ count: number }[]>`
        select count(*)::integer as count from browser_sessions where state = 'live'`;
      const browsers = readSharedMb(roots["session host"], { withRoot: false });
      // Those that are just being closed hold memory as well: they count as one more.
      perBrowserMb = Math.max(perBrowserMb, browsers / Math.max(atOnce, live?.count ?? 0));
      postgresMb = [roots["Postgres of Valet"], roots["Postgres of the engine"]].map((root, n) =>
        Math.max(postgresMb[n] ?? 0, readSharedMb(root, { withRoot: true })),
      );
    }
    await sql.end();
    return { perBrowserMb, postgres: postgresMb };
  };
  return look();
}

async function readTimes(ids: readonly string[]): Promise<{ whole: number; browser: number }> {
  const sql = postgres(own.urls.valet, { max: 1, fetch_types: false, onnotice: () => {} });
  const [row] = await sql<{ whole: number; browser: number }[]>`
    select avg(extract(epoch from finished_at - admitted_at))::float8 as whole,
      avg(extract(epoch from ended_at - browser_sessions.created_at))::float8 as browser
    from tasks join browser_sessions on task_id = tasks.id where tasks.id in ${sql(ids)}`;
  await sql.end();
  return { whole: row?.whole ?? Number.NaN, browser: row?.browser ?? Number.NaN };
}

test(
  `what one of ${count} applications costs, and one of ${parkedCount} that wait for their review`,
  async () => {
    say(`on ${cpus().length} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 1e9)} GB`);
    await expectConfirmed(await applyAll(100_000, warmUp, "autopilot"));
    const sizesBefore = await readSizes();
    const idle = await readIdle();
    report("a second of doing nothing", idle);

    const stop = new AbortController();
    const memory = watchMemory(stop.signal);
    const before = await read();
    const ids = await applyAll(200_000, count, "autopilot");
    await expectConfirmed(ids);
    const after = await read();
    stop.abort();
    const most = await memory;
    const sizes = await readSizes();
    const costs = perApplication([before, after], idle, count);
    report("an application, autopilot, three pages", costs);
    const times = await readTimes(ids);
    say(
      `  from its start to its end ${times.whole.toFixed(1)} s, with a browser ${times.browser.toFixed(1)} s, ${atOnce} at a time; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    );
    reportGrowth("Valet", sizes.valet, sizesBefore.valet, count);
    reportGrowth("the engine", sizes.engine, sizesBefore.engine, count);
    say(
      `  objects: ${Math.round((sizes.objectBytes - sizesBefore.objectBytes) / count)} bytes in ${((sizes.objectFiles - sizesBefore.objectFiles) / count).toFixed(1)} files`,
    );
    reportRows("Valet", after.valet, before.valet, count);
    reportRows("the engine", after.engine, before.engine, count);
    reportMemory(most);
    expect(Math.min(...parts.map((part) => costs[`CPU-s ${part}`] ?? 0))).toBeGreaterThanOrEqual(0);
    expect(costs["CPU-s Chromium and its displays"]).toBeGreaterThan(0.1);
    expect(await valetSubmits(ids.length)).toBe(true);

    await measureParked();
  },
  2 * limitMs,
);

async function valetSubmits(atLeast: number): Promise<boolean> {
  const jobs = (await own.valet.submits()).map(({ job }) => job);
  return jobs.length >= atLeast && new Set(jobs).size === jobs.length;
}

async function measureParked(): Promise<void> {
  const idle = await readIdle();
  const workerMb = readSharedMb(own.roots.worker, { withRoot: true });
  const sizesBefore = await readSizes();
  const before = await read();
  const ids = await applyAll(300_000, parkedCount, "copilot");
  for (const id of ids) await own.ada.untilState(id, "awaiting_review", limitMs);
  await untilNoBrowser();
  const parked = await read();
  report(
    "an application up to its review, parked",
    perApplication([before, parked], idle, parkedCount),
  );
  const sizes = await readSizes();
  reportGrowth("Valet", sizes.valet, sizesBefore.valet, parkedCount);
  reportGrowth("the engine", sizes.engine, sizesBefore.engine, parkedCount);
  say(
    `  objects: ${Math.round((sizes.objectBytes - sizesBefore.objectBytes) / parkedCount)} bytes`,
  );
  const grownMb = readSharedMb(own.roots.worker, { withRoot: true }) - workerMb;
  say(`  memory of the worker: ${(grownMb / parkedCount).toFixed(2)} MB`);
  const waiting = await readIdle();
  const each = Object.entries(waiting).map(
    ([name, by]) => [name, (by - (idle[name] ?? 0)) / parkedCount] as const,
  );
  report("a second of one that is parked", Object.fromEntries(each));
  const approved = await read();
  for (const taskId of ids) {
    // This site names the visit in its addresses: built again on a new browser, it is approved again.
    const signal = AbortSignal.timeout(limitMs);
    await accompany({ ada: own.ada, valet: own.valet, taskId }, "autopilot", signal);
  }
  await expectConfirmed(ids);
  report(
    "approved when it was parked, twice since this site asks for it",
    perApplication([approved, await read()], idle, parkedCount),
  );
}

async function untilNoBrowser(): Promise<void> {
  const sql = postgres(own.urls.valet, { max: 1, fetch_types: false, onnotice: () => {} });
  await until(
    "all are parked",
    async () =>
      (await sql`select 1 from browser_sessions where state = 'live' limit 1`).length === 0,
    limitMs,
  );
  await sql.end();
}

function report(what: string, figures: Readonly<Record<string, number>>): void {
  say(`${what}:`);
  for (const [name, figure] of Object.entries(figures)) say(`  ${name}: ${rounded(figure)}`);
  const cpu = parts.reduce((sum, part) => sum + (figures[`CPU-s ${part}`] ?? 0), 0);
  say(`  CPU-s of all: ${rounded(cpu)}`);
}

function reportGrowth(
  whose: string,
  later: Readonly<Record<string, number>>,
  earlier: Readonly<Record<string, number>>,
  applications: number,
): void {
  const grown = Object.entries(differenceOf(later, earlier)).filter(([, by]) => by !== 0);
  const all = grown.reduce((sum, [, by]) => sum + by, 0);
  say(`  bytes on disk of ${whose}: ${Math.round(all / applications)}`);
  for (const [table, by] of largest(grown)) say(`    ${table}: ${Math.round(by / applications)}`);
}

function reportRows(
  whose: string,
  later: DatabaseCounts,
  earlier: DatabaseCounts,
  applications: number,
): void {
  const inserted = Object.entries(differenceOf(later.inserted, earlier.inserted));
  const all = inserted.reduce((sum, [, by]) => sum + by, 0);
  say(`  rows written into tables of ${whose}: ${rounded(all / applications)}`);
  for (const [table, by] of largest(inserted)) say(`    ${table}: ${rounded(by / applications)}`);
}

function reportMemory(most: {
  readonly perBrowserMb: number;
  readonly postgres: readonly number[];
}): void {
  const { roots } = own;
  const peaks = (["api", "worker", "session host", "engine", "Redis"] as const).map(
    (part) => `${part} ${readPeakMb(roots[part]).toFixed(0)}`,
  );
  const [valets = 0, engines = 0] = most.postgres;
  say(`  the most memory, in MB: ${peaks.join(", ")}`);
  say(
    `  by share, in MB: a browser with its display ${most.perBrowserMb.toFixed(0)}, Postgres of Valet ${valets.toFixed(0)}, of the engine ${engines.toFixed(0)}`,
  );
}

function largest(rows: readonly (readonly [string, number])[]): (readonly [string, number])[] {
  const shown = 14;
  return rows
    .filter(([, by]) => by > 0)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, shown);
}

function rounded(figure: number): string {
  return Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toFixed(3);
}

function say(line: string): void {
  process.stderr.write(`cost: ${line}\n`);
}
