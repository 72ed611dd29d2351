import type { UnansweredQuestion } from "@valet/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finishHandover, listUnheardHandovers } from "./handovers.ts";
import { askPerson, findOpenHumanStep } from "./human-steps.ts";
import { approvedTask, arm, filledTask, leasedSession } from "./intent.fixture.ts";
import { dispatchIntent } from "./arm-intent.ts";
import { personAsOwner, releaseFence, takeFence } from "./session-fences.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import type { TaskRow } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

async function ask(
  task: TaskRow,
  kind: "takeover" | "captcha",
  questions: readonly UnansweredQuestion[] = [],
): Promise<string> {
  const texts = { asks: "You have it.", asksAgain: "You have it.", url: "http://valet/" };
  const { stepId } = await writeTask(store.writer, task.id, (write) =>
    askPerson(write, { kind, questions, ...texts }),
  );
  // As if it had been asked a while ago.
  await store.db
    .updateTable("humanSteps")
    .set({ createdAt: sql`now() - interval '10 seconds'` })
    .where("id", "=", stepId)
    .execute();
  return stepId;
}

const unheard = async ({ id }: TaskRow) => (await listUnheardHandovers(store.db, 100)).includes(id);

const messagesOf = async ({ id }: TaskRow) =>
  (await store.db.selectFrom("outbox").select("message").where("taskId", "=", id).execute()).map(
    ({ message }) => JSON.stringify(message),
  );

test("a takeover is over once nobody has control, and not before", async () => {
  const { task } = await filledTask(store);
  const { sessionId } = await leasedSession(store, task);
  const key = { sessionId, taskId: task.id, userId: task.userId };
  const owner = personAsOwner(task.userId);
  const taken = await takeFence(store.db, { ...key, hostId: "host-1", owner, leaseMs: 15_000 });
  if (taken.kind !== "taken") throw new Error(taken.kind);
  const stepId = await ask(task, "takeover");
  expect(await unheard(task)).toBe(false);
  await releaseFence(store.db, { ...key, fence: taken.fence });
  expect(await unheard(task)).toBe(true);
  await writeTask(store.writer, task.id, finishHandover);
  expect(await findOpenHumanStep(store.db, task.id)).toBeUndefined();
  expect((await messagesOf(task)).join()).toContain(stepId);
  expect(await unheard(task)).toBe(false);
});

test("a takeover that was asked for just now, and a captcha that nobody is at, are waited for", async () => {
  const fresh = (await filledTask(store)).task;
  await ask(fresh, "takeover");
  await store.db
    .updateTable("humanSteps")
    .set({ createdAt: sql`now()` })
    .where("taskId", "=", fresh.id)
    .execute();
  const walled = (await filledTask(store)).task;
  await ask(walled, "captcha");
  expect([await unheard(fresh), await unheard(walled)]).toEqual([false, false]);
});

test("a field that the person was asked to set is waited for, whoever has the browser", async () => {
  const { task } = await filledTask(store);
  await ask(task, "takeover", [{ fieldId: "notice", question: "Notice period", options: [] }]);

  expect(await unheard(task)).toBe(false);
});

test("whatever was asked is over once the application has been sent", async () => {
  const approved = await approvedTask(store);
  await arm(store, approved);
  const { task, intent, sessionId, fence } = approved;
  await ask(task, "captcha");
  expect(await unheard(task)).toBe(false);
  await dispatchIntent(store.db, { intentId: intent.id, sessionId, fence, requestDigest: null });
  expect(await unheard(task)).toBe(true);
  await writeTask(store.writer, task.id, finishHandover);
  expect(await findOpenHumanStep(store.db, task.id)).toBeUndefined();
});
