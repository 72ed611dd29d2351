import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listLiveTasks } from "./live-tasks.ts";
import { addManyTasks } from "./many-tasks.fixture.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeEach(async () => void (store = await openTestStore()));
afterEach(() => store.close());

/** Of a task whose run has just begun: the newest of all. */
async function addAtWork(): Promise<string> {
  const { id } = await store.newTask();
  await store.db
    .updateTable("tasks")
    .set({ state: "filling", admittedAt: sql<Date>`now()`, runId: "at-work", epoch: 1 })
    .where("id", "=", id)
    .execute();
  return id;
}

test("what is at work comes before all that wait for a person, however long those are silent", async () => {
  await addManyTasks(store.db, { ended: 5, parked: 30, people: 3, hosts: 3 });
  const id = await addAtWork();
  const [first, ...others] = await listLiveTasks(store.db, { limit: 10 });
  expect(first).toMatchObject({ taskId: id, state: "filling" });
  expect(others.map(({ state }) => state)).toEqual(others.map(() => "awaiting_review"));
  expect(others).toHaveLength(9);
});

test("of those that wait for a person each is looked at some time", async () => {
  await addManyTasks(store.db, { parked: 30, people: 3, hosts: 3 });
  const seen = new Set<string>();
  for (let looks = 0; looks < 200 && seen.size < 30; looks += 1) {
    for (const { taskId } of await listLiveTasks(store.db, { limit: 10 })) seen.add(taskId);
  }
  expect(seen.size).toBe(30);
});

test("what was not let start yet has no run to be compared with, unless it is asked for", async () => {
  await addManyTasks(store.db, { waiting: 30, people: 3, hosts: 3 });
  const { id: queued } = await store.newTask();
  const id = await addAtWork();
  const live = await listLiveTasks(store.db, { limit: 10 });
  expect(live.map(({ taskId }) => taskId)).toEqual([id]);
  const asked = await listLiveTasks(store.db, { limit: 10, taskIds: [queued] });
  expect(asked).toMatchObject([{ taskId: queued, runId: null }]);
});
