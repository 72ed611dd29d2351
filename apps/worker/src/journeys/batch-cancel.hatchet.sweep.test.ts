import { setTimeout as delay } from "node:timers/promises";
import { isEnded } from "@valet/domain";
import { type TestValet, randomOf, until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processesBelow } from "./browsers.fixture.ts";
import {
  type ManyApplications,
  limitMs,
  startMany,
  tasksOfBatch,
} from "./many-applications.fixture.ts";
import { judgeApplication } from "./submission-oracle.fixture.ts";

/* VALET_CANCEL_ROUNDS takes another number of rounds, VALET_TEST_SEED repeats the moments. */
const rounds = Number(process.env["VALET_CANCEL_ROUNDS"] ?? 50);
const seed = Number(process.env["VALET_TEST_SEED"] ?? Date.now() % 1_000_000);
const jobsOfBatch = 8;
/** Until some of them have been sent, with four browsers at a time. */
const longestMs = 15_000;
const releasedMs = 5_000;
/** By then a batch has come to its first applications. */
const patientMs = 10_000;

let many: ManyApplications;

beforeAll(async () => {
  many = await startMany({ workers: 2, limits: { live: 4 } });
});
afterAll(() => many?.close());

test(
  `after the answer to a cancel at ${rounds} random moments nothing starts, nothing is sent by halves, and browsers are given back (seed ${seed})`,
  async () => {
    const { ada, sql, valet } = many;
    const random = randomOf(seed);
    const released: number[] = [];
    const stalled: string[] = [];
    let [sent, cancelled] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const jobs = Array.from(
        { length: jobsOfBatch },
        (_, n) => `engineer-${60_000 + round * jobsOfBatch + n}`,
      );
      const batch = await ada.client.createBatch({
        jobUrls: jobs.map(many.addressOf),
        resumeId: ada.resumeId,
        mode: "autopilot",
        start: "now",
      });
      const waitedMs = random() * longestMs;
      await delay(waitedMs);
      const { state } = await ada.client.getBatch(batch.id, { limit: 1 });
      await ada.client.cancelBatch(batch.id);
      const answeredAt = Date.now();
      const before = await tasksOfBatch(sql, batch.id);
      const host = valet.process("session-host").pid;
      await until("no browser is left of what was not sent", async () => {
        const sent = await sentOf(sql, batch.id);
        // Those keep their browser until the site has answered.
        return sent.length > 0
          ? (await liveTasks(valet)).every((id) => sent.includes(id))
          : processesBelow(host).length === 0;
      });
      released.push(Date.now() - answeredAt);
      await until("each has ended", async () => {
        const left = await sql`
          select from tasks where batch_id = ${batch.id} and finished_at is null`;
        return left.length === 0;
      });
      await until("its browsers have ended", () => processesBelow(host).length === 0);
      expect(await tasksOfBatch(sql, batch.id)).toEqual(before);
      const { ofTasks, byStatus } = await many.engineRuns(batch.id);
      if (before.length === 0 && waitedMs >= patientMs) {
        stalled.push(`${round + 1}: ${state}, ${JSON.stringify(byStatus)}`);
      }
      expect([...ofTasks.keys()].filter((id) => !before.includes(id))).toEqual([]);
      const late = await sql`
        select from tasks where batch_id = ${batch.id}
          and admitted_at > to_timestamp(${answeredAt / 1_000})`;
      expect(late).toHaveLength(0);
      for (const taskId of before) {
        const task = await ada.client.getTask(taskId);
        expect(isEnded(task.state)).toBe(true);
        const job = new URL(task.jobUrl).pathname.split("/").at(-1) ?? "";
        const verdict = await judgeApplication(valet, { taskId, job, task });
        expect([taskId, verdict.faults]).toEqual([taskId, []]);
        sent += verdict.sent;
        if (task.reason === "CANCELLED") cancelled += 1;
      }
      say(
        `${round + 1} of ${rounds}: ${before.length} of ${jobsOfBatch} had been made; sent so far ${sent}, cancelled ${cancelled}; browsers back after ${released.at(-1)} ms`,
      );
    }
    const sorted = released.toSorted((one, next) => one - next);
    say(
      `browsers back: median ${sorted[Math.floor(sorted.length / 2)]} ms, longest ${sorted.at(-1)} ms`,
    );
    // Cancelled batches leave nothing behind that the next ones would wait for.
    expect(stalled).toEqual([]);
    expect(sent).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(0);
    expect(Math.max(...released)).toBeLessThanOrEqual(releasedMs);
    const dangling = (await valet.requests()).filter(
      ({ kind, stored }) => kind === "application" && !stored,
    );
    expect(dangling).toEqual([]);
  },
  limitMs,
);

async function sentOf(sql: ManyApplications["sql"], batchId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select tasks.id from tasks join submission_intents intents on intents.task_id = tasks.id
    where tasks.batch_id = ${batchId} and intents.dispatched_at is not null`;
  return rows.map(({ id }) => id);
}

/** Whose browsers the session host has, by its own word. */
async function liveTasks({ sessionHost: { url, token } }: TestValet): Promise<string[]> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/sessions`, { headers });
  // Only the members this looks at.
  const { sessions } = (await response.json()) as { sessions: { taskId: string; state: string }[] };
  return sessions.filter(({ state }) => state === "live").map(({ taskId }) => taskId);
}

function say(line: string): void {
  process.stderr.write(`cancel: ${line}\n`);
}
