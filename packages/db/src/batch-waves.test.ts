import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BatchRow, getBatch, listBatchJobs } from "./batch-rows.ts";
import { beginWave, endBatchIfOver, makeNextOfBatch, mostAtWorkOfBatch } from "./batch-waves.ts";
import { answerBatch, cancelBatch, collectBatch } from "./change-batch.ts";
import { createBatch } from "./create-batch.ts";
import { listAnswersInAdvance } from "./answers-in-advance.ts";
import { askPerson } from "./human-steps.ts";
import { endTask, enterState } from "./task-progress.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { askForLostBatch, keepAsks, recordBatchRun } from "./unfinished-batches.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

type Owner = Awaited<ReturnType<TestStore["newUser"]>>;

async function newBatch(
  jobs: number,
  { start = true, owner }: { readonly start?: boolean; readonly owner?: Owner } = {},
): Promise<BatchRow> {
  const { userId, resumeId } = owner ?? (await store.newUser());
  const lines = Array.from({ length: jobs }, () => {
    const jobKey = `jobs.test/${randomUUID()}`;
    return {
      kind: "job" as const,
      jobKey,
      jobUrl: `https://${jobKey}`,
      platform: "generic",
      answers: [],
    };
  });
  const body = { resumeId, mode: "copilot", ...(start ? { start: "now" as const } : {}) } as const;
  const { batch } = await createBatch(store.db, { userId, body, lines });
  return batch;
}

/** As one wave does it, however many do it at once. */
async function makeAll(batchId: string): Promise<string> {
  for (;;) {
    const next = await makeNextOfBatch(store.writer, batchId);
    if (next === "full" || next === "none") return next;
  }
}

async function tasksOf(batchId: string): Promise<string[]> {
  const rows = await store.db
    .selectFrom("tasks")
    .select("id")
    .where("batchId", "=", batchId)
    .where("finishedAt", "is", null)
    .orderBy("createdAt")
    .execute();
  return rows.map(({ id }) => id);
}

const end = (taskId: string) =>
  writeTask(store.writer, taskId, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." }),
  );

/** As an application does whose form asks what nobody has answered. */
const ask = (taskId: string) =>
  writeTask(store.writer, taskId, async (write) => {
    for (const state of ["provisioning", "analyzing"] as const) enterState(write, state);
    const texts = { asks: "Answer.", asksAgain: "Answer again.", url: "http://valet.test/" };
    await askPerson(write, { kind: "captcha", ...texts });
  });

async function wakes(batchId: string): Promise<string[]> {
  const rows = await store.db
    .selectFrom("outbox")
    .select("message")
    .where("batchId", "=", batchId)
    .orderBy("id")
    .execute();
  return rows.flatMap(({ message }) => {
    const { scope } = message as { readonly scope?: string };
    return scope === undefined ? [] : [scope];
  });
}

test("two waves at once make each application once, and no more than there may be unfinished", async () => {
  const { id } = await newBatch(mostAtWorkOfBatch + 5);
  const ends = await Promise.all([makeAll(id), makeAll(id), makeAll(id)]);
  expect(ends).toEqual(["full", "full", "full"]);
  expect(await tasksOf(id)).toHaveLength(mostAtWorkOfBatch);
  const jobs = await listBatchJobs(store.db, { batchId: id, after: 0, limit: 500 });
  const made = jobs.filter(({ state }) => state === "started");
  expect(made.map(({ line }) => line)).toEqual(
    Array.from({ length: mostAtWorkOfBatch }, (_, index) => index + 1),
  );
  expect(new Set(made.map(({ task }) => task?.id)).size).toBe(mostAtWorkOfBatch);
});

test("the wave is woken when there is room for many more, and when nothing is left; then the batch is done", async () => {
  const batch = await newBatch(mostAtWorkOfBatch + 2);
  const { id } = batch;
  await beginWave(store.db, { batchId: id, epoch: 1, wave: 1 });
  await makeAll(id);
  const [first = "", ...others] = await tasksOf(id);
  for (const taskId of [first, ...others.slice(0, 8)]) await end(taskId);
  expect(await wakes(id)).toEqual([]);
  await end(others[8] ?? "");
  expect(await wakes(id)).toEqual([`batch:${id}:1:1`]);
  await beginWave(store.db, { batchId: id, epoch: 1, wave: 2 });
  await makeAll(id);
  expect(await endBatchIfOver(store.db, id)).toBe(false);
  // All at once: whoever is last must see that the others have ended.
  await Promise.all((await tasksOf(id)).map(end));
  expect(await wakes(id)).toEqual([`batch:${id}:1:1`, `batch:${id}:1:2`]);
  expect(await endBatchIfOver(store.db, id)).toBe(true);
  expect(await getBatch(store.db, { id })).toMatchObject({ state: "done" });
});

