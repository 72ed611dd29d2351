import { setTimeout as delay } from "node:timers/promises";
import { connectDb } from "@valet/db";
import { createLogger } from "@valet/runtime";
import { type TestValet, randomOf, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

/*
 * VALET_BATCH_JOBS takes another number of jobs, VALET_TEST_SEED repeats which worker dies when. Of every 25
 * lines three name in disguise a job that stands before them.
 */
const count = Number(process.env["VALET_BATCH_JOBS"] ?? 500);
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const duplicates = Math.floor((count * 3) / 25);
const workers = ["worker-1", "worker-2"];
const limitMs = 60 * 60_000;
/** Of a person who lets everything go without a look; the usual cap is 50 a day. */
const dailyCap = 10_000;

let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  // Browsers of two cores; the rest of them waits at admission.
  const live = { live: 6 };
  valet = await startValet({
    workers: workers.length,
    env: {
      VALET_MAX_SESSIONS: "12",
      VALET_LIMITS: JSON.stringify({
        ...live,
        user: { ...live, perMinute: 100_000 },
        platform: { ...live, perMinute: 100_000 },
        host: live,
      }),
    },
  });
  ada = await createApplicant(valet);
  await allowAll(valet.databaseUrl);
});
afterAll(() => valet?.close());

async function allowAll(url: string): Promise<void> {
  const log = createLogger({ name: "test", level: "silent" });
  const database = connectDb({ url, applicationName: "test", maxConnections: 1, log });
  const { db } = database;
  const people = await db.selectFrom("users").select("id").execute();
  const scope = JSON.stringify({ all: true });
  await db
    .insertInto("standingConsents")
    .values(people.map(({ id }) => ({ userId: id, version: 1, scope, dailyCap })))
    .execute();
  await database.close();
}

const disguises = ["?utm_source=mail", "/", "#apply", "?gclid=1", "?ref=friend&utm_medium=x"];

test(
  `of ${count} jobs with ${duplicates} in disguise each is sent once while workers are killed (seed ${seed})`,
  async () => {
    const random = randomOf(seed);
    const jobs = Array.from({ length: count - duplicates }, (_, n) => `engineer-${20_000 + n}`);
    const addresses = jobs.map((job) => `${valet.practiceUrl}/plain/jobs/${job}`);
    const disguised = Array.from(
      { length: duplicates },
      (_, n) => `${addresses[n * 7] ?? addresses[0]}${disguises[n % disguises.length]}`,
    );
    const batch = await ada.client.createBatch({
      jobUrls: [...addresses, ...disguised],
      resumeId: ada.resumeId,
      mode: "autopilot",
      start: "now",
    });
    expect(batch.counts.byState).toEqual({ accepted: jobs.length, duplicate: duplicates });
    const stop = new AbortController();
    const killing = (async () => {
      for (let kills = 0; !stop.signal.aborted; kills += 1) {
        await delay(40_000 + random() * 40_000, undefined, { signal: stop.signal }).catch(() => {});
        if (stop.signal.aborted) return kills;
        const name = workers[Math.floor(random() * workers.length)] ?? "worker-1";
        await valet.kill(name);
        await valet.start("worker", { name });
      }
      return 0;
    })();
    const done = await until(
      "the batch is done",
      async () => {
        const now = await ada.client.getBatch(batch.id, { limit: 1 });
        return now.state === "done" && now;
      },
      limitMs,
    ).finally(() => stop.abort());
    await killing;
    expect(done.counts.outcomes).toEqual({ confirmed: jobs.length });
    expect((await valet.submits()).map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
  },
  limitMs + 60_000,
);
