import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { claimDeliveries } from "./claim-deliveries.ts";
import { settleDelivery } from "./settle-delivery.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { addPing, forgetOldDeliveries, listDeliveries } from "./webhook-deliveries.ts";
import { addWebhook, deleteWebhook } from "./webhooks.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());
afterEach(async () => void (await store.db.deleteFrom("webhooks").execute()));

async function newHook() {
  const owner = await store.newUser();
  const task = await store.newTask({ owner });
  const { userId } = owner;
  const hook = await addWebhook(store.db, { userId, url: "https://a.test/", events: null });
  return { userId, task, hook };
}

const progress = (taskId: string, count = 1) =>
  writeTask(store.writer, taskId, ({ append }) => {
    for (let index = 0; index < count; index += 1)
      append({ type: "progress", data: { step: "fill-fields", pct: 1, message: "Filling." } });
  });

const room = { sound: 100, suspect: 100, perWebhook: 2, leaseMs: 30_000 };

test("a webhook that is being removed neither holds up nor breaks what is written meanwhile", async () => {
  const { userId, task, hook } = await newHook();
  const { promise: removed, resolve: remove } = Promise.withResolvers<void>();
  const { promise: isRemoving, resolve: removing } = Promise.withResolvers<void>();
  const removal = store.db.transaction().execute(async (trx) => {
    await deleteWebhook(trx, { id: hook.id, userId });
    removing();
    await removed;
  });
  await isRemoving;
  await progress(task.id);
  remove();
  await removal;
  expect(await store.db.selectFrom("webhooks").selectAll().execute()).toEqual([]);
});

test("without passing it over the write would wait for the removal, and fail by it", async () => {
  const { userId, task, hook } = await newHook();
  const { rows } = await sql<{ source: string }>`
    select pg_get_functiondef('tell_webhooks'::regproc) as source`.execute(store.db);
  const source = rows[0]?.source ?? "";
  const unguarded = source.replace("for key share of webhook skip locked", "");
  expect(unguarded).not.toBe(source);
  await sql.raw(unguarded).execute(store.db);
  try {
    const { promise: removed, resolve: remove } = Promise.withResolvers<void>();
    const { promise: isRemoving, resolve: removing } = Promise.withResolvers<void>();
    const removal = store.db.transaction().execute(async (trx) => {
      await deleteWebhook(trx, { id: hook.id, userId });
      removing();
      await removed;
    });
    await isRemoving;
    const written = progress(task.id).then(
      () => "written",
      (error: { code?: string }) => error.code,
    );
    const waits = async () => {
      const waiting = await sql<{ count: number }>`
        select count(*)::integer as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(store.db);
      return waiting.rows[0]?.count;
    };
    await expect.poll(waits).toBe(1);
    remove();
    await removal;
    expect(await written).toBe("23503");
  } finally {
    await sql.raw(source).execute(store.db);
  }
});

test("of eleven that are added at once ten are", async () => {
  const { userId } = await store.newUser();
  const added = await Promise.allSettled(
    Array.from({ length: 11 }, () =>
      addWebhook(store.db, { userId, url: "https://a.test/", events: null }),
    ),
  );
  expect(added.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  expect(added.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "WEBHOOK_LIMIT" },
  });
});

test("claims at the same time never take the same message, and leave a webhook alone that is busy", async () => {
  const { task } = await newHook();
  await progress(task.id, 20);
  const claims = await Promise.all(
    Array.from({ length: 6 }, () => claimDeliveries(store.db, room)),
  );
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // Each looks before the others have taken theirs, so a few more may be under way for a moment.
  expect(ids.length).toBeGreaterThanOrEqual(2);
  expect(await claimDeliveries(store.db, room)).toEqual([]);
  for (const claimed of claims.flat()) {
    await settleDelivery(store.db, claimed, { kind: "answered", status: 200, ms: 1 });
  }
  expect(await claimDeliveries(store.db, room)).toHaveLength(2);
});

test("webhooks that failed have places of their own, and take none from the others", async () => {
  const [dead, sound] = [await newHook(), await newHook()];
  await store.db
    .updateTable("webhooks")
    .set({ failedSinceSuccess: 1 })
    .where("id", "=", dead.hook.id)
    .execute();
  await progress(dead.task.id);
  await progress(sound.task.id);
  const onlySound = await claimDeliveries(store.db, { ...room, suspect: 0 });
  expect(onlySound.map(({ webhookId }) => webhookId)).toEqual([sound.hook.id]);
  const onlyDead = await claimDeliveries(store.db, { ...room, sound: 0 });
  expect(onlyDead.map(({ webhookId, isSuspect }) => [webhookId, isSuspect])).toEqual([
    [dead.hook.id, true],
  ]);
});

test("bad news of a try that was given to another process counts for nothing, good news does", async () => {
  const { userId, task, hook } = await newHook();
  await progress(task.id);
  const [first] = await claimDeliveries(store.db, room);
  await store.db
    .updateTable("webhookDeliveries")
    .set({ claimedUntil: new Date(0) })
    .execute();
  const [second] = await claimDeliveries(store.db, room);
  if (first === undefined || second === undefined) throw new Error("It was due.");
  expect([first.id, first.attempt, second.attempt]).toEqual([second.id, 1, 2]);
  const bad = { kind: "unanswered", reason: "TIMEOUT", ms: 1 } as const;
  expect(await settleDelivery(store.db, first, bad)).toBe("failed");
  const list = async () => {
    const webhook = { id: hook.id, userId };
    return (await listDeliveries(store.db, { webhook, limit: 9 })).deliveries;
  };
  expect((await list())[0]).toMatchObject({ state: "waiting", lastError: null });
  const good = { kind: "answered", status: 204, ms: 1 } as const;
  expect(await settleDelivery(store.db, first, good)).toBe("delivered");
  expect(await settleDelivery(store.db, second, bad)).toBe("failed");
  expect((await list())[0]).toMatchObject({ state: "delivered", lastStatus: 204 });
});

test("a ping is tried once and counts for nothing but itself", async () => {
  const { userId, hook } = await newHook();
  await store.db
    .updateTable("webhooks")
    .set({ createdAt: new Date(0) })
    .execute();
  const { id } = await addPing(store.db, { id: hook.id, userId });
  const claimed = (await claimDeliveries(store.db, room)).find((one) => one.id === id);
  if (claimed === undefined) throw new Error("It was due.");
  const bad = { kind: "answered", status: 500, ms: 1 } as const;
  expect(await settleDelivery(store.db, claimed, bad)).toBe("failed");
  const row = await store.db
    .selectFrom("webhooks")
    .selectAll()
    .where("id", "=", hook.id)
    .executeTakeFirst();
  expect(row).toMatchObject({ disabledAt: null, exhaustedSinceSuccess: 0 });
});

test("what was settled is forgotten after thirty days, what waits is not", async () => {
  const { userId, task, hook } = await newHook();
  await progress(task.id, 3);
  const [one] = await claimDeliveries(store.db, room);
  if (one === undefined) throw new Error("It was due.");
  await settleDelivery(store.db, one, { kind: "answered", status: 200, ms: 1 });
  await store.db
    .updateTable("webhookDeliveries")
    .set({ createdAt: new Date(Date.now() - 31 * 86_400_000) })
    .where("webhookId", "=", hook.id)
    .execute();
  expect(await forgetOldDeliveries(store.db, 100)).toBe(1);
  const { deliveries } = await listDeliveries(store.db, {
    webhook: { id: hook.id, userId },
    limit: 9,
  });
  expect(deliveries.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
});
