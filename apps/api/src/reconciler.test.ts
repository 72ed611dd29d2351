import type { ReasonCode, TaskState } from "@valet/contracts";
import {
  type TaskRow,
  approveReview,
  endTask,
  getTask,
  recordRun,
  recordStepEnd,
  recordStepStart,
  reportProgress,
  writeTask,
} from "@valet/db";
import type { EngineRunState } from "@valet/domain";
import { createMetrics } from "@valet/runtime";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type ApiFixture, openApiFixture } from "./api.fixture.ts";
import { type ReconcilerDeps, startReconciler, sweep } from "./reconciler.ts";
import { dispatch, runIdOf, showReview } from "./review.fixture.ts";

let api: ApiFixture;
let userId: string;

beforeAll(async () => {
  api = await openApiFixture();
  userId = (await api.addPerson()).id;
});
afterAll(() => api.close());
afterEach(async () => {
  await api.db.deleteFrom("tasks").execute();
});

const { signal } = new AbortController();

function depsWith(runState: (runId: string) => Promise<EngineRunState>): ReconcilerDeps {
  return {
    writer: api.writer,
    jobs: { runState },
    kickRelay: api.deps.kickRelay,
    metrics: createMetrics(),
    log: api.deps.log,
  };
}

function sweepAs(state: EngineRunState) {
  return sweep(
    depsWith(() => Promise.resolve(state)),
    signal,
  );
}

/** Nothing was heard of the task, and of the engine about its run, for this long. */
async function beSilent(task: TaskRow, ms: number): Promise<void> {
  const at = new Date(Date.now() - ms);
  await api.db.updateTable("tasks").set({ updatedAt: at }).where("id", "=", task.id).execute();
  await api.db
    .updateTable("taskRuns")
    .set({ createdAt: at })
    .where("taskId", "=", task.id)
    .execute();
}

async function asked(): Promise<TaskRow> {
  const task = await api.addTask(userId);
  await recordRun(api.db, { runId: runIdOf(task), taskId: task.id, epoch: 1 });
  return task;
}

async function claimed(): Promise<TaskRow> {
  const task = await api.addTask(userId);
  await showReview(api.writer, task);
  return task;
}

async function dispatched(): Promise<TaskRow> {
  const task = await api.addTask(userId);
  const { digest } = await showReview(api.writer, task);
  await writeTask(api.writer, task.id, (write) => approveReview(write, { digest, overrides: {} }));
  await dispatch(api.writer, task);
  return task;
}

/** Its last step began and never ended. */
async function diedAtWork(): Promise<TaskRow> {
  const task = await asked();
  const tried = { runId: runIdOf(task), attempt: 0 };
  const started = { taskId: task.id, workerId: "worker" };
  await recordStepStart(api.db, { ...tried, ...started, step: "start-browser" });
  await recordStepEnd(api.db, { ...tried, step: "start-browser", result: "done" });
  await recordStepStart(api.db, { ...tried, ...started, step: "analyze-form" });
  return task;
}

const minute = 60_000;

interface Expected {
  readonly state: TaskState;
  readonly reason: ReasonCode | null;
  readonly epoch?: number;
}

test.each<
  [
    what: string,
    make: () => Promise<TaskRow>,
    run: EngineRunState,
    silentForMs: number,
    expected: Expected,
  ]
>([
  [
    "cancelled on the engine",
    claimed,
    "cancelled",
    0,
    { state: "failed", reason: "RUN_CANCELLED" },
  ],
  ["failed without a word", claimed, "failed", minute, { state: "failed", reason: "STEP_FAILED" }],
  ["failed with its workers", diedAtWork, "failed", minute, { state: "queued", reason: null }],
  ["over without an end", claimed, "succeeded", minute, { state: "failed", reason: "STEP_FAILED" }],
  ["just over", claimed, "succeeded", 0, { state: "awaiting_review", reason: null }],
  ["cancelled before it was claimed", asked, "cancelled", 0, { state: "queued", reason: null }],
  [
    "silent while it runs",
    asked,
    "running",
    3 * minute,
    { state: "queued", reason: null, epoch: 2 },
  ],
  [
    "waiting for a person",
    claimed,
    "running",
    600 * minute,
    { state: "awaiting_review", reason: null },
  ],
  ["queued on the engine", asked, "queued", 600 * minute, { state: "queued", reason: null }],
  [
    "out of reach",
    claimed,
    "unreachable",
    600 * minute,
    { state: "awaiting_review", reason: null },
  ],
  ["unknown, but fresh", asked, "unknown", 0, { state: "queued", reason: null }],
  ["failed after the click", dispatched, "failed", minute, { state: "failed", reason: "NO_PROOF" }],
  ["cancelled after the click", dispatched, "cancelled", 0, { state: "verifying", reason: null }],
])("a task whose run is %s", async (_what, make, run, silentForMs, expected) => {
  const task = await make();
  await beSilent(task, silentForMs);
  await sweepAs(run);
  expect(await getTask(api.db, { id: task.id })).toMatchObject(expected);
});

