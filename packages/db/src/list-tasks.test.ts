import { afterAll, beforeAll, expect, test } from "vitest";
import { listTasks } from "./list-tasks.ts";
import { notePosting } from "./note-posting.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

test("words are looked for in a job's address and in what its page says, all of them, each as it stands", async () => {
  const owner = await store.newUser();
  const acme = await store.newTask({ owner, jobKey: "acme.example.com/jobs/50%_off" });
  const bolt = await store.newTask({ owner, jobKey: "bolt.example.com/jobs/1" });
  await notePosting(store.db, {
    taskId: bolt.id,
    posting: { company: "Bolt & Søn", title: "Nurse (m/f/d)" },
  });
  await store.newTask({ jobKey: "acme.example.com/jobs/of-somebody-else" });
  const found = async (text: string) => {
    const { tasks } = await listTasks(store.db, {
      userId: owner.userId,
      filter: { text },
      limit: 10,
    });
    return tasks.map(({ id }) => id);
  };
  expect(await found("ACME")).toEqual([acme.id]);
  expect(await found("nurse søn")).toEqual([bolt.id]);
  expect(await found("nurse acme")).toEqual([]);
  expect(await found("example.com jobs")).toEqual([bolt.id, acme.id]);
  expect(await found("50%_off")).toEqual([acme.id]);
  expect(await found("5_%")).toEqual([]);
  expect(await found("\\")).toEqual([]);
  expect(
    (await listTasks(store.db, { userId: owner.userId, filter: {}, limit: 10 })).tasks,
  ).toEqual(expect.arrayContaining([expect.objectContaining({ posting: {}, id: acme.id })]));
});