test("what waits for its person makes room for others, so that all of a batch come to their review", async () => {
  const jobs = mostAtWorkOfBatch * 2 + 5;
  const { id } = await newBatch(jobs);
  for (let wave = 1; wave <= 3; wave += 1) {
    await beginWave(store.db, { batchId: id, epoch: 1, wave });
    await makeAll(id);
    const made = await tasksOf(id);
    expect(made).toHaveLength(Math.min(jobs, wave * mostAtWorkOfBatch));
    const before = (await wakes(id)).length;
    await Promise.all(made.slice((wave - 1) * mostAtWorkOfBatch).map(ask));
    expect((await wakes(id)).length > before).toBe(wave < 3);
  }
  const [first = "", ...others] = await tasksOf(id);
  await end(first);
  expect(await endBatchIfOver(store.db, id)).toBe(false);
  const before = (await wakes(id)).length;
  await Promise.all(others.map(end));
  expect((await wakes(id)).slice(before)).toEqual([`batch:${id}:1:3`]);
  expect(await endBatchIfOver(store.db, id)).toBe(true);
});

test("a cancelled batch makes nothing more, whoever is at it", async () => {
  const { id } = await newBatch(mostAtWorkOfBatch);
  const making = Promise.all([makeAll(id), makeAll(id)]);
  await makeNextOfBatch(store.writer, id);
  await cancelBatch(store.db, id);
  const made = await tasksOf(id);
  await making;
  expect(await tasksOf(id)).toEqual(made);
  expect(await makeAll(id)).toBe("none");
  const jobs = await listBatchJobs(store.db, { batchId: id, after: 0, limit: 500 });
  expect(jobs.filter(({ state }) => state === "started")).toHaveLength(made.length);
  expect(jobs.filter(({ state }) => state === "accepted")).toEqual([]);
  await cancelBatch(store.db, id);
});

test("an application that came between is said of the line, and the others go on", async () => {
  const owner = await store.newUser();
  const { id } = await newBatch(3, { owner });
  const [job] = await listBatchJobs(store.db, { batchId: id, after: 1, limit: 1 });
  const other = await store.newTask({ owner, jobKey: job?.jobKey ?? "" });
  expect(await makeAll(id)).toBe("none");
  const jobs = await listBatchJobs(store.db, { batchId: id, after: 0, limit: 500 });
  expect(jobs.map(({ state, code }) => [state, code])).toEqual([
    ["started", null],
    ["in_progress", "TASK_IN_PROGRESS"],
    ["started", null],
  ]);
  expect(jobs[1]?.task?.id).toBe(other.id);
});

test("a run of a batch that was given up does nothing, and its waves are not taken for the new one's", async () => {
  const { id } = await newBatch(1);
  await recordBatchRun(store.db, { batchId: id, epoch: 1, runId: "lost" });
  await beginWave(store.db, { batchId: id, epoch: 1, wave: 7 });
  expect(await askForLostBatch(store.db, await getBatch(store.db, { id }))).toBe(true);
  expect(await beginWave(store.db, { batchId: id, epoch: 1, wave: 8 })).toBe("over");
  expect(await beginWave(store.db, { batchId: id, epoch: 2, wave: 1 })).toBe("begun");
  expect(await getBatch(store.db, { id })).toMatchObject({ epoch: 2, wave: 1, runId: null });
});

test("an answer to what many forms ask goes to each of their applications", async () => {
  const { id } = await newBatch(3, { start: false });
  const asks = [
    { question: "Do you own a boat?", options: ["Yes", "No"], kind: "select" as const },
  ];
  await keepAsks(store.db, { batchId: id, line: 1 }, asks);
  await keepAsks(store.db, { batchId: id, line: 2 }, asks);
  await keepAsks(store.db, { batchId: id, line: 3 }, null);
  await collectBatch(store.db, id);
  const asking = await getBatch(store.db, { id });
  expect(asking).toMatchObject({ state: "asking", questions: [{ lines: [1, 2], answer: null }] });
  const [question] = asking.questions;
  const answerWith = (answer: string) =>
    answerBatch(store.db, id, { answers: { [question?.id ?? ""]: answer }, start: false });
  await expect(answerWith("Maybe")).rejects.toMatchObject({ code: "VALIDATION" });
  await answerWith("Yes");
  expect(await getBatch(store.db, { id })).toMatchObject({ state: "running" });
  await makeAll(id);
  const told = await Promise.all(
    (await tasksOf(id)).map((task) => listAnswersInAdvance(store.db, task)),
  );
  expect(told).toEqual([1, 2, 3].map(() => [{ question: "Do you own a boat?", answer: "Yes" }]));
});
