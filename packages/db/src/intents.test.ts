import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dispatchIntent } from "./arm-intent.ts";
import { endBrowserSession } from "./browser-sessions.ts";
import { approvedTask, arm, filledTask, leasedSession, takeOver } from "./intent.fixture.ts";
import {
  type PreparedIntent,
  findIntent,
  listLiveIntents,
  prepareIntent,
  setIntentState,
} from "./intents.ts";
import { approveByStandingConsent } from "./standing-consents.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { endTask } from "./task-progress.ts";
import { type TaskRow, getTask } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const prepare = (
  taskId: string,
  input: { digest: string; jobKeys?: readonly string[] },
): Promise<PreparedIntent> =>
  writeTask(store.writer, taskId, (write) => prepareIntent(write.trx, write.task, input));

/** The attempt that an answer is about; of one that has ended there is none. */
const intentOf = (prepared: PreparedIntent) =>
  prepared.kind === "over" ? expect.fail("The task has ended.") : prepared.intent;

const newKey = () => `jobs.example.com/${crypto.randomUUID()}`;

async function sentTask() {
  const approved = await approvedTask(store);
  const { intent, sessionId, fence } = approved;
  await arm(store, approved);
  await dispatchIntent(store.db, { intentId: intent.id, sessionId, fence, requestDigest: null });
  return approved;
}

const end = (task: TaskRow) =>
  writeTask(store.writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "A step failed." }),
  );

const liveOf = (userId: string, ...jobKeys: string[]) =>
  listLiveIntents(store.db, { userId, jobKeys });

test("an application that has ended gets no attempt, which would hold its job for ever", async () => {
  const { task, digest } = await filledTask(store);
  await end(task);
  expect(await prepare(task.id, { digest })).toEqual({ kind: "over" });
  expect(await liveOf(task.userId, task.jobKey)).toEqual([]);
});

