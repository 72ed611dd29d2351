import { afterAll, beforeAll, expect, test } from "vitest";
import { claimTask, findOwnedTask, recordRun, setTaskSession } from "./claim-task.ts";
import { restartTask } from "./live-tasks.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { enterState } from "./task-progress.ts";
import { getTask } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const claim = (taskId: string, runId: string) =>
  writeTask(store.writer, taskId, (write) => claimTask(write, runId));

test("a task whose maker died before it was in the queue is there once a run claims it", async () => {
  const { id } = await store.newTask();
  await store.db.updateTable("tasks").set({ state: "created" }).where("id", "=", id).execute();
  const claimed = await writeTask(store.writer, id, async (write) => {
    const taken = await claimTask(write, `run-${id}`);
    enterState(write, "provisioning");
    return taken;
  });
  expect(claimed).toBe("claimed");
  expect(await getTask(store.db, { id })).toMatchObject({ state: "provisioning" });
});

test("of two runs started for one task one owns it, and keeps it when it asks again", async () => {
  const { id } = await store.newTask();
  const claims = await Promise.all([claim(id, `a-${id}`), claim(id, `b-${id}`)]);
  expect(claims.toSorted()).toEqual(["claimed", "superseded"]);
  const winner = claims[0] === "claimed" ? `a-${id}` : `b-${id}`;
  expect(await claim(id, winner)).toBe("claimed");
});

test("a run of an older start can never take the task back", async () => {
  const { id } = await store.newTask();
  await recordRun(store.db, { runId: `never-claimed-${id}`, taskId: id, epoch: 1 });
  await claim(id, `old-${id}`);
  await writeTask(store.writer, id, restartTask);
  expect(await claim(id, `old-${id}`)).toBe("superseded");
  expect(await claim(id, `never-claimed-${id}`)).toBe("superseded");
  expect(await findOwnedTask(store.db, { taskId: id, runId: `old-${id}` })).toBeUndefined();
  expect(await claim(id, `new-${id}`)).toBe("claimed");
  expect(await findOwnedTask(store.db, { taskId: id, runId: `new-${id}` })).toMatchObject({
    epoch: 2,
  });
});

test("only the run that owns a task says which browser session it has", async () => {
  const { id: taskId } = await store.newTask();
  const [owner, other] = [`owner-${taskId}`, `other-${taskId}`];
  await claim(taskId, owner);
  await setTaskSession(store.db, { taskId, runId: other, sessionId: "theirs" });
  expect(await findOwnedTask(store.db, { taskId, runId: owner })).toMatchObject({
    sessionId: null,
  });
  await setTaskSession(store.db, { taskId, runId: owner, sessionId: "ours" });
  expect(await findOwnedTask(store.db, { taskId, runId: owner })).toMatchObject({
    sessionId: "ours",
  });
});

test("a run may be recorded while it claims its task: neither waits for the other", async () => {
  const { id: taskId } = await store.newTask();
  const runId = `recorded-${taskId}`;
  const claimed = await writeTask(store.writer, taskId, async (write) => {
    await recordRun(store.db, { runId, taskId, epoch: 1 });
    return claimTask(write, runId);
  });
  expect(claimed).toBe("claimed");
});
