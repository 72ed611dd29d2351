import { setTimeout as delay } from "node:timers/promises";
import { writeInstallationLimits } from "@valet/db";
import { connectDb } from "@valet/db";
import { createLogger } from "@valet/runtime";
import { randomOf } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ManyApplications,
  limitMs,
  mostBrowsersAtOnce,
  startMany,
  tasksOfBatch,
} from "./many-applications.fixture.ts";

/* VALET_BATCH_JOBS takes another number of jobs, VALET_TEST_SEED repeats who dies when. */
const count = Number(process.env["VALET_BATCH_JOBS"] ?? 40);
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const hostLimits = { live: 2, spacingSeconds: 3 };
const workers = ["worker-1", "worker-2", "worker-3", "worker-4"];

let many: ManyApplications;

beforeAll(async () => {
  many = await startMany({ workers: workers.length, others: ["grace"], limits: {} });
  const database = connectDb({
    url: many.valet.databaseUrl,
    applicationName: "test",
    maxConnections: 1,
    log: createLogger({ name: "test", level: "silent" }),
  });
  const { host } = new URL(many.valet.practiceUrl);
  await writeInstallationLimits(database.db, { hosts: { [host]: hostLimits } });
  await database.close();
});
afterAll(() => many?.close());

test(
  `${count} applications of two people to one host, four workers of which some die: two at a time, three seconds apart (seed ${seed})`,
  async () => {
    const { ada, others, sql, valet } = many;
    const random = randomOf(seed);
    const people = [ada, ...others];
    const jobs = Array.from({ length: count }, (_, n) => `engineer-${70_000 + n}`);
    const batches = await Promise.all(
      people.map((who, index) =>
        who.client.createBatch({
          jobUrls: jobs
            .filter((_, n) => n % people.length === index)
            .map((job) => many.addressOf(job)),
          resumeId: who.resumeId,
          mode: "autopilot",
          start: "now",
        }),
      ),
    );
    const stop = new AbortController();
    const killing = killAtRandom(stop.signal, random);
    const isDone = async (): Promise<boolean> => {
      const [row] = await sql<{ left: number }[]>`
        select count(*)::integer as left from batches where state <> 'done'`;
      return row?.left === 0;
    };
    while (!(await isDone())) await delay(500);
    stop.abort();
    const kills = await killing;

    const ids = (await Promise.all(batches.map(({ id }) => tasksOfBatch(sql, id)))).flat();
    const submits = await valet.submits();
    expect(submits.map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
    const sentApart = gaps(submits.map(({ at }) => Date.parse(at)));
    const opened = await sql<{ at: Date }[]>`
      select opened_at as at from tasks where id = any(${ids}) and opened_at is not null`;
    const openedApart = gaps(opened.map(({ at }) => Number(at)));
    const most = await mostBrowsersAtOnce(sql, ids);
    process.stderr.write(
      `politeness: ${kills} kills; sent at least ${Math.min(...sentApart)} ms apart, opened at least ${Math.min(...openedApart)} ms apart, at most ${most} at a time\n`,
    );
    expect(kills).toBeGreaterThan(0);
    expect(Math.min(...sentApart)).toBeGreaterThanOrEqual(hostLimits.spacingSeconds * 1_000);
    expect(Math.min(...openedApart)).toBeGreaterThanOrEqual(hostLimits.spacingSeconds * 1_000);
    expect(most).toBeLessThanOrEqual(hostLimits.live);
  },
  limitMs,
);

/** Workers, and now and then the API, whose admitter and relay begin anew; each is back before the next dies. */
async function killAtRandom(signal: AbortSignal, random: () => number): Promise<number> {
  const victims = [...workers, "api"];
  for (let kills = 0; ; kills += 1) {
    await delay(10_000 + random() * 15_000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return kills;
    const name = victims[Math.floor(random() * victims.length)] ?? "api";
    await many.valet.kill(name);
    await (name === "api" ? many.valet.start("api") : many.valet.start("worker", { name }));
  }
}

function gaps(times: readonly number[]): number[] {
  const sorted = times.toSorted((one, next) => one - next);
  return sorted.slice(1).map((at, index) => at - (sorted[index] ?? 0));
}
