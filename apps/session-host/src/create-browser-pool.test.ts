import { readdirSync } from "node:fs";
import path from "node:path";
import { createDialer, createRelayHub } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createBrowserLedger } from "./create-browser-ledger.ts";
import {
  type BrowserPool,
  type BrowserPoolDeps,
  createBrowserPool,
} from "./create-browser-pool.ts";
import { createMemoryBudget } from "./create-memory-budget.ts";
import { type WarmBrowser, startWarmBrowser } from "./start-warm-browser.ts";
import {
  createStateDir,
  megabyte,
  processesNaming,
  quietLog,
  testEgress,
  testSettings,
} from "./test-host.fixture.ts";

const patient = { timeout: 20_000 };
let stateDir: string;
let pool: BrowserPool | undefined;
/** Browsers that were started, also those that are not there yet. */
let started: number;

beforeEach(async () => {
  stateDir = await createStateDir();
  started = 0;
});
afterEach(async () => {
  const used = pool?.inUse() ?? [];
  await pool?.close();
  await Promise.all(used.map((browser) => browser.close()));
  expect(processesNaming(stateDir)).toEqual([]);
  await rm(stateDir, { recursive: true });
});

async function openPool(change: Partial<BrowserPoolDeps> = {}): Promise<BrowserPool> {
  const log = quietLog;
  const ledger = await createBrowserLedger({ stateDir, log });
  const dialer = createDialer(testEgress);
  const hub = createRelayHub({ publicUrl: () => "http://127.0.0.1:9", log });
  const start = (signal: AbortSignal) => {
    started += 1;
    return startWarmBrowser({ settings: testSettings, dialer, ledger, hub, log }, signal);
  };
  pool = createBrowserPool({
    start,
    budget: createMemoryBudget({ budgetBytes: 4_000 * megabyte }),
    size: 1,
    maxAgeMs: 600_000,
    maxBytesEach: 2_000 * megabyte,
    fillAfterLeaseMs: 0,
    measureEveryMs: 0,
    log,
    ...change,
  });
  await pool.tend();
  return pool;
}

const untilReady = (one: BrowserPool, count = 1) =>
  expect.poll(() => one.ready().length, patient).toBe(count);

test("a waiting browser is handed out at once and replaced, also when it crashes", async () => {
  const one = await openPool();
  await untilReady(one);
  const [waiting] = one.ready();
  expect(await one.lease()).toMatchObject({ pooled: true, browser: waiting });
  await untilReady(one);

  const [next] = one.ready();
  expect(next?.pid).not.toBe(waiting?.pid);
  process.kill(next?.pid ?? 0, "SIGKILL");
  await expect
    .poll(() => one.ready().filter(({ pid }) => pid !== next?.pid).length, patient)
    .toBe(1);
});

test.each([
  { fillAfterLeaseMs: 60_000, starts: 1, outcome: "opens its form before the next one starts" },
  { fillAfterLeaseMs: 0, starts: 2, outcome: "shares the machine with the next one otherwise" },
])("an application with a browser from the pool $outcome", async ({ fillAfterLeaseMs, starts }) => {
  const one = await openPool({ fillAfterLeaseMs });
  await untilReady(one);
  await one.lease();
  await one.tend();
  expect(started).toBe(starts);
});

test("an application that found no browser ready has the next one start at once", async () => {
  const one = await openPool({ fillAfterLeaseMs: 60_000 });
  await untilReady(one);
  await one.lease();
  expect(await one.lease()).toMatchObject({ pooled: false });
  await untilReady(one);
  expect(started).toBe(3);
});

test("a browser that has waited too long or grown too big is replaced by a fresh one", async () => {
  const one = await openPool({ maxAgeMs: 0 });
  await untilReady(one);
  const [old] = one.ready();
  await one.tend();
  expect(one.ready()).toEqual([]);
  await expect.poll(() => processesNaming(stateDir).includes(old?.pid ?? 0), patient).toBe(false);
  await pool?.close();

  const small = await openPool({ maxBytesEach: 1 });
  await untilReady(small);
  await small.tend();
  expect(small.ready()).toEqual([]);
});

test("the memory budget is a hard cap: the pool gives way first, then callers are told to wait", async () => {
  // Two browsers as they are expected to grow, measured or not.
  const budget = createMemoryBudget({
    budgetBytes: 2_000 * megabyte,
    expectedBytes: 900 * megabyte,
  });
  const one = await openPool({ budget, size: 2 });
  await untilReady(one, 2);
  await one.lease();
  expect(one.ready()).toHaveLength(1); // a third would not fit
  await one.lease();
  await expect(one.lease()).rejects.toMatchObject({ code: "SESSION_CAPACITY", kind: "transient" });
  expect(one.inUse()).toHaveLength(2);
  await one.tend();
  expect(budget.measured(one.inUse()[0]?.pid ?? 0)).toBeGreaterThan(50 * megabyte);

  const [first] = one.inUse();
  await first?.close();
  await untilReady(one, 0);
  expect((await one.lease()).browser.pid).toBeGreaterThan(0);
});

test("the memory of browsers is read seldom, however often the pool is tended", async () => {
  const budget = createMemoryBudget({ budgetBytes: 4_000 * megabyte });
  let measures = 0;
  const measure = (browsers: Parameters<typeof budget.measure>[0]) => {
    measures += 1;
    return budget.measure(browsers);
  };
  const one = await openPool({ budget: { ...budget, measure }, measureEveryMs: 600_000 });
  await one.tend();
  expect(measures).toBe(1);
  await one.close();
  const often = await openPool({ budget: { ...budget, measure }, measureEveryMs: 0 });
  await often.tend();
  expect(measures).toBe(3);
});

test("memory that others took from the machine counts too", () => {
  const budgetBytes = 4_000 * megabyte;
  const budget = createMemoryBudget({ budgetBytes, availableBytes: () => 400 * megabyte });
  expect(budget.fits([])).toBe(false);
  const roomy = createMemoryBudget({ budgetBytes, availableBytes: () => 4_000 * megabyte });
  expect(roomy.fits([])).toBe(true);
});

test("whoever finds the pool empty gets the browser that is just starting", async () => {
  const one = await openPool();
  const leased = await one.lease();
  expect(leased.pooled).toBe(false);
  expect(profilesOf(stateDir).length).toBeLessThanOrEqual(2);
  await untilReady(one);
  expect(one.inUse()).toEqual([leased.browser]);
});

test("a profile that cannot be made is a typed error, and the next try works", async () => {
  const one = await openPool({ size: 0 });
  const profiles = path.join(stateDir, "browsers");
  await rm(profiles, { recursive: true });
  await writeFile(profiles, "in the way");
  await expect(one.lease()).rejects.toMatchObject({
    code: "BROWSER_LAUNCH_FAILED",
    message: expect.stringContaining("profile folder could not be made"),
  });
  expect(one.fault()?.code).toBe("BROWSER_LAUNCH_FAILED");
  await rm(profiles);
  expect((await one.lease()).pooled).toBe(false);
  expect(one.fault()).toBeUndefined();
});

test("a pool that cannot be filled says why and tries again later, not at once", async () => {
  let starts = 0;
  const start = async (): Promise<WarmBrowser> => {
    starts += 1;
    throw new ValetError("CHROMIUM_MISSING", "There is none.");
  };
  const one = await openPool({ start });
  await expect.poll(() => one.fault()?.code, patient).toBe("CHROMIUM_MISSING");
  await one.tend();
  await one.tend();
  expect(starts).toBe(1);
});

function profilesOf(folder: string): string[] {
  return readdirSync(path.join(folder, "browsers"));
}
