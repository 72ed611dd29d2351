import { digestOf } from "@valet/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ActAnswer,
  type ApprovalByAct,
  approveByAct,
  dispatchByAct,
  finishByAct,
} from "./approval-by-act.ts";
import { armIntent } from "./arm-intent.ts";
import { endBrowserSession } from "./browser-sessions.ts";
import { askPerson, finishHumanStep } from "./human-steps.ts";
import { filledTask, leasedSession, takeOver } from "./intent.fixture.ts";
import { findIntent, prepareIntent } from "./intents.ts";
import { approveReview, openReview } from "./reviews.ts";
import {
  type NewTaskOptions,
  type TestStore,
  openTestStore,
  snapshotWith,
} from "./task.fixture.ts";
import type { TaskRow } from "./task-row.ts";
import { withdrawAct } from "./withdraw-act.ts";
import { listEvents } from "./event-log.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const pressDigest = "ab".repeat(32);

interface Acted {
  readonly task: TaskRow;
  readonly run: string;
  readonly sessionId: string;
  readonly fence: number;
  readonly approval: ApprovalByAct;
}

interface Filled {
  readonly task: TaskRow;
  readonly run: string;
  readonly digest: string;
  readonly sessionId: string;
  readonly fence: number;
}

async function atThePage(options: NewTaskOptions = {}): Promise<Filled> {
  const filled = await filledTask(store, { mode: "copilot", ...options });
  return { ...filled, ...(await leasedSession(store, filled.task)) };
}

const act = ({ task, sessionId, fence }: Filled, value = "ada@example.com"): Promise<ActAnswer> =>
  writeTask(store.writer, task.id, (write) =>
    approveByAct(write, {
      snapshot: snapshotWith(value, task.jobKey),
      jobKeys: [],
      press: { sessionId, fence, pressDigest },
      message: "Press once more.",
    }),
  );

async function acted(options: NewTaskOptions = {}): Promise<Acted> {
  const filled = await atThePage(options);
  const answer = await act(filled);
  if (answer.kind === "refused") throw new Error(`refused: ${answer.why}`);
  return { ...filled, approval: answer.approval };
}

const press = (
  { approval, sessionId, fence }: Acted,
  instead: Partial<Parameters<typeof dispatchByAct>[1]> = {},
) =>
  dispatchByAct(store.db, {
    intentId: approval.intentId,
    sessionId,
    fence,
    pressDigest,
    requestDigest: "aa11",
    ...instead,
  });

const stateOf = async ({ id }: TaskRow) => (await findIntent(store.db, id))?.state;

const approvalsOf = ({ task }: Acted) =>
  store.db.updateTable("approvals").where("taskId", "=", task.id);

