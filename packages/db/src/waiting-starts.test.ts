import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { countWaitingStarts, readAdmissionPace, readQueueDepth } from "./waiting-starts.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const second = 1_000;

type Times = "createdAt" | "notBefore" | "heldUpUntil" | "admittedAt";

async function change(
  id: string,
  values: Partial<Record<Times, Date>> & { readonly heldUpBy?: string },
): Promise<void> {
  await store.db.updateTable("tasks").set(values).where("id", "=", id).execute();
}

test("all that waits is counted by why, with how long, and nobody is named", async () => {
  expect(await readQueueDepth(store.db)).toEqual({
    total: 0,
    byReason: {},
    oldestSeconds: 0,
    perPerson: [],
  });
  const owner = await store.newUser();
  const [first, due, later] = [
    await store.newTask({ owner }),
    await store.newTask({ owner }),
    await store.newTask({ owner }),
  ];
  const alone = await store.newTask();
  const now = Date.now();
  await change(first.id, { heldUpBy: "person_live", createdAt: new Date(now - 90 * second) });
  // Its time has come 30 s ago, whatever held it up before.
  await change(due.id, {
    heldUpBy: "not_before",
    createdAt: new Date(now - 900 * second),
    notBefore: new Date(now - 30 * second),
  });
  await change(later.id, {
    heldUpBy: "person_live",
    createdAt: new Date(now - 9_000 * second),
    notBefore: new Date(now + 600 * second),
  });
  const depth = await readQueueDepth(store.db);
  expect(depth).toMatchObject({
    total: 4,
    byReason: { person_live: 1, not_before: 1, turn: 2 },
    perPerson: [3, 1],
  });
  expect(Math.round(depth.oldestSeconds / 10)).toBe(9);
  expect(JSON.stringify(depth)).not.toContain(owner.userId);
  expect(await countWaitingStarts(store.db)).toEqual(
    new Map([
      [owner.userId, 3],
      [alone.userId, 1],
    ]),
  );

  const firstAt = new Date(now + 300 * second);
  await change(alone.id, { heldUpUntil: firstAt });
  expect(await readAdmissionPace(store.db)).toEqual({ admitted: 0, nextAt: firstAt });
  await change(alone.id, { admittedAt: new Date(now) });
  expect(await readAdmissionPace(store.db)).toMatchObject({ admitted: 1 });
  expect(await readAdmissionPace(store.db, owner.userId)).toEqual({
    admitted: 0,
    nextAt: new Date(now + 600 * second),
  });
  expect(await readQueueDepth(store.db)).toMatchObject({ total: 3, perPerson: [3] });
});
