import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { endTask, enterState, reportProgress } from "./task-progress.ts";
import { listEvents } from "./event-log.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const progress = (pct: number) => ({ step: "fill-fields" as const, pct, message: "filling" });

test("writers at the same time number their events without a gap or a double", async () => {
  const { id } = await store.newTask();
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      writeTask(store.writer, id, async (write) => {
        reportProgress(write, progress(n));
        reportProgress(write, progress(n + 1));
      }),
    ),
  );
  const events = await listEvents(store.db, { taskId: id, after: 0, limit: 500 });
  expect(events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: events.length }, (_, n) => n + 1),
  );
  expect(events.filter(({ type }) => type === "progress")).toHaveLength(60);
  const shares = events.flatMap((event) => (event.type === "progress" ? [event.data.pct] : []));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test("a write that fails leaves no event, no number and no ring", async () => {
  const { id } = await store.newTask();
  const before = await listEvents(store.db, { taskId: id, after: 0, limit: 500 });
  const rings = store.rung.length;
  const failing = writeTask(store.writer, id, async (write) => {
    reportProgress(write, progress(50));
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(await listEvents(store.db, { taskId: id, after: 0, limit: 500 })).toEqual(before);
  expect(store.rung.length).toBe(rings);
});

test("a task ends once; what comes later changes nothing", async () => {
  const { id } = await store.newTask();
  const end = { outcome: "not_submitted", reason: "CANCELLED", message: "Cancelled." } as const;
  const results = await Promise.all(
    [1, 2, 3].map(() => writeTask(store.writer, id, (write) => endTask(write, end))),
  );
  expect(results.filter(Boolean)).toHaveLength(1);
  const events = await listEvents(store.db, { taskId: id, after: 0, limit: 500 });
  expect(events.filter(({ type }) => type === "failed")).toHaveLength(1);
  await expect(
    writeTask(store.writer, id, (write) => enterState(write, "filling")),
  ).rejects.toMatchObject({
    code: "ILLEGAL_TRANSITION",
  });
});

test("an unknown task is NOT_FOUND", async () => {
  const write = writeTask(store.writer, "00000000-0000-4000-8000-000000000000", async () => {});
  await expect(write).rejects.toMatchObject({ code: "NOT_FOUND" });
});
