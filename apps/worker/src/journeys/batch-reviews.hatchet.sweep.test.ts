import { isEnded } from "@valet/domain";
import { until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accompany } from "./applications.fixture.ts";
import {
  type ManyApplications,
  limitMs,
  mostBrowsersAtOnce,
  startMany,
  tasksOfBatch,
} from "./many-applications.fixture.ts";

/* VALET_BATCH_JOBS takes another number of jobs. */
const count = Number(process.env["VALET_BATCH_JOBS"] ?? 200);
const live = 3;
/** So much later somebody else applies for one more job. */
const singleEvery = 10;
const approvedMs = 240_000;

let many: ManyApplications;

beforeAll(async () => {
  many = await startMany({
    workers: 2,
    others: ["grace"],
    limits: { user: { live } },
    env: { VALET_HIBERNATE_PRESSED_MS: "400" },
  });
});
afterAll(() => many?.close());

test(
  `a copilot batch of ${count}, ${live} at a time, comes to its reviews with nobody who approves, and holds nobody up`,
  async () => {
    const { ada, others, sql, valet } = many;
    const [grace = ada] = others;
    const startedAt = Date.now();
    const batch = await ada.client.createBatch({
      jobUrls: Array.from({ length: count }, (_, n) => many.addressOf(`engineer-${30_000 + n}`)),
      resumeId: ada.resumeId,
      mode: "copilot",
      start: "now",
    });
    const inReview = async () => {
      const now = await ada.client.getBatch(batch.id, { limit: 1 });
      return now.counts.tasks["awaiting_review"] ?? 0;
    };
    const singles: { readonly startMs: number; readonly allMs: number }[] = [];
    for (let n = singleEvery; n < count; n += singleEvery) {
      await until(`${n} are in review`, async () => (await inReview()) >= n, limitMs);
      const { id } = await grace.apply(`plain/jobs/engineer-${31_000 + n}`);
      const task = await grace.untilEnd(id);
      expect(task).toMatchObject({ outcome: "confirmed", epoch: 1 });
      const [row] = await sql<{ start: number; whole: number }[]>`
        select extract(epoch from opened_at - created_at)::float8 as start,
          extract(epoch from finished_at - created_at)::float8 as whole
        from tasks where id = ${id}`;
      singles.push({ startMs: (row?.start ?? NaN) * 1_000, allMs: (row?.whole ?? NaN) * 1_000 });
      say(`${n} in review; one of somebody else's: ${JSON.stringify(singles.at(-1))}`);
    }
    await until("all are in review", async () => (await inReview()) === count, limitMs);
    say(`all ${count} in review after ${Math.round((Date.now() - startedAt) / 1_000)} s`);

    const ids = await tasksOfBatch(sql, batch.id);
    expect(ids).toHaveLength(count);
    const { byStatus, ofTasks } = await many.engineRuns(batch.id);
    say(`on the engine: ${JSON.stringify(byStatus)}`);
    const bad = Object.keys(byStatus).filter((key) => /CANCELLED|FAILED/.test(key));
    expect(bad).toEqual([]);
    expect([...ofTasks.values()].filter((runs) => runs !== 1)).toEqual([]);
    const again = await sql`select id from tasks where batch_id = ${batch.id} and epoch <> 1`;
    expect(again).toHaveLength(0);
    expect(await mostBrowsersAtOnce(sql, ids)).toBeLessThanOrEqual(live);

    const [first = "", last = ""] = [ids[0], ids.at(-1)];
    for (const taskId of [first, last]) {
      // This site names the visit in its addresses: built again on a new browser, it is approved again.
      const signal = AbortSignal.timeout(approvedMs);
      const task = await accompany({ ada, valet, taskId }, "autopilot", signal);
      expect(task).toMatchObject({ outcome: "confirmed" });
    }
    const cancelledAt = Date.now();
    await ada.client.cancelBatch(batch.id);
    say(`cancelled in ${Date.now() - cancelledAt} ms`);
    await until("each has ended", async () => {
      const left =
        await sql`select id from tasks where batch_id = ${batch.id} and finished_at is null`;
      return left.length === 0;
    });
    const { tasks } = await ada.client.listTasks({ limit: 100 });
    expect(tasks.every(({ state }) => isEnded(state))).toBe(true);
    expect(await valet.submits()).toHaveLength(singles.length + 2);
  },
  limitMs + 60_000,
);

function say(line: string): void {
  process.stderr.write(`batch: ${line}\n`);
}
