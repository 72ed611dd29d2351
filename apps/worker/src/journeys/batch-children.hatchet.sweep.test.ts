import { type HoldPoints, createHoldPoints } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ManyApplications,
  limitMs,
  startMany,
  tasksOfBatch,
} from "./many-applications.fixture.ts";

/* VALET_BATCH_JOBS takes another number of jobs; the worker dies when a third of them were made. */
const count = Number(process.env["VALET_BATCH_JOBS"] ?? 300);
const diesAt = Math.floor(count / 3);
const workers = ["worker-1", "worker-2"];

let points: HoldPoints;
let many: ManyApplications;

beforeAll(async () => {
  points = await createHoldPoints();
  many = await startMany({
    workers: workers.length,
    limits: { live: 6 },
    env: { VALET_TEST_CHECKPOINT_URL: points.url },
  });
});
afterAll(async () => {
  await many?.close();
  await points?.close();
});

test(
  `a worker that dies at application ${diesAt} of ${count} leaves ${count}, none of them twice`,
  async () => {
    const { ada, sql, valet } = many;
    // Closed jobs: what counts is how many applications and runs there are, not what they send.
    const jobs = Array.from({ length: count }, (_, n) => `engineer-closed-${40_000 + n}`);
    let next = points.hold("start-wave:after-next");
    const batch = await ada.client.createBatch({
      jobUrls: jobs.map(many.addressOf),
      resumeId: ada.resumeId,
      mode: "autopilot",
      start: "now",
    });
    let made = 0;
    for (;;) {
      const held = await next;
      made = (await tasksOfBatch(sql, batch.id)).length;
      if (made >= diesAt) {
        const dead = workers.find((name) => valet.process(name).pid === held.pid) ?? "";
        await valet.kill(dead);
        await valet.start("worker", { name: dead });
        break;
      }
      next = points.hold("start-wave:after-next");
      held.release();
    }
    expect(made).toBe(diesAt);
    const done = await many.untilBatch(batch.id, "it is done", ({ state }) => state === "done");

    expect(done.counts.byState).toEqual({ started: count });
    const ids = await tasksOfBatch(sql, batch.id);
    expect(ids).toHaveLength(count);
    const keys = await sql`select distinct job_key from tasks where batch_id = ${batch.id}`;
    expect(keys).toHaveLength(count);
    const { byStatus, ofTasks } = await many.engineRuns(batch.id);
    process.stderr.write(`batch: on the engine ${JSON.stringify(byStatus)}\n`);
    const epochs = await sql<{ id: string; epoch: number }[]>`
      select id, epoch from tasks where batch_id = ${batch.id}`;
    // An application whose worker died may have been started anew, in the knowledge of Valet.
    const unknown = epochs.filter(({ id, epoch }) => (ofTasks.get(id) ?? 0) > epoch);
    expect(unknown).toEqual([]);
    expect(epochs.filter(({ id }) => !ofTasks.has(id))).toEqual([]);
    process.stderr.write(
      `batch: outcomes ${JSON.stringify(done.counts.outcomes)}, started anew ${epochs.filter(({ epoch }) => epoch > 1).length}\n`,
    );
    expect(await valet.submits()).toEqual([]);
  },
  limitMs + 60_000,
);
