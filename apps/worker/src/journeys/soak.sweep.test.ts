import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskDetail } from "@valet/contracts";
import { type TestValet, startValet, until, randomOf } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { type Way, accompany, ways } from "./applications.fixture.ts";
import { processesBelow } from "./browsers.fixture.ts";
import { type OwnServices, startOwnServices } from "./own-services.fixture.ts";
import { type Verdict, judgeApplication } from "./submission-oracle.fixture.ts";
import { type VictimName, createVictims } from "./victims.fixture.ts";

/*
 * `npm run test:soak`: 300 applications while parts of Valet are killed at random; `npm run test:chaos`: 20.
 * VALET_SOAK_COUNT takes another number, VALET_TEST_SEED repeats which part dies after which time.
 */

const count = Number(process.env["VALET_SOAK_COUNT"] ?? 20);
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
/** So many browsers fit into the memory of the machine beside everything else. */
const atOnce = Number(process.env["VALET_SOAK_AT_ONCE"] ?? 8);
const workers = ["worker-1", "worker-2"];
/** Twice each: what dies most often in earnest. */
const victimsByChance: readonly VictimName[] = [
  ...(["worker", "browser", "session-host"] as const),
  ...(["worker", "browser", "session-host"] as const),
  ...(["api", "redis", "engine", "postgres"] as const),
];
const mixed: readonly Way[] = ["autopilot", "copilot", "rebuilt"];
/** Under kills without end an application may be started anew several times. */
const limitMs = 15 * 60_000;
const hourMs = 3_600_000;

let services: OwnServices;
let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  services = await startOwnServices(process.env);
  const { input } = services;
  const env = { ...input.env, VALET_MAX_SESSIONS: String(2 * atOnce) };
  valet = await startValet({ ...input, env, workers: workers.length });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await services?.close();
});

interface Row extends Verdict {
  readonly job: string;
  readonly way: Way;
  readonly task: TaskDetail | undefined;
}

test(
  `${count} applications survive kills every 5 to 15 s, each sent at most once (seed ${seed})`,
  async () => {
    const stop = new AbortController();
    const killing = killAtRandom(stop.signal);
    const queue = Array.from({ length: count }, (_, index) => index).values();
    const rows: Row[] = [];
    const lane = async () => {
      for (const index of queue) {
        rows.push(await applyOnce(index));
        if (rows.length % 10 === 0) say(`${rows.length} of ${count}: ${endsOf(rows)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane)).finally(() => stop.abort());
    const kills = await killing;
    say(`seed ${seed}, ${endsOf(rows)}`);
    say(`kills: ${[...kills].map(([victim, times]) => `${times} ${victim}`).join(", ")}`);

    expect(rows.filter(({ faults }) => faults.length > 0).map(lineOf)).toEqual([]);
    const unexplained = rows.filter(
      ({ sent, task }) => sent === 0 && (task?.outcome === "confirmed" || task?.reason === null),
    );
    expect(unexplained.map(lineOf), "every application that did not arrive says why").toEqual([]);
    expect([...kills.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0);
    await expectNothingLeft();
  },
  3 * hourMs,
);

async function applyOnce(index: number): Promise<Row> {
  const way = mixed[index % mixed.length] ?? "autopilot";
  const { job: site, mode } = ways[way];
  const path = `${site}-${10_000 + index}`;
  // The same key gives the same task, so an answer that was lost may be asked for again.
  const { id: taskId } = await until(
    "the API accepts it",
    () => ada.apply(path, { mode }, `soak-${seed}-${index}`).catch(() => undefined),
    limitMs,
  );
  const task = await accompany({ ada, valet, taskId }, way, AbortSignal.timeout(limitMs));
  const job = path.split("/").at(-1) ?? path;
  const verdict = await until(
    "the database answers",
    () => judgeApplication(valet, { taskId, job, task }).catch(() => undefined),
    limitMs,
  );
  return { ...verdict, job, way, task };
}

/** At moments that the seed decides; what is killed is back before the next one dies. */
async function killAtRandom(signal: AbortSignal): Promise<Map<VictimName, number>> {
  const random = randomOf(seed);
  const victims = createVictims({ valet, services, workers });
  const kills = new Map<VictimName, number>();
  for (;;) {
    const pause = 5_000 + random() * 10_000;
    const victim = victimsByChance[Math.floor(random() * victimsByChance.length)] ?? "worker";
    await delay(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return kills;
    try {
      await victims.strike(victim);
      kills.set(victim, (kills.get(victim) ?? 0) + 1);
    } catch (error) {
      // Between two applications there may be no browser.
      if (victim !== "browser") throw error;
    }
  }
}

/** No browser, profile or process of the dead is left once everything has come to its end. */
async function expectNothingLeft(): Promise<void> {
  const host = valet.process("session-host");
  const browsers = join(dirname(dirname(host.logFile)), "browsers");
  await until("browsers are gone", () => processesBelow(host.pid).length === 0);
  await until("profiles are gone", () => readdirSync(browsers).length === 0);
  const started = workers.map((name) => valet.process(name).pid);
  expect(started.flatMap(processesBelow), "workers have no children").toEqual([]);
  const open = started.map((pid) => readdirSync(`/proc/${pid}/fd`).length);
  say(`open files: ${open.join(", ")}; memory: ${started.map(memoryOf).join(", ")}`);
  expect(Math.max(...open), "open files of a worker").toBeLessThan(200);
}

function memoryOf(pid: number): string {
  return /VmRSS:\s+(\d+ kB)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "?";
}

function endsOf(rows: readonly Row[]): string {
  const ends = Object.groupBy(rows, (row) => endOf(row));
  return Object.entries(ends)
    .map(([end, some]) => `${some?.length ?? 0} ${end}`)
    .join(", ");
}

function endOf({ task, sent }: Row): string {
  return `${task === undefined ? "stuck" : `${task.outcome}/${task.reason}`} (sent ${sent})`;
}

function lineOf(row: Row): string {
  return `${row.job} ${row.way}: ${endOf(row)} ${row.faults.join("; ")}`;
}

function say(line: string): void {
  process.stderr.write(`soak: ${line}\n`);
}
