import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { approvedTask, arm, filledTask } from "./intent.fixture.ts";
import { findIntent, prepareIntent } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { type ConsentApproval, approveByStandingConsent } from "./standing-consents.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const consentsOf = (userId: string) =>
  store.db
    .selectFrom("standingConsents")
    .select(["scope", "dailyCap", "version"])
    .where("userId", "=", userId)
    .execute();

const revokeAll = (userId: string) =>
  store.db
    .updateTable("standingConsents")
    .set({ revokedAt: sql`now()` })
    .where("userId", "=", userId)
    .execute();

const grant = (userId: string, scope: object, dailyCap = 50) =>
  store.db
    .insertInto("standingConsents")
    .values({ userId, version: 1, scope: jsonValue(scope), dailyCap })
    .execute();

const approve = (taskId: string, digest: string): Promise<ConsentApproval> =>
  writeTask(store.writer, taskId, async (write) => {
    await prepareIntent(write.trx, write.task, { digest });
    return approveByStandingConsent(write, digest);
  });

test("autopilot writes a consent for this task alone, copilot none", async () => {
  const autopilot = await store.newTask({ mode: "autopilot" });
  expect(await consentsOf(autopilot.userId)).toEqual([
    { scope: { taskId: autopilot.id }, dailyCap: 50, version: 1 },
  ]);
  const copilot = await store.newTask({ mode: "copilot" });
  expect(await consentsOf(copilot.userId)).toEqual([]);
});

test("a wider consent stands for those of single tasks", async () => {
  const owner = await store.newUser();
  await grant(owner.userId, { all: true });
  const { task, digest } = await filledTask(store, { owner });
  expect(await consentsOf(owner.userId)).toMatchObject([{ scope: { all: true } }]);
  expect(await approve(task.id, digest)).toMatchObject({ kind: "approved" });
});

test("without a consent that covers the task nothing is approved", async () => {
  const owner = await store.newUser();
  await filledTask(store, { owner });
  const { task, digest } = await filledTask(store, { owner, mode: "copilot" });
  const refused = { kind: "refused", why: "no_consent" };
  // That of the first task is not that of the second, and another person's is nobody else's.
  await grant((await store.newUser()).userId, { all: true });
  await grant(owner.userId, { taskId: crypto.randomUUID() });
  expect(await approve(task.id, digest)).toEqual(refused);
  await grant(owner.userId, { all: true });
  await revokeAll(owner.userId);
  expect(await approve(task.id, digest)).toEqual(refused);
  expect(await findIntent(store.db, task.id)).toMatchObject({
    state: "prepared",
    approvalId: null,
  });
});

test("the cap counts what was armed in 24 hours of the database, and no more", async () => {
  const owner = await store.newUser();
  await grant(owner.userId, { all: true }, 2);
  const armed = [await approvedTask(store, { owner }), await approvedTask(store, { owner })];
  for (const approved of armed)
    expect(await arm(store, approved)).toMatchObject({ state: "armed" });
  const { task, digest } = await filledTask(store, { owner });
  expect(await approve(task.id, digest)).toEqual({ kind: "refused", why: "daily_cap" });
  await store.db
    .updateTable("approvals")
    .set({ consumedAt: sql`now() - interval '24 hours'` })
    .where("taskId", "=", armed[0]?.task.id ?? "")
    .execute();
  expect(await approve(task.id, digest)).toMatchObject({ kind: "approved" });
});

test("fifty tasks that ask at once get as many approvals as the cap has left", async () => {
  const owner = await store.newUser();
  await grant(owner.userId, { all: true }, 7);
  const tasks = await Promise.all(Array.from({ length: 50 }, () => filledTask(store, { owner })));
  const answers = await Promise.all(tasks.map(({ task, digest }) => approve(task.id, digest)));
  expect(answers.filter(({ kind }) => kind === "approved")).toHaveLength(7);
});

test("an approval that a changed page took away gives its place back", async () => {
  const owner = await store.newUser();
  await grant(owner.userId, { all: true }, 1);
  const first = await filledTask(store, { owner });
  expect(await approve(first.task.id, first.digest)).toMatchObject({ kind: "approved" });
  expect(await approve(first.task.id, "v1:changed")).toMatchObject({ kind: "approved" });
});
