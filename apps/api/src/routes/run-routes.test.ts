import { randomUUID } from "node:crypto";
import { stepNames } from "@valet/contracts";
import {
  type NewUser,
  type TaskRow,
  approveReview,
  createBatch,
  endTask,
  getTask,
  recordRun,
  recordStepEnd,
  recordStepStart,
  writeTask,
} from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { dispatch, showReview } from "../review.fixture.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await openApiFixture({ queue: { most: 10_000, mostOfPerson: 10_000 } });
});
afterAll(() => api.close());

test("while the engine does not answer a run is told from our own rows", async () => {
  const person = await api.addPerson();
  const task = await api.addTask(person.id);
  const url = `/tasks/${task.id}/run`;
  const headers = keyOf(person);
  const none = await api.app.inject({ url, headers });
  expect([none.statusCode, none.json()]).toMatchObject([200, { runId: null, runs: [] }]);

  await recordRun(api.db, { runId: "run-1", taskId: task.id, epoch: 1 });
  const tried = { runId: "run-1", attempt: 0 };
  const started = { ...tried, taskId: task.id, workerId: "worker" };
  await recordStepStart(api.db, { ...started, step: "start-browser" });
  await recordStepEnd(api.db, { ...tried, step: "start-browser", result: "done" });
  await recordStepStart(api.db, { ...started, step: "analyze-form" });
  await recordStepEnd(api.db, { ...tried, step: "analyze-form", result: "PAGE_UNREACHABLE" });
  await recordStepStart(api.db, { ...started, attempt: 1, step: "analyze-form" });

  const shown = await api.app.inject({ url, headers });
  expect(shown.statusCode).toBe(200);
  const run = shown.json();
  expect(run).toMatchObject({
    runId: "run-1",
    engine: "unreachable",
    runs: [{ runId: "run-1", epoch: 1 }],
    logs: [],
    steps: [{ name: "start-browser" }, { attempt: 0, result: "PAGE_UNREACHABLE" }, { attempt: 1 }],
  });
  expect(run.nodes).toMatchObject([
    { name: "start-browser", state: "succeeded", parents: [], children: ["analyze-form"] },
    { name: "analyze-form", state: "running", attempt: 1, parents: ["start-browser"], ms: null },
    ...stepNames.slice(2).map((name) => ({ name, state: "queued" })),
  ]);
  const other = keyOf(await api.addPerson());
  expect((await api.app.inject({ url, headers: other })).statusCode).toBe(404);
});

/** One that may be cancelled, one that waits for its outcome, one of which it is unknown, one that was given up. */
async function addFour(
  person: NewUser,
): Promise<Record<"live" | "sent" | "unclear" | "over", TaskRow>> {
  const live = await api.addTask(person.id);
  const sent = await api.addTask(person.id);
  const unclear = await api.addTask(person.id);
  const over = await api.addTask(person.id);
  for (const task of [sent, unclear]) {
    const { digest } = await showReview(api.writer, task);
    await writeTask(api.writer, task.id, (write) =>
      approveReview(write, { digest, overrides: {} }),
    );
    await dispatch(api.writer, task);
  }
  for (const task of [unclear, over]) await giveUp(task.id);
  return { live, sent, unclear, over };
}