test("the same press once more is sent, once of fifty, and is on record as its person's act", async () => {
  const it = await acted();
  const answers = await Promise.all(Array.from({ length: 50 }, () => press(it)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await findIntent(store.db, it.task.id)).toMatchObject({
    state: "dispatched",
    approvalId: it.approval.approvalId,
    digest: it.approval.digest,
    sessionId: it.sessionId,
    fence: it.fence,
    requestDigest: "aa11",
  });
  const events = await listEvents(store.db, { taskId: it.task.id, after: 0, limit: 500 });
  expect(events.filter(({ type }) => type === "submit_pressed")).toMatchObject([
    { data: { approval: { approvalId: it.approval.approvalId, fields: [{ id: "email" }] } } },
  ]);
});

test.each<[string, (it: Acted) => Promise<unknown>]>([
  ["another press", (it) => press(it, { pressDigest: "cd".repeat(32) })],
  ["an earlier fence", (it) => press(it, { fence: it.fence - 1 })],
  [
    "another browser",
    async (it) => {
      const { sessionId, fence } = await atThePage();
      return press(it, { sessionId, fence });
    },
  ],
  ["an attempt that nobody knows", (it) => press(it, { intentId: crypto.randomUUID() })],
  [
    "a browser that somebody else has taken over",
    async (it) => {
      const { id: taskId, userId } = it.task;
      const fence = await takeOver(store, { sessionId: it.sessionId, taskId, userId });
      return (await press(it)) || press(it, { fence });
    },
  ],
  [
    "a browser that is gone",
    async (it) => {
      await endBrowserSession(store.db, { sessionId: it.sessionId, as: "lost" });
      return press(it);
    },
  ],
  [
    "a browser that took the place of the lost one, under the same number",
    async (it) => {
      await endBrowserSession(store.db, { sessionId: it.sessionId, as: "lost" });
      const { sessionId, fence } = await leasedSession(store, it.task);
      expect(fence).toBe(it.fence);
      return press(it, { sessionId, fence });
    },
  ],
  [
    "too much time gone by",
    async (it) => {
      await approvalsOf(it)
        .set({ expiresAt: sql`now()` })
        .execute();
      return press(it);
    },
  ],
  [
    "an approval that was used",
    async (it) => {
      await approvalsOf(it)
        .set({ consumedAt: sql`now()` })
        .execute();
      return press(it);
    },
  ],
  [
    "an approval of another kind",
    async (it) => {
      const plain = { mode: "copilot", sessionId: null, fence: null, pressDigest: null };
      await approvalsOf(it).set(plain).execute();
      return press(it);
    },
  ],
  [
    "a page that was approved anew since",
    async (it) => {
      const digest = "v1:other";
      await writeTask(store.writer, it.task.id, (write) =>
        prepareIntent(write.trx, write.task, { digest }),
      );
      return press(it);
    },
  ],
  [
    "a task that has ended",
    async (it) => {
      await store.db
        .updateTable("tasks")
        .set({ finishedAt: sql`now()` })
        .where("id", "=", it.task.id)
        .execute();
      return press(it);
    },
  ],
])("nothing is sent with %s", async (_, attempt) => {
  const it = await acted();
  expect(await attempt(it)).toBe(false);
  expect(["approved", "prepared"]).toContain(await stateOf(it.task));
});

test("no worker can use an approval that belongs to a press", async () => {
  const it = await acted();
  const { approval, run, sessionId, fence } = it;
  const { intentId, digest } = approval;
  const armed = await writeTask(store.writer, it.task.id, ({ trx }) =>
    armIntent(trx, { intentId, digest, runId: run, sessionId, fence }),
  );
  expect(armed).toBeUndefined();
});

test("a rehearsal and an application that was sent are not approved by a press", async () => {
  const rehearsed = await atThePage();
  await store.db
    .updateTable("tasks")
    .set({ rehearsal: true })
    .where("id", "=", rehearsed.task.id)
    .execute();
  expect(await act(rehearsed)).toEqual({ kind: "refused", why: "over" });
  const it = await acted();
  await press(it);
  expect(await act({ ...it, digest: "" })).toEqual({ kind: "refused", why: "sent" });
  expect(await stateOf(it.task)).toBe("dispatched");
});

test("a job that another application of this person holds is not approved by a press", async () => {
  const owner = await store.newUser();
  const jobKey = "jobs.example.com/held";
  const it = await acted({ owner, jobKey });
  await press(it);
  const second = await store.newTask({ owner, jobKey: "jobs.example.com/held-elsewhere" });
  const answer = await writeTask(store.writer, second.id, (write) =>
    approveByAct(write, {
      snapshot: snapshotWith("ada@example.com", jobKey),
      jobKeys: [jobKey],
      press: { sessionId: it.sessionId, fence: it.fence, pressDigest },
      message: "",
    }),
  );
  expect(answer).toEqual({ kind: "refused", why: "held_by_other_task" });
});

const openReviewOf = ({ task }: Filled) =>
  writeTask(store.writer, task.id, async (write) => {
    const snapshot = snapshotWith("ada@example.com", task.jobKey);
    await prepareIntent(write.trx, write.task, { digest: digestOf(snapshot) });
    return openReview(write, { snapshot, reason: "Look.", url: "http://valet/" });
  });

test("a review that is open meanwhile can still be approved, and takes the place of the press", async () => {
  const filled = await atThePage();
  const review = await openReviewOf(filled);
  const answer = await act(filled, "ada@changed.example.com");
  if (answer.kind === "refused") throw new Error(answer.why);
  const given = await writeTask(store.writer, filled.task.id, (write) =>
    approveReview(write, { digest: review.digest, overrides: {} }),
  );
  expect(await findIntent(store.db, filled.task.id)).toMatchObject({
    state: "approved",
    approvalId: given.approvalId,
  });
  expect(await press({ ...filled, approval: answer.approval })).toBe(false);
});

test("a press that lapses leaves the review as it was; one that another took the place of is left alone", async () => {
  const filled = await atThePage();
  const review = await openReviewOf(filled);
  const first = await act(filled);
  const second = await act(filled, "ada@changed.example.com");
  if (first.kind === "refused" || second.kind === "refused") throw new Error("refused");
  const withdraw = (approvalId: string) =>
    writeTask(store.writer, filled.task.id, (write) => withdrawAct(write, approvalId));
  expect(await withdraw(first.approval.approvalId)).toBe(false);
  expect(await stateOf(filled.task)).toBe("approved");
  expect(await withdraw(second.approval.approvalId)).toBe(true);
  expect(await findIntent(store.db, filled.task.id)).toMatchObject({
    state: "prepared",
    digest: review.digest,
    approvalId: null,
  });
  expect(await press({ ...filled, approval: second.approval })).toBe(false);
});

test("who gets past a wall after a press that lapsed approves what the wall was bound to", async () => {
  const filled = await atThePage();
  const { task, digest } = filled;
  const asked = await writeTask(store.writer, task.id, async (write) => {
    await prepareIntent(write.trx, write.task, { digest });
    const texts = { asks: "Solve it.", asksAgain: "Solve it.", url: "http://valet/" };
    return askPerson(write, { kind: "captcha", ...texts, digest });
  });
  await act(filled, "ada@changed.example.com");
  await writeTask(store.writer, task.id, (write) =>
    finishHumanStep(write, { stepId: asked.stepId }),
  );
  expect(await findIntent(store.db, task.id)).toMatchObject({ state: "approved", digest });
});

test("once it has left, whatever the run waits for is over and it is told so", async () => {
  const filled = await atThePage();
  const review = await openReviewOf(filled);
  const answer = await act(filled);
  if (answer.kind === "refused") throw new Error(answer.why);
  const messages = async () =>
    (
      await store.db
        .selectFrom("outbox")
        .select("message")
        .where("taskId", "=", filled.task.id)
        .orderBy("id")
        .execute()
    ).map(({ message }) => message);
  const finish = () => writeTask(store.writer, filled.task.id, finishByAct);
  const before = await messages();
  await finish();
  expect(await messages()).toEqual(before);
  await press({ ...filled, approval: answer.approval });
  await finish();
  await finish();
  expect((await messages()).slice(before.length)).toMatchObject([
    { key: "review_approved", payload: { stepId: review.stepId } },
  ]);
});
