import { setTimeout as delay } from "node:timers/promises";
import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

/*
 * `npm run test:chaos`. Not in `npm test`: the engine finds out about a dead worker after 30 s, so
 * even a small sample takes longer than that. One kill in the middle of a page, and one after the
 * click, are in `crash.hatchet.test.ts`.
 */

const atOnce = 20;
const workers = ["worker-1", "worker-2", "worker-3"];
/** Printed, so that a run that fails can be repeated: VALET_TEST_SEED. */
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const limitMs = 20 * 60_000;

let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  valet = await startValet({ workers: workers.length });
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

test(
  `${atOnce} applications survive workers killed every 3 to 8 s, each sent at most once (seed ${seed})`,
  async () => {
    const jobs = Array.from({ length: atOnce }, (_, index) => `engineer-${700 + index}`);
    const tasks = await Promise.all(jobs.map((job) => ada.apply(`plain/jobs/${job}`)));
    const stop = new AbortController();
    const killing = killWorkers(stop.signal);
    const ends = await Promise.all(tasks.map(({ id }) => ada.untilEnd(id, limitMs))).finally(() =>
      stop.abort(),
    );
    const kills = await killing;

    const submits = await valet.submits();
    const faults = ends.flatMap(({ outcome, reason }, index) => {
      const sent = submits.filter(({ job }) => job === jobs[index]).length;
      const isFine = outcome === "confirmed" ? sent === 1 : sent <= 1;
      return isFine ? [] : [`${jobs[index]}: ${outcome}/${reason}, sent ${sent} times`];
    });
    const outcomes = Object.groupBy(ends, ({ outcome, reason }) => `${outcome}/${reason}`);
    const counts = Object.entries(outcomes).map(([end, some]) => `${some?.length ?? 0} ${end}`);
    process.stderr.write(`chaos: seed ${seed}, ${kills} kills, ${counts.join(", ")}\n`);
    expect(faults).toEqual([]);
    expect(kills).toBeGreaterThan(0);

    const results = await Promise.all(tasks.map(({ id }) => ada.client.getRun(id)));
    const failedSteps = results.flatMap(({ steps }) =>
      steps.filter(({ result }) => result === "SESSION_LOST" || result === "NOT_FOUND"),
    );
    expect(failedSteps, "no step misses its browser").toEqual([]);
    expect(
      ends.filter(({ outcome }) => outcome !== "confirmed" && outcome !== "unconfirmed"),
    ).toEqual([]);
  },
  limitMs + 60_000,
);

/**
 * Every 3 to 8 s, at moments the seed decides, one of the workers that run is killed; each is started
 * again at once. Where all of them are just starting, that moment passes.
 */
async function killWorkers(signal: AbortSignal): Promise<number> {
  const random = randomOf(seed);
  const running = new Set(workers);
  const starts: Promise<void>[] = [];
  let kills = 0;
  while (!signal.aborted) {
    await delay(3_000 + random() * 5_000, undefined, { signal }).catch(() => undefined);
    const victim = [...running][Math.floor(random() * running.size)];
    if (signal.aborted || victim === undefined) continue;
    running.delete(victim);
    await valet.kill(victim);
    kills += 1;
    starts.push(valet.start("worker", { name: victim }).then(() => void running.add(victim)));
  }
  await Promise.all(starts);
  return kills;
}

/** mulberry32: small, and the same everywhere. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
