import { stepNames } from "@valet/contracts";
import {
  type NewUser,
  type TaskRow,
  approveReview,
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
  api = await openApiFixture();
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
  const end = { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." } as const;
  for (const task of [unclear, over]) {
    await writeTask(api.writer, task.id, (write) => endTask(write, end));
  }
  return { live, sent, unclear, over };
}

async function post(person: NewUser, what: "cancel" | "replay", payload: object) {
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
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(idsOf(await list(`?since=${encodeURIComponent(later)}`))).toEqual([]);
  expect(idsOf(await list(`?until=${encodeURIComponent(later)}`))).toHaveLength(4);
});

test("many are cancelled by the rules of one, each with an answer of its own, and twice is the same", async () => {
  const person = await api.addPerson();
  const foreign = await api.addTask((await api.addPerson()).id);
  const { live, sent, unclear, over } = await addFour(person);
  const ids = [live.id, sent.id, unclear.id, over.id, foreign.id, "nonsense"];
  const dry = await post(person, "cancel", { ids, dryRun: true });
  expect(dry).toEqual({ status: 200, count: 1, results: [], hasMore: false });
  expect(await getTask(api.db, { id: live.id })).toMatchObject({ state: "queued" });

  const expected = {
    status: 200,
    count: 1,
    hasMore: false,
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