describe("one live attempt for one person and job", () => {
  test("the database itself refuses a second one", async () => {
    const { intent } = await approvedTask(store);
    const { taskId, userId, jobKey } = intent;
    const second = store.db
      .insertInto("submissionIntents")
      .values({ taskId, userId, jobKey, state: "prepared", digest: "v1:x" })
      .execute();
    await expect(second).rejects.toThrow("one_live_intent_per_job");
  });

  test("the database refuses one under a sibling key as well, whoever writes it", async () => {
    const sibling = newKey();
    const { task, digest } = await filledTask(store);
    await prepare(task.id, { digest, jobKeys: [sibling] });
    const second = store.db
      .insertInto("submissionIntents")
      .values({
        taskId: task.id,
        userId: task.userId,
        jobKey: sibling,
        state: "prepared",
        digest: "v1:x",
      })
      .execute();
    await expect(second).rejects.toThrow("one_live_intent_per_key");
  });

  test("of fifty tasks that share any key exactly one is prepared, the others are held", async () => {
    const owner = await store.newUser();
    const shared = newKey();
    // Half of them know the job under the shared key only through what the site publishes.
    const tasks = await Promise.all(
      Array.from({ length: 50 }, () => filledTask(store, { owner, jobKey: newKey() })),
    );
    const prepared = await Promise.all(
      tasks.map(({ task, digest }, index) =>
        prepare(task.id, { digest, jobKeys: index % 2 === 0 ? [shared] : [newKey(), shared] }),
      ),
    );
    expect(prepared.filter(({ kind }) => kind === "prepared")).toHaveLength(1);
    expect(prepared.filter(({ kind }) => kind === "held_by_other_task")).toHaveLength(49);
    expect(new Set(prepared.map((one) => intentOf(one).id)).size).toBe(1);
    expect(await liveOf(owner.userId, shared)).toHaveLength(1);
  });

  test("of fifty that go all the way at once under sibling keys exactly one is armed", async () => {
    const owner = await store.newUser();
    const [first, second] = [newKey(), newKey()];
    const tasks = await Promise.all(
      Array.from({ length: 50 }, () => filledTask(store, { owner, jobKey: newKey() })),
    );
    const armed = await Promise.all(
      tasks.map(async ({ task, run, digest }, index) => {
        // Neighbours share one key each, so that the chain holds all of them together.
        const jobKeys = index % 2 === 0 ? [first, second] : [second];
        const prepared = await prepare(task.id, { digest, jobKeys });
        if (prepared.kind !== "prepared") return undefined;
        await writeTask(store.writer, task.id, (write) => approveByStandingConsent(write, digest));
        const { intent } = prepared;
        return arm(store, { task, run, digest, intent, ...(await leasedSession(store, task)) });
      }),
    );
    expect(armed.filter((row) => row?.state === "armed")).toHaveLength(1);
    expect(await liveOf(owner.userId, first, second)).toMatchObject([{ state: "armed" }]);
  });

  test("another person may apply for the same job", async () => {
    const shared = newKey();
    const [ada, grace] = await Promise.all([filledTask(store), filledTask(store)]);
    for (const { task, digest } of [ada, grace]) {
      expect(await prepare(task.id, { digest, jobKeys: [shared] })).toMatchObject({
        kind: "prepared",
      });
    }
  });

  test("keys follow the attempt: an aborted one lets go of all of them, a rejected one too", async () => {
    const { task, digest } = await filledTask(store);
    const sibling = newKey();
    const intent = intentOf(await prepare(task.id, { digest, jobKeys: [sibling] }));
    expect(await liveOf(task.userId, sibling)).toMatchObject([{ id: intent.id }]);
    await setIntentState(store.db, intent, "abort");
    expect(await liveOf(task.userId, sibling, task.jobKey)).toEqual([]);

    const sent = await sentTask();
    const dispatched = await findIntent(store.db, sent.task.id);
    if (dispatched === undefined) throw new Error("no intent");
    await setIntentState(store.db, dispatched, "reject", { evidence: { verdict: "rejected" } });
    expect(await liveOf(sent.task.userId, sent.task.jobKey)).toEqual([]);
  });

  test("the site's word that one had applied before keeps the job", async () => {
    const { task } = await sentTask();
    const dispatched = await findIntent(store.db, task.id);
    if (dispatched === undefined) throw new Error("no intent");
    const evidence = { verdict: "already_applied" };
    await setIntentState(store.db, dispatched, "reject", { evidence });
    expect(await liveOf(task.userId, task.jobKey)).toMatchObject([
      { state: "rejected", decidedBy: "proof" },
    ]);
    await end(task);
    const owner = { userId: task.userId, resumeId: task.resumeId };
    await expect(store.newTask({ owner, jobKey: task.jobKey })).rejects.toMatchObject({
      code: "ALREADY_APPLIED",
      details: { taskId: task.id, outcome: "already_applied" },
    });
  });

  test("an attempt that learns a sibling key holds it from then on", async () => {
    const { task, digest } = await filledTask(store);
    const sibling = newKey();
    await prepare(task.id, { digest });
    const intent = intentOf(await prepare(task.id, { digest, jobKeys: [sibling] }));
    expect(await liveOf(task.userId, sibling)).toMatchObject([{ id: intent.id }]);
  });
});

test("what may have been sent never ends as not submitted", async () => {
  const { task } = await sentTask();
  await end(task);
  expect(await getTask(store.db, { id: task.id })).toMatchObject({
    state: "failed",
    outcome: "unconfirmed",
    reason: "NO_PROOF",
  });
  expect(await findIntent(store.db, task.id)).toMatchObject({ state: "unknown", decidedBy: null });
});

