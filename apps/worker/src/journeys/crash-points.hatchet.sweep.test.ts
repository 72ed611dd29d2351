import { writeFile } from "node:fs/promises";
import {
  type CrashDesk,
  type TestValet,
  openCrashDesk,
  startValet,
  randomOf,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplicant } from "./applicant.fixture.ts";
import type { Way } from "./applications.fixture.ts";
import {
  type CrashRow,
  type CrashStage,
  type Target,
  crashBatch,
  recoveryLimitMs,
} from "./crash-batch.fixture.ts";
import { type OwnServices, startOwnServices } from "./own-services.fixture.ts";
import { recordVisits } from "./record-visits.fixture.ts";
import { type VictimName, createVictims, victimNames } from "./victims.fixture.ts";

/*
 * `npm run test:crash`: every crash point that an application comes to, with every victim. Takes
 * VALET_CRASH_VICTIMS=worker,browser for some of them (the worker unless given), VALET_CRASH_BATCH for how many at once,
 * VALET_CRASH_BATCHES for so many of the batches only, VALET_TEST_SEED to repeat a run (it decides who is parked with
 * whom) and VALET_TEST_TABLE, a path without an ending, for the table as Markdown and JSON.
 */

const asked = (process.env["VALET_CRASH_VICTIMS"] ?? "worker").split(",");
const chosen = victimNames.filter((name) => asked.includes("all") || asked.includes(name));
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const atOnce = Number(process.env["VALET_CRASH_BATCH"] ?? 8);
const mostBatches = Number(process.env["VALET_CRASH_BATCHES"] ?? Number.POSITIVE_INFINITY);
const allWays: readonly Way[] = [
  "autopilot",
  "copilot",
  "rebuilt",
  "changed",
  "stated",
  "cancelled",
];
const hourMs = 3_600_000;

let services: OwnServices;
let desk: CrashDesk;
let valet: TestValet;
let stage: CrashStage;
let targets: Target[];
/** Points that no undisturbed application comes to. */
let others: readonly string[];
const table: CrashRow[] = [];
let batches = 0;

beforeAll(async () => {
  [services, desk] = await Promise.all([startOwnServices(process.env), openCrashDesk()]);
  const { input } = services;
  valet = await startValet({
    ...input,
    env: { ...input.env, ...desk.env, VALET_MAX_SESSIONS: "24" },
  });
  const ada = await createApplicant(valet);
  const victims = createVictims({ valet, services, workers: ["worker-1"] });
  stage = { valet, ada, desk, victims };
  targets = await recordVisits(stage, allWays);
  const reached = new Set(targets.map(({ point }) => point));
  others = desk.points.map(({ name }) => name).filter((name) => !reached.has(name));
  say(`seed ${seed}: ${desk.points.length} crash points, ${reached.size} reached undisturbed`);
  for (const name of others) say(`  not on the way: ${name}`);
}, hourMs);
afterAll(async () => {
  await valet?.close();
  await desk?.close();
  await services?.close();
});

test.each(chosen)(
  "%s dies at every crash point: nothing twice, nothing unapproved, nothing lost, nothing stuck",
  async (victim) => {
    const rows: CrashRow[] = [];
    const again = new Map<string, Target>();
    const missed: Target[] = [];
    for (const some of inBatches(victim, targets)) {
      const ended = await strikeBatch(victim, some);
      rows.push(...ended);
      for (const target of onTheWayOut(some, ended)) again.set(target.andThen ?? "", target);
      missed.push(...some.filter((_, index) => ended[index]?.isParked === false));
    }
    say(`${missed.length} came too late and are tried again`);
    say(`recoveries came to ${again.size} further points: ${[...again.keys()].join(", ")}`);
    for (const some of inBatches(victim, [...missed, ...again.values()])) {
      rows.push(...(await strikeBatch(victim, some)));
    }
    say(summaryOf(victim, rows));
    expect(rows.filter(({ faults }) => faults.length > 0)).toEqual([]);
    const parked = rows.filter(({ isParked }) => isParked);
    expect(parked.length, "most stood where they should").toBeGreaterThan(rows.length / 2);
  },
  6 * hourMs,
);

