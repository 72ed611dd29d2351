import { setTimeout as delay } from "node:timers/promises";
import { randomOf } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ManyApplications, limitMs, startMany } from "./many-applications.fixture.ts";

/*
 * VALET_BATCH_JOBS takes another number of jobs, VALET_TEST_SEED repeats which worker dies when. Of every 25
 * lines three name in disguise a job that stands before them.
 */
const count = Number(process.env["VALET_BATCH_JOBS"] ?? 500);
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const duplicates = Math.floor((count * 3) / 25);
const workers = ["worker-1", "worker-2"];

let many: ManyApplications;

beforeAll(async () => {
  // Browsers of two cores; the rest of them waits at admission.
  many = await startMany({ workers: workers.length, limits: { live: 6 } });
});
afterAll(() => many?.close());

const disguises = ["?utm_source=mail", "/", "#apply", "?gclid=1", "?ref=friend&utm_medium=x"];

test(
  `of ${count} jobs with ${duplicates} in disguise each is sent once while workers are killed (seed ${seed})`,
  async () => {
    const { ada, valet } = many;
    const random = randomOf(seed);
    const jobs = Array.from({ length: count - duplicates }, (_, n) => `engineer-${20_000 + n}`);
    const addresses = jobs.map(many.addressOf);
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
    const done = await many
      .untilBatch(batch.id, "the batch is done", ({ state }) => state === "done")
      .finally(() => stop.abort());
    await killing;
    expect(done.counts.outcomes).toEqual({ confirmed: jobs.length });
    expect((await valet.submits()).map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
  },
  limitMs + 60_000,
);