async function giveUp(taskId: string): Promise<void> {
  const end = { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." } as const;
  await writeTask(api.writer, taskId, (write) => endTask(write, end));
}

async function post(person: NewUser, what: "cancel" | "replay" | "requeue", payload: object) {
  const request = {
    method: "POST",
    url: `/runs/${what}`,
    headers: keyOf(person),
    payload,
  } as const;
  const answer = await api.app.inject(request);
  return { status: answer.statusCode, ...answer.json() };
}

test("runs are listed newest first, by what is asked for, page by page, and nobody else's", async () => {
  const person = await api.addPerson();
  await api.addTask((await api.addPerson()).id);
  const { live, sent, unclear, over } = await addFour(person);
  const list = async (query: string) => {
    const answer = await api.app.inject({ url: `/runs${query}`, headers: keyOf(person) });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const idsOf = ({ runs }: { runs: { taskId: string }[] }) => runs.map(({ taskId }) => taskId);
  const all = await list("");
  expect(idsOf(all)).toEqual([over, unclear, sent, live].map(({ id }) => id));
  expect(all.runs[0]).toMatchObject({ state: "failed", runState: "unknown", runId: null });
  expect(all.runs[1]).toMatchObject({ outcome: "unconfirmed", runState: "unreachable" });
  const page = await list("?limit=3");
  expect(idsOf(await list(`?limit=3&cursor=${page.nextCursor}`))).toEqual([live.id]);
  expect(idsOf(await list("?outcome=unconfirmed"))).toEqual([unclear.id]);
  expect(idsOf(await list("?state=failed"))).toEqual([over.id, unclear.id]);
  expect(idsOf(await list("?platform=lever"))).toEqual([]);
  const batchId = await batchWith(person, unclear.id);
  expect(idsOf(await list(`?batch=${batchId}`))).toEqual([unclear.id]);
  expect(idsOf(await list(`?batch=${randomUUID()}`))).toEqual([]);
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(idsOf(await list(`?since=${encodeURIComponent(later)}`))).toEqual([]);
  expect(idsOf(await list(`?until=${encodeURIComponent(later)}`))).toHaveLength(4);
});

/** A batch of which this one application is a part. */
async function batchWith(person: NewUser, taskId: string): Promise<string> {
  const task = await getTask(api.db, { id: taskId });
  const body = { resumeId: task.resumeId, mode: "copilot", start: "now" } as const;
  const jobUrl = "https://jobs.test/of-a-batch";
  const line = { kind: "job" as const, jobUrl, jobKey: jobUrl, platform: "generic", answers: [] };
  const { batch } = await createBatch(api.db, { userId: person.id, body, lines: [line] });
  await api.db.updateTable("tasks").set({ batchId: batch.id }).where("id", "=", taskId).execute();
  return batch.id;
}

test("many are cancelled by the rules of one, each with an answer of its own, and twice is the same", async () => {
  const person = await api.addPerson();
  const foreign = await api.addTask((await api.addPerson()).id);
  const { live, sent, unclear, over } = await addFour(person);
  const ids = [live.id, sent.id, unclear.id, over.id, foreign.id, "nonsense"];
  const dry = await post(person, "cancel", { ids, dryRun: true });
  expect(dry).toEqual({ status: 200, count: 1, results: [], hasMore: false, nextCursor: null });
  expect(await getTask(api.db, { id: live.id })).toMatchObject({ state: "queued" });

  const expected = {
    status: 200,
    count: 1,
    hasMore: false,
    nextCursor: null,
    results: [
      { id: live.id, done: true },
      { id: sent.id, code: "ALREADY_SUBMITTED" },
      { id: unclear.id, code: "ILLEGAL_TRANSITION" },
      { id: over.id, code: "ILLEGAL_TRANSITION" },
      { id: foreign.id, code: "NOT_FOUND" },
      { id: "nonsense", code: "NOT_FOUND" },
    ],
  };
  expect(await post(person, "cancel", { ids })).toEqual(expected);
  expect(await post(person, "cancel", { ids })).toEqual(expected);
  expect(await getTask(api.db, { id: live.id })).toMatchObject({ state: "cancelled" });
  expect(await getTask(api.db, { id: foreign.id })).toMatchObject({ state: "queued" });
});

test("by filters only those are cancelled that have not ended", async () => {
  const person = await api.addPerson();
  const { live, sent } = await addFour(person);
  expect(await post(person, "cancel", { filters: {}, dryRun: true })).toMatchObject({ count: 1 });
  expect((await post(person, "cancel", { filters: {} })).results).toEqual([
    { id: live.id, done: true },
    { id: sent.id, code: "ALREADY_SUBMITTED" },
  ]);
});

test("many are replayed as new applications, but never one that may have arrived", async () => {
  const person = await api.addPerson();
  const { over, unclear } = await addFour(person);
  const filters = { state: "failed" };
  expect(await post(person, "replay", { filters, dryRun: true })).toMatchObject({ count: 1 });
  const { results, count } = await post(person, "replay", { filters });
  expect([count, results]).toEqual([
    1,
    [
      { id: unclear.id, code: "OUTCOME_UNKNOWN" },
      { id: over.id, done: true, startedAs: expect.any(String) },
    ],
  ]);
  expect(await getTask(api.db, { id: results[1].startedAs })).toMatchObject({
    jobKey: over.jobKey,
    state: "queued",
  });
  expect((await post(person, "replay", { ids: [over.id] })).results).toEqual([
    { id: over.id, code: "TASK_IN_PROGRESS" },
  ]);
});

test("more than 500 at once, or neither ids nor filters, are refused", async () => {
  const person = await api.addPerson();
  const ids = Array.from({ length: 501 }, () => crypto.randomUUID());
  for (const payload of [{ ids }, { ids: [] }, {}, { dryRun: true }]) {
    expect(await post(person, "cancel", payload)).toMatchObject({ status: 422 });
  }
});

const doublings = 9;

/** As many copies of one as that gives, each for a job of its own. */
async function copyOften({ userId }: TaskRow): Promise<void> {
  const same = [
    "userId",
    "resumeId",
    "jobUrl",
    "mode",
    "rehearsal",
    "platform",
    "requestHash",
    "state",
    "pct",
    "epoch",
    "lastSeq",
    "host",
    "outcome",
    "reason",
    "message",
    "finishedAt",
    "createdAt",
  ] as const;
  for (let doubled = 0; doubled < doublings; doubled += 1) {
    await api.db
      .insertInto("tasks")
      .columns(["jobKey", ...same])
      .expression((eb) =>
        eb
          .selectFrom("tasks")
          .select(() => [
            eb.fn<string>("concat", ["jobKey", eb.fn("gen_random_uuid", [])]).as("jobKey"),
          ])
          .select(same)
          .where("userId", "=", userId)
          .where("outcome", "=", "not_submitted"),
      )
      .execute();
  }
  // Another try is for the same address, which says what job it is.
  await api.db
    .updateTable("tasks")
    .set((eb) => ({
      jobUrl: eb.fn<string>("concat", [
        eb.cast<string>(eb.val("https://jobs.test/"), "text"),
        "id",
      ]),
    }))
    .where("userId", "=", userId)
    .where("outcome", "=", "not_submitted")
    .execute();
}

test("more than one call may act on are counted at once, and replayed page by page, each once", async () => {
  const person = await api.addPerson();
  const { over, unclear } = await addFour(person);
  await copyOften(over);
  const filters = { state: "failed" };
  const dry = await post(person, "replay", { filters, dryRun: true });
  // The one of which nobody knows whether it arrived is not among them.
  expect(dry).toMatchObject({ count: 2 ** doublings, hasMore: false });
  const first = await post(person, "replay", { filters });
  // One that was started by it has ended before the next page: it is no part of what was asked.
  await giveUp(first.results.find((result: object) => "startedAs" in result).startedAs);
  const pages = [first];
  for (const { nextCursor: cursor } of pages) {
    if (cursor !== null) pages.push(await post(person, "replay", { filters, cursor }));
  }
  expect(pages.map(({ results, hasMore }) => [results.length, hasMore])).toEqual([
    [500, true],
    [13, false],
  ]);
  const results = pages.flatMap((page) => page.results);
  expect(new Set(results.map(({ id }) => id)).size).toBe(2 ** doublings + 1);
  expect(results.filter((result) => "code" in result)).toEqual([
    { id: unclear.id, code: "OUTCOME_UNKNOWN" },
  ]);
  const waiting = { filters: { state: "queued" }, dryRun: true };
  // One more was on its way before, and one has ended.
  expect(await post(person, "cancel", waiting)).toMatchObject({ count: 2 ** doublings });
  const nonsense = await post(person, "replay", { filters, cursor: "nonsense" });
  expect([nonsense.status, nonsense.code]).toEqual([422, "VALIDATION"]);
});

async function addLost(person: NewUser): Promise<TaskRow> {
  const task = await api.addTask(person.id);
  await recordRun(api.db, { runId: `lost-${task.id}`, taskId: task.id, epoch: 1 });
  const longAgo = new Date(Date.now() - 60_000);
  await api.db.updateTable("tasks").set({ updatedAt: longAgo }).where("id", "=", task.id).execute();
  await api.db
    .updateTable("taskRuns")
    .set({ createdAt: longAgo })
    .where("taskId", "=", task.id)
    .execute();
  return task;
}

test("what was lost is started again once, what goes on or ended is left alone", async () => {
  const person = await api.addPerson();
  const foreign = await addLost(await api.addPerson());
  const { sent, over } = await addFour(person);
  const waiting = await api.addTask(person.id);
  const [lost, busy] = [await addLost(person), await addLost(person)];
  const ids = [lost, busy, waiting, over, foreign].map(({ id }) => id);
  const unreachable = await post(person, "requeue", { ids: [lost.id] });
  expect(unreachable.results).toEqual([{ id: lost.id, code: "ENGINE_UNAVAILABLE" }]);

  api.setRunState((runId) => (runId === `lost-${lost.id}` ? "unknown" : "running"));
  const dry = await post(person, "requeue", { ids, dryRun: true });
  expect(dry).toMatchObject({ count: 1, results: [] });
  expect(await getTask(api.db, { id: lost.id })).toMatchObject({ epoch: 1 });
  const left = [
    { id: busy.id, code: "RUN_NOT_STUCK" },
    { id: waiting.id, code: "RUN_NOT_STUCK" },
    { id: over.id, code: "ILLEGAL_TRANSITION" },
    { id: foreign.id, code: "NOT_FOUND" },
  ];
  expect((await post(person, "requeue", { ids })).results).toEqual([
    { id: lost.id, done: true },
    ...left,
  ]);
  expect(await getTask(api.db, { id: lost.id })).toMatchObject({ state: "queued", epoch: 2 });
  // Its new run is not lost; of one that was sent nothing is started that could send again.
  const again = await post(person, "requeue", { filters: {} });
  expect(again).toMatchObject({ count: 0 });
  expect(again.results).toContainEqual({ id: lost.id, code: "RUN_NOT_STUCK" });
  expect(again.results).toContainEqual({ id: sent.id, code: "RUN_NOT_STUCK" });
  expect(await getTask(api.db, { id: foreign.id })).toMatchObject({ epoch: 1 });
});
