import { loadavg } from "node:os";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import {
  type RunningEngine,
  type RunningPostgres,
  cacheDir,
  databaseNames,
  engineBinDir,
  isRoot,
  startEngine,
  startPostgres,
} from "@valet/stack";
import { testStateDir, until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readTreeCpuSeconds } from "./process-costs.fixture.ts";

/*
 * `npm run test:cost`: how much one engine with one Postgres gets done when the steps themselves do nothing, and
 * how fast runs can be asked of it, which is what the outbox relay does. VALET_COST_RUNS takes another number.
 */

const runs = Number(process.env["VALET_COST_RUNS"] ?? 200);
const steps = 7;
const limitMs = 30 * 60_000;

let postgres: RunningPostgres;
let engine: RunningEngine;
let hatchet: HatchetClient;
let workflow: ReturnType<typeof chainOf>;
let stopWorker: () => Promise<void>;
let done = 0;

beforeAll(async () => {
  const cache = cacheDir(process.env, isRoot());
  const log = () => {};
  postgres = await startPostgres({ stateDir: testStateDir(), cacheDir: cache, log });
  engine = await startEngine({
    binDir: engineBinDir(cache),
    stateDir: testStateDir(),
    databaseUrl: postgres.url(databaseNames.hatchet),
    log,
  });
  for (const [name, value] of Object.entries(engine.env)) vi.stubEnv(name, value);
  hatchet = HatchetClient.init({ log_level: "OFF" });
  workflow = chainOf(hatchet);
  const worker = await hatchet.worker("costs", {
    workflows: [workflow],
    slots: 200,
    handleKill: false,
  });
  const running = worker.start();
  stopWorker = async () => {
    await worker.stop();
    await running;
  };
  await worker.waitUntilReady(30_000);
}, limitMs);
afterAll(async () => {
  await stopWorker?.();
  await engine?.close();
  await postgres?.close();
  vi.unstubAllEnvs();
});

/** As many steps as an application has, one after the other, which do nothing. */
function chainOf(client: HatchetClient) {
  const chain = client.workflow({ name: "chain" });
  const add = (n: number) => ({ name: `step-${n}`, fn: async () => countLast(n) });
  let last = chain.task(add(1));
  for (let n = 2; n <= steps; n += 1) last = chain.task({ ...add(n), parents: [last] });
  return chain;
}

function countLast(n: number): { done: boolean } {
  if (n === steps) done += 1;
  return { done: true };
}

interface Spent {
  readonly seconds: number;
  readonly engine: number;
  readonly postgres: number;
}

async function spend(work: () => Promise<unknown>): Promise<Spent> {
  const cpu = () => [engine.pid, postgres.pid].map(readTreeCpuSeconds);
  const [engineBefore = 0, postgresBefore = 0] = cpu();
  const startedAt = performance.now();
  await work();
  const [engineAfter = 0, postgresAfter = 0] = cpu();
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    engine: engineAfter - engineBefore,
    postgres: postgresAfter - postgresBefore,
  };
}

async function untilDone(count: number): Promise<void> {
  await until("all runs are through", () => done >= count, limitMs);
}

/** As the relay's lanes do. */
async function startEach(count: number, lanes: number): Promise<void> {
  const queue = Array.from({ length: count }, (_, n) => n).values();
  const lane = async () => {
    for (const n of queue) {
      const ref = await workflow.runNoWait({ n });
      await ref.getWorkflowRunId();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function say(what: string, count: number, { seconds, engine: own, postgres: its }: Spent): void {
  process.stderr.write(
    `cost: ${what}: ${(count / seconds).toFixed(1)} a second, each ${((own / count) * 1_000).toFixed(1)} CPU-ms of the engine and ${((its / count) * 1_000).toFixed(1)} of its Postgres; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
}

test(
  "what a step costs when it does nothing, and how fast runs are taken one by one and together",
  async () => {
    await startEach(runs / 4, 4);
    await untilDone(runs / 4);
    done = 0;
    const inBulk = await spend(() =>
      workflow.runManyNoWait(Array.from({ length: runs }, (_, n) => ({ input: { n } }))),
    );
    const through = await spend(() => untilDone(runs));
    say("runs asked for together", runs, inBulk);
    say("steps of a chain", runs * steps, {
      seconds: inBulk.seconds + through.seconds,
      engine: inBulk.engine + through.engine,
      postgres: inBulk.postgres + through.postgres,
    });
    let expected = runs;
    for (const lanes of [1, 4, 16]) {
      const spent = await spend(() => startEach(runs, lanes));
      say(`runs asked for one by one, ${lanes} at a time while steps run`, runs, spent);
      expected += runs;
      await untilDone(expected);
    }
    expect(done).toBe(expected);
  },
  limitMs,
);
