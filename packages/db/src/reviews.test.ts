import { digestOf } from "@valet/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findIntent, prepareIntent } from "./intents.ts";
import { approveReview, findApprovedReview, findOpenReview, openReview } from "./reviews.ts";
import { type TestStore, claimAndFill, openTestStore, snapshotWith } from "./task.fixture.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

async function reviewed(value = "ada@example.com") {
  const task = await store.newTask();
  await claimAndFill(store.writer, task.id, `run-${task.id}`);
  return { task, review: await show(task.id, value) };
}

const show = (taskId: string, value: string) =>
  writeTask(store.writer, taskId, async (write) => {
    const snapshot = snapshotWith(value, write.task.jobKey);
    await prepareIntent(write.trx, write.task, { digest: digestOf(snapshot) });
    return openReview(write, { snapshot, reason: "Look.", url: "https://valet.example.com" });
  });

const approve = (taskId: string, digest: string, overrides: Record<string, string> = {}) =>
  writeTask(store.writer, taskId, (write) => approveReview(write, { digest, overrides }));

const messages = (taskId: string) =>
  store.db
    .selectFrom("outbox")
    .select("message")
    .where("taskId", "=", taskId)
    .orderBy("id")
    .execute();

test("an approval, its answer to the run and the end of the review are one transaction", async () => {
  const { task, review } = await reviewed();
  const approval = await approve(task.id, review.digest);
  expect(approval).toMatchObject({ digest: review.digest, stepId: review.stepId });
  expect(await findIntent(store.db, task.id)).toMatchObject({
    state: "approved",
    approvalId: approval.approvalId,
  });
  expect(await findOpenReview(store.db, task.id)).toBeUndefined();
  expect((await messages(task.id)).at(-1)?.message).toEqual({
    kind: "push_event",
    key: "review_approved",
    scope: `task:${task.id}:${review.stepId}`,
    payload: { taskId: task.id, stepId: review.stepId, approvalId: approval.approvalId },
  });
});

test("the same approval given twice is one approval", async () => {
  const { task, review } = await reviewed();
  const first = await approve(task.id, review.digest);
  expect(await approve(task.id, review.digest)).toEqual(first);
  expect(await messages(task.id)).toHaveLength(1);
});

test("corrections bind the approval to the page as it must become", async () => {
  const { task, review } = await reviewed();
  const { digest } = await approve(task.id, review.digest, { email: "new@example.com" });
  expect(digest).toBe(digestOf(snapshotWith("new@example.com", task.jobKey)));
  expect(digest).not.toBe(review.digest);
});

test("an older review, a wrong digest and an unknown field approve nothing", async () => {
  const { task, review } = await reviewed();
  const newer = await show(task.id, "changed@example.com");
  await expect(approve(task.id, review.digest)).rejects.toMatchObject({
    code: "STALE_REVIEW",
    details: { digest: newer.digest },
  });
  await expect(approve(task.id, newer.digest, { nickname: "x" })).rejects.toMatchObject({
    code: "UNKNOWN_FIELD",
  });
  expect(await findIntent(store.db, task.id)).toMatchObject({
    state: "prepared",
    approvalId: null,
  });
});

test("a review whose time is over approves nothing, whatever clock the process has", async () => {
  const { task, review } = await reviewed();
  await store.db
    .updateTable("humanSteps")
    .set({ expiresAt: sql`now()` })
    .where("id", "=", review.stepId)
    .execute();
  await expect(approve(task.id, review.digest)).rejects.toMatchObject({ code: "NO_OPEN_REVIEW" });
  expect(await findIntent(store.db, task.id)).toMatchObject({ approvalId: null });
  const again = await show(task.id, "ada@example.com");
  expect(again.stepId).not.toBe(review.stepId);
  expect(await approve(task.id, again.digest)).toMatchObject({ stepId: again.stepId });
});

test("an approval that has expired is asked for again", async () => {
  const { task, review } = await reviewed();
  await approve(task.id, review.digest);
  await store.db
    .updateTable("approvals")
    .set({ expiresAt: sql`now()` })
    .where("taskId", "=", task.id)
    .execute();
  const { digest } = review;
  expect(await findApprovedReview(store.db, { taskId: task.id, digest })).toBeUndefined();
});

test("a page that changes after the approval takes it away", async () => {
  const { task, review } = await reviewed();
  await approve(task.id, review.digest);
  await show(task.id, "changed@example.com");
  expect(await findIntent(store.db, task.id)).toMatchObject({
    state: "prepared",
    approvalId: null,
  });
  expect(
    await findApprovedReview(store.db, { taskId: task.id, digest: review.digest }),
  ).toBeUndefined();
});

test("a step that runs again does not ask again for what was approved", async () => {
  const { task, review } = await reviewed();
  await approve(task.id, review.digest);
  expect(await findApprovedReview(store.db, { taskId: task.id, digest: review.digest })).toBe(
    review.stepId,
  );
});
