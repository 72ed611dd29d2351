import type { TaskEvent, TaskMessage } from "@valet/contracts";
import { type TaskRow, type TaskWriter, endTask, reportProgress, writeTask } from "@valet/db";
import type { Doorbell } from "@valet/doorbell";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, openApiFixture } from "./api.fixture.ts";
import { type LogItem, readEventLog } from "./read-event-log.ts";

/** A doorbell in this process that also counts who listens. */
function localDoorbell() {
  const listeners = new Set<(message: TaskMessage) => void>();
  return {
    listeners,
    ring: (_userId: string, message: TaskMessage) => {
      for (const listener of listeners) listener(message);
    },
    subscribe: ((_userId, onMessage) => {
      listeners.add(onMessage);
      return () => void listeners.delete(onMessage);
    }) satisfies Doorbell["subscribe"],
  };
}

let api: ApiFixture;
let userId: string;

beforeAll(async () => {
  api = await openApiFixture();
  userId = (await api.addPerson()).id;
});
afterAll(() => api.close());

const never = 2 ** 30;
const { signal } = new AbortController();

function progress(writer: TaskWriter, task: TaskRow, pct: number): Promise<void> {
  return writeTask(writer, task.id, (write) =>
    reportProgress(write, { step: "fill-fields", pct, message: `${pct}` }),
  );
}

function end(writer: TaskWriter, task: TaskRow): Promise<boolean> {
  return writeTask(writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "It failed." }),
  );
}

async function collect(log: AsyncIterable<LogItem>): Promise<LogItem[]> {
  const items: LogItem[] = [];
  for await (const item of log) items.push(item);
  return items;
}

function seqsOf(items: readonly LogItem[]): number[] {
  return items.flatMap((item) => (item.kind === "event" ? [item.event.seq] : []));
}

test("with rings alone, readers that start at any moment get every event in order and end", async () => {
  const doorbell = localDoorbell();
  const writer = { db: api.db, ring: doorbell.ring };
  const task = await api.addTask(userId);
  const readers: Promise<LogItem[]>[] = [];
  for (let pct = 1; pct <= 15; pct += 1) {
    const input = { taskId: task.id, userId, after: 0 };
    readers.push(collect(readEventLog({ db: api.db, doorbell, pollMs: never }, input, signal)));
    await progress(writer, task, pct);
  }
  await end(writer, task);
  const logs = await Promise.all(readers);
  const all = seqsOf(logs[0] ?? []);
  expect(all).toEqual(Array.from({ length: all.length }, (_, index) => index + 1));
  expect(all.length).toBeGreaterThan(16);
  for (const log of logs) expect(seqsOf(log)).toEqual(all);
  expect(doorbell.listeners.size).toBe(0);
});

test("without any ring everything arrives by polling", async () => {
  const task = await api.addTask(userId);
  const doorbell = { subscribe: () => () => {} };
  const input = { taskId: task.id, userId, after: 0 };
  const log = collect(readEventLog({ db: api.db, doorbell, pollMs: 20 }, input, signal));
  await progress(api.writer, task, 50);
  await end(api.writer, task);
  const events = (await log).flatMap((item) => (item.kind === "event" ? [item.event] : []));
  expect(events.map(({ type }: TaskEvent) => type)).toEqual([
    "state_change",
    "progress",
    "state_change",
    "failed",
  ]);
});

test("a log longer than a page is given whole", async () => {
  const task = await api.addTask(userId);
  await writeTask(api.writer, task.id, async (write) => {
    for (let count = 0; count < 1_234; count += 1) {
      write.append({
        type: "progress",
        data: { step: "fill-fields", pct: 20, message: `${count}` },
      });
    }
  });
  await end(api.writer, task);
  const input = { taskId: task.id, userId, after: 7 };
  const seqs = seqsOf(
    await collect(readEventLog({ db: api.db, doorbell: localDoorbell() }, input, signal)),
  );
  expect(seqs).toEqual(Array.from({ length: 1_234 + 3 - 7 }, (_, index) => index + 8));
});

test("a reader who knows more than the log holds is reset and gets it from the start", async () => {
  const task = await api.addTask(userId);
  await end(api.writer, task);
  const input = { taskId: task.id, userId, after: 99 };
  const items = await collect(
    readEventLog({ db: api.db, doorbell: localDoorbell() }, input, signal),
  );
  expect(items[0]).toEqual({ kind: "reset" });
  expect(seqsOf(items)).toEqual([1, 2, 3]);
});

test("while nothing happens it says so, and the signal ends it and its subscription", async () => {
  const doorbell = localDoorbell();
  const task = await api.addTask(userId);
  const stop = new AbortController();
  const input = { taskId: task.id, userId, after: 1 };
  const timing = { pollMs: 5, quietMs: 0 };
  const items: LogItem[] = [];
  for await (const item of readEventLog({ db: api.db, doorbell, ...timing }, input, stop.signal)) {
    items.push(item);
    if (items.length === 3) stop.abort();
  }
  expect(items).toEqual([{ kind: "quiet" }, { kind: "quiet" }, { kind: "quiet" }]);
  expect(doorbell.listeners.size).toBe(0);
});