test("while its outcome is unknown no other task gets the job, by whichever key", async () => {
  const first = await sentTask();
  await end(first.task);
  const { userId, resumeId, jobKey } = first.task;
  const owner = { userId, resumeId };
  await expect(store.newTask({ owner, jobKey })).rejects.toMatchObject({
    code: "ALREADY_APPLIED",
    details: { taskId: first.task.id, outcome: "unconfirmed" },
  });
  const mirror = await filledTask(store, { owner, jobKey: newKey() });
  const held = await prepare(mirror.task.id, { digest: mirror.digest, jobKeys: [jobKey] });
  expect(held).toMatchObject({ kind: "held_by_other_task", intent: { id: first.intent.id } });
});

describe("an armed attempt that an earlier run left behind", () => {
  test("stands while the epoch that armed it may still act", async () => {
    const approved = await approvedTask(store);
    await arm(store, approved);
    expect(await prepare(approved.task.id, { digest: "v1:new" })).toMatchObject({
      kind: "armed",
      intent: { id: approved.intent.id, digest: approved.digest },
    });
    expect(await findIntent(store.db, approved.task.id)).toMatchObject({ state: "armed" });
  });

  test.each([
    [
      "its fence was taken over",
      ({ sessionId, task }: { sessionId: string; task: TaskRow }) =>
        takeOver(store, { sessionId, taskId: task.id, userId: task.userId }),
    ],
    [
      "its session has ended",
      ({ sessionId }: { sessionId: string }) =>
        endBrowserSession(store.db, { sessionId, as: "lost" }),
    ],
  ])("makes room for a new one once %s", async (_, happen) => {
    const approved = await approvedTask(store);
    await arm(store, approved);
    await happen(approved);
    expect(await prepare(approved.task.id, { digest: "v1:new" })).toMatchObject({
      kind: "prepared",
      intent: { state: "prepared", digest: "v1:new", approvalId: null },
    });
    const { sessionId, fence, intent } = approved;
    const late = { intentId: intent.id, sessionId, fence, requestDigest: null };
    expect(await dispatchIntent(store.db, late)).toBe(false);
  });
});

test("an attempt that was dispatched is told apart and left alone", async () => {
  const { task, digest } = await sentTask();
  expect(await prepare(task.id, { digest: "v1:new" })).toMatchObject({
    kind: "sent",
    intent: { digest },
  });
});

describe("a person's choice to repeat what may have arrived", () => {
  async function repeated() {
    const first = await sentTask();
    await end(first.task);
    const { userId, resumeId } = first.task;
    const again = await filledTask(store, {
      owner: { userId, resumeId },
      jobKey: first.task.jobKey,
      repeatsIntentId: first.intent.id,
    });
    return { first, again };
  }

  test("puts the new attempt in the place of the old one, in one transaction", async () => {
    const { first, again } = await repeated();
    expect(await liveOf(first.task.userId, first.task.jobKey)).toMatchObject([
      { id: first.intent.id },
    ]);
    const prepared = await prepare(again.task.id, { digest: again.digest });
    const intent = intentOf(prepared);
    expect(prepared.kind).toBe("prepared");
    expect(await findIntent(store.db, first.task.id)).toMatchObject({
      state: "unknown",
      supersededBy: intent.id,
    });
    expect(await liveOf(first.task.userId, first.task.jobKey)).toMatchObject([{ id: intent.id }]);
  });

  test("ends with an attempt that sent nothing: the old one holds the job again", async () => {
    const { first, again } = await repeated();
    await prepare(again.task.id, { digest: again.digest });
    await end(again.task);
    expect(await liveOf(first.task.userId, first.task.jobKey)).toMatchObject([
      { id: first.intent.id, supersededBy: null },
    ]);
  });

  test("does not hold once the old one was decided", async () => {
    const { first, again } = await repeated();
    const old = await findIntent(store.db, first.task.id);
    if (old === undefined) throw new Error("no intent");
    await setIntentState(store.db, old, "confirm", { decidedBy: "person" });
    expect(await prepare(again.task.id, { digest: again.digest })).toMatchObject({
      kind: "held_by_other_task",
      intent: { id: first.intent.id, state: "confirmed", decidedBy: "person" },
    });
  });
});
