import { digestOf } from "@valet/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type IntentRow, armIntent, dispatchIntent, findIntent, prepareIntent } from "./intents.ts";
import { approveByStandingConsent } from "./reviews.ts";
import { type TestStore, claimAndFill, openTestStore, snapshotWith } from "./task.fixture.ts";
import { endTask } from "./task-progress.ts";
import { getTask } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const runId = () => `run-${crypto.randomUUID()}`;

interface Approved {
  readonly taskId: string;
  readonly run: string;
  readonly digest: string;
  readonly intent: IntentRow;
}

async function approvedTask(): Promise<Approved> {
  const task = await store.newTask({ mode: "autopilot" });
  const run = runId();
  await claimAndFill(store.writer, task.id, run);
  const digest = digestOf(snapshotWith("ada@example.com", task.jobKey));
  await writeTask(store.writer, task.id, async (write) => {
    await prepareIntent(write.trx, write.task, digest);
    await approveByStandingConsent(write, digest);
  });
  const intent = await findIntent(store.db, task.id);
  if (intent === undefined) throw new Error("no intent was prepared");
  return { taskId: task.id, run, digest, intent };
}

const arm = ({ taskId, run, intent }: Approved, digest: string, by = run) =>
  writeTask(store.writer, taskId, ({ trx }) =>
    armIntent(trx, { intentId: intent.id, digest, runId: by, fence: 1 }),
  );

describe("at most one submission", () => {
  test("of many that dispatch at once exactly one may click", async () => {
    const approved = await approvedTask();
    await arm(approved, approved.digest);
    const results = await Promise.all(
      Array.from({ length: 8 }, () => dispatchIntent(store.db, approved.intent.id)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  test("without the compare-and-set every one of them would click", async () => {
    const { intent } = await approvedTask();
    const setBlindly = () =>
      store.db
        .updateTable("submissionIntents")
        .set({ state: "dispatched" })
        .where("id", "=", intent.id)
        .returning("id")
        .executeTakeFirst();
    const results = await Promise.all(Array.from({ length: 8 }, setBlindly));
    expect(results.filter((row) => row !== undefined)).toHaveLength(8);
  });

  test("an approval arms once, for its digest only", async () => {
    const approved = await approvedTask();
    expect(await arm(approved, "v1:other")).toBeUndefined();
    expect(await arm(approved, approved.digest)).toMatchObject({ state: "armed" });
    expect(await arm(approved, approved.digest)).toBeUndefined();
  });

  test("an expired approval arms nothing", async () => {
    const approved = await approvedTask();
    await store.db
      .updateTable("approvals")
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where("taskId", "=", approved.taskId)
      .execute();
    expect(await arm(approved, approved.digest)).toBeUndefined();
  });

  test("a run that no longer owns the task arms nothing and uses up no approval", async () => {
    const approved = await approvedTask();
    await expect(arm(approved, approved.digest, runId())).rejects.toMatchObject({
      code: "ILLEGAL_TRANSITION",
    });
    expect(await arm(approved, approved.digest)).toMatchObject({ state: "armed" });
  });

  test("a cancelled task can no longer be dispatched, even when it was armed", async () => {
    const approved = await approvedTask();
    await arm(approved, approved.digest);
    await writeTask(store.writer, approved.taskId, (write) =>
      endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Cancelled." }),
    );
    expect(await dispatchIntent(store.db, approved.intent.id)).toBe(false);
  });

  test("the database itself refuses a second live attempt for one person and job", async () => {
    const { intent } = await approvedTask();
    const second = store.db
      .insertInto("submissionIntents")
      .values({
        taskId: intent.taskId,
        userId: intent.userId,
        jobKey: intent.jobKey,
        state: "prepared",
        digest: "v1:x",
      })
      .execute();
    await expect(second).rejects.toThrow("one_live_intent_per_job");
  });
});

test("what may have been sent never ends as not submitted", async () => {
  const approved = await approvedTask();
  await arm(approved, approved.digest);
  await dispatchIntent(store.db, approved.intent.id);
  await writeTask(store.writer, approved.taskId, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "A step failed." }),
  );
  expect(await getTask(store.db, { id: approved.taskId })).toMatchObject({
    state: "failed",
    outcome: "unconfirmed",
    reason: "NO_PROOF",
  });
  expect(await findIntent(store.db, approved.taskId)).toMatchObject({ state: "unknown" });
});

test("an attempt that was armed and never dispatched makes room for a new one", async () => {
  const approved = await approvedTask();
  await arm(approved, approved.digest);
  const prepared = await writeTask(store.writer, approved.taskId, (write) =>
    prepareIntent(write.trx, write.task, "v1:new"),
  );
  expect(prepared).toMatchObject({
    kind: "prepared",
    intent: { state: "prepared", digest: "v1:new" },
  });
});

test("an attempt that was dispatched is told apart and left alone", async () => {
  const approved = await approvedTask();
  await arm(approved, approved.digest);
  await dispatchIntent(store.db, approved.intent.id);
  const prepared = await writeTask(store.writer, approved.taskId, (write) =>
    prepareIntent(write.trx, write.task, "v1:new"),
  );
  expect(prepared).toMatchObject({ kind: "sent", intent: { digest: approved.digest } });
});
