import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { armIntent } from "./arm-intent.ts";
import { waitForHostTurn } from "./host-turns.ts";
import { type ApprovedTask, approvedTask, arm } from "./intent.fixture.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const spacingMs = 3_000;

async function approvedAt(host: string): Promise<ApprovedTask> {
  const approved = await approvedTask(store);
  await store.db.updateTable("tasks").set({ host }).where("id", "=", approved.task.id).execute();
  return approved;
}

function waitOf({ intent }: ApprovedTask, host: string, spacing = spacingMs): Promise<number> {
  return store.db
    .transaction()
    .execute((trx) => waitForHostTurn(trx, { host, intentId: intent.id, spacingMs: spacing }));
}

/** Arms it unless it has to wait, as a worker does. */
async function armInTurn(
  { task, run, digest, intent, sessionId, fence }: ApprovedTask,
  host: string,
) {
  return writeTask(store.writer, task.id, async ({ trx }) => {
    const waitMs = await waitForHostTurn(trx, { host, intentId: intent.id, spacingMs });
    if (waitMs > 0) return "waits";
    await armIntent(trx, { intentId: intent.id, digest, runId: run, sessionId, fence });
    return "armed";
  });
}

test("of many that would be sent to a host at once one is armed", async () => {
  const host = "busy.test";
  const all = await Promise.all(Array.from({ length: 5 }, () => approvedAt(host)));
  const came = await Promise.all(all.map((one) => armInTurn(one, host)));
  expect(came.toSorted()).toEqual(["armed", "waits", "waits", "waits", "waits"]);
});

test("without a spacing, or to another host, nobody waits", async () => {
  const [first, second] = [await approvedAt("one.test"), await approvedAt("one.test")];
  await arm(store, first);
  expect(await waitOf(second, "one.test")).toBeGreaterThan(0);
  expect(await waitOf(second, "one.test", 0)).toBe(0);
  expect(await waitOf(second, "two.test")).toBe(0);
  expect(await waitOf(first, "one.test")).toBe(0);
});

test("after one was sent the next waits for the rest of the spacing", async () => {
  const host = "sent.test";
  const [first, second] = [await approvedAt(host), await approvedAt(host)];
  await arm(store, first);
  const sentAgo = (seconds: number) =>
    store.db
      .updateTable("submissionIntents")
      .set({
        state: "dispatched",
        dispatchedAt: sql<Date>`now() - make_interval(secs => ${seconds})`,
      })
      .where("id", "=", first.intent.id)
      .execute();
  await sentAgo(1);
  const wait = await waitOf(second, host);
  expect(wait).toBeGreaterThan(1_000);
  expect(wait).toBeLessThanOrEqual(2_000);
  await sentAgo(4);
  expect(await waitOf(second, host)).toBe(0);
});

test("one that was armed long ago and vanished holds nobody up", async () => {
  const host = "gone.test";
  const [first, second] = [await approvedAt(host), await approvedAt(host)];
  await arm(store, first);
  await store.db
    .updateTable("submissionIntents")
    .set({ armedAt: sql<Date>`now() - interval '3 minutes'` })
    .where("id", "=", first.intent.id)
    .execute();
  expect(await waitOf(second, host)).toBe(0);
});