async function strikeBatch(victim: VictimName, some: readonly Target[]): Promise<CrashRow[]> {
  batches += 1;
  const rows = await crashBatch(stage, { victim, targets: some, number: batches });
  table.push(...rows);
  for (const row of rows) say(lineOf(row));
  await writeTable();
  return rows;
}

/** Where the victim can die a second time: points that only a recovery comes to. */
function onTheWayOut(some: readonly Target[], rows: readonly CrashRow[]): Target[] {
  return rows.flatMap(({ taskId, isParked }, index) => {
    const target = some[index];
    if (target === undefined || !isParked) return [];
    return desk.visits
      .filter((visit) => visit.taskId === taskId && others.includes(visit.name))
      .filter(({ name }) => !beforeTheReview.test(name))
      .map(({ name }) => ({ ...target, andThen: name }));
  });
}

/** An application has these behind it when it comes to the guarded part. */
const beforeTheReview =
  /^(create-task|standing-consents#grant|outbox-relay#startRun|task-pages#markPageLeft)/;

/** Shuffled, so that those parked together come from all over the way. */
function inBatches(victim: VictimName, some: readonly Target[]): Target[][] {
  const random = randomOf(seed + victimNames.findIndex((name) => name === victim));
  const shuffled = some
    .map((target) => ({ target, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ target }) => target);
  const count = Math.min(mostBatches, Math.ceil(shuffled.length / atOnce));
  return Array.from({ length: count }, (_, index) =>
    shuffled.slice(index * atOnce, (index + 1) * atOnce),
  );
}

function lineOf({ victim, point, way, isParked, end, sent, recoveryMs, faults }: CrashRow): string {
  const where = isParked ? "" : " (not parked)";
  const bad = faults.length === 0 ? "" : ` FAULT: ${faults.join("; ")}`;
  return `${victim} | ${point} | ${way}${where} | ${end} | sent ${sent} | ${recoveryMs} ms${bad}`;
}

function summaryOf(victim: string, rows: readonly CrashRow[]): string {
  const count = (word: string) =>
    rows.filter(({ faults }) => faults.some((fault) => fault.startsWith(word))).length;
  const faults = ["duplicate", "unapproved", "lost", "unexplained", "stuck"]
    .map((word) => `${count(word)} ${word}`)
    .join(", ");
  const parked = rows.filter(({ isParked }) => isParked).length;
  const longest = Math.max(...rows.map(({ recoveryMs }) => recoveryMs));
  const ends = Object.entries(Object.groupBy(rows, ({ end }) => end))
    .map(([end, some]) => `${some?.length ?? 0} ${end}`)
    .join(", ");
  return `${victim}: ${parked} of ${rows.length} parked, ${faults}, longest recovery ${longest} ms of ${recoveryLimitMs}; ${ends}`;
}

async function writeTable(): Promise<void> {
  const path = process.env["VALET_TEST_TABLE"];
  if (path === undefined) return;
  const byVictim = Object.entries(Object.groupBy(table, ({ victim }) => victim));
  const summaries = byVictim.map(([victim, rows]) => `- ${summaryOf(victim, rows)}`);
  const head =
    "| point | way | victim | parked | end | sent | recovery, ms | faults |\n|---|---|---|---|---|---|---|---|";
  const lines = table.map(
    ({ point, way, victim, isParked, end, sent, recoveryMs, faults }) =>
      `| ${point} | ${way} | ${victim} | ${isParked ? "yes" : "no"} | ${end} | ${sent} | ${recoveryMs} | ${faults.join("; ")} |`,
  );
  await writeFile(`${path}.md`, [`Seed ${seed}.`, ...summaries, "", head, ...lines, ""].join("\n"));
  await writeFile(`${path}.json`, JSON.stringify({ seed, rows: table }, undefined, 2));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