test("a lost run is started anew with the next number, at most five times in all", async () => {
  const task = await asked();
  for (const epoch of [2, 3, 4, 5]) {
    await beSilent(task, 2 * minute);
    expect(await sweepAs("unknown")).toEqual([{ kind: "restart" }]);
    const now = await getTask(api.db, { id: task.id });
    expect(now).toMatchObject({ state: "queued", epoch, runId: null });
    await recordRun(api.db, { runId: `run-${epoch}-${task.id}`, taskId: task.id, epoch });
  }
  await beSilent(task, 2 * minute);
  expect(await sweepAs("unknown")).toEqual([{ kind: "end", reason: "RUN_LOST" }]);
  const messages = await api.db.selectFrom("outbox").select("message").orderBy("id").execute();
  expect(messages.map(({ message }) => message)).toEqual([
    { kind: "start_run", epoch: 1 },
    { kind: "start_run", epoch: 2 },
    { kind: "start_run", epoch: 3 },
    { kind: "start_run", epoch: 4 },
    { kind: "start_run", epoch: 5 },
  ]);
});

test("an old task whose run was asked for just now is given time to become known", async () => {
  const task = await api.addTask(userId);
  await beSilent(task, 60 * minute);
  await recordRun(api.db, { runId: runIdOf(task), taskId: task.id, epoch: 1 });
  expect(await sweepAs("unknown")).toEqual([]);
});

test("a task without a run is left to the outbox", async () => {
  const task = await api.addTask(userId);
  await beSilent(task, 60 * minute);
  expect(await sweepAs("unknown")).toEqual([]);
});

test.each<[state: EngineRunState, make: () => Promise<TaskRow>]>([
  ["running", asked],
  ["cancelled", claimed],
])("a run that is %s has what it started cancelled on the engine too", async (state, make) => {
  const task = await make();
  await beSilent(task, 11 * minute);
  await sweepAs(state);
  const last = await api.db
    .selectFrom("outbox")
    .select("message")
    .orderBy("id", "desc")
    .executeTakeFirst();
  expect(last?.message).toEqual({ kind: "cancel_run", runId: runIdOf(task) });
});

test("a task that speaks, ends or is started anew while the engine is asked is left alone", async () => {
  const speaks = await asked();
  const ends = await asked();
  for (const task of [speaks, ends]) await beSilent(task, 11 * minute);
  const deps = depsWith(async (runId) => {
    const task = runId === runIdOf(speaks) ? speaks : ends;
    await writeTask(api.writer, task.id, async (write) => {
      if (task === ends) {
        await endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Over." });
      } else {
        reportProgress(write, { step: "analyze-form", pct: 10, message: "Reading." });
      }
    });
    return "running";
  });
  expect(await sweep(deps, signal)).toEqual([]);
  expect(await getTask(api.db, { id: speaks.id })).toMatchObject({ state: "queued" });
  expect(await getTask(api.db, { id: ends.id })).toMatchObject({ state: "cancelled" });
});

test("of two processes that sweep at once one does, and each task is mended once", async () => {
  for (let count = 0; count < 10; count += 1) await claimed();
  const results = await Promise.all([sweepAs("cancelled"), sweepAs("cancelled")]);
  expect(results.map((actions) => actions.length).toSorted((a, b) => a - b)).toEqual([0, 10]);
});

test("a fault with one task does not keep the others from being mended", async () => {
  const bad = await claimed();
  const good = await claimed();
  const deps = depsWith(async (runId) => {
    if (runId === runIdOf(bad)) throw new Error("planted");
    return "cancelled";
  });
  expect(await sweep(deps, signal)).toHaveLength(1);
  expect(await getTask(api.db, { id: good.id })).toMatchObject({ state: "failed" });
  expect(await getTask(api.db, { id: bad.id })).toMatchObject({ state: "awaiting_review" });
});

test("it sweeps by itself, every so often, until it is closed", async () => {
  const task = await claimed();
  const reconciler = startReconciler(
    depsWith(() => Promise.resolve("cancelled")),
    10,
  );
  await vi.waitFor(async () =>
    expect(await getTask(api.db, { id: task.id })).toMatchObject({ state: "failed" }),
  );
  await reconciler.close();
});
