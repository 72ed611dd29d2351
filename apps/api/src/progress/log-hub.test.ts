import type { TaskMessage } from "@valet/contracts";
import { type TaskRow, type TaskWriter, endTask, reportProgress, writeTask } from "@valet/db";
import type { Doorbell } from "@valet/doorbell";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type ApiFixture, openApiFixture } from "../api.fixture.ts";
import { type FollowedLog, type LogHub, createLogHub } from "./log-hub.ts";
import type { FollowingEnd } from "./log-tail.ts";

/** A doorbell in this process that also counts who listens. */
function localDoorbell() {
  const listeners = new Set<{ userId: string; hear: (message: TaskMessage) => void }>();
  return {
    listeners,
    ring: (userId: string, message: TaskMessage) => {
      for (const listener of listeners) if (listener.userId === userId) listener.hear(message);
    },
    subscribe: ((userId, hear) => {
      const listener = { userId, hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
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

function openHub(doorbell: Pick<Doorbell, "subscribe">, pollMs: number): LogHub {
  const hub = createLogHub({ db: api.db, doorbell, pollMs, log: api.deps.log });
  onTestFinished(() => hub.close());
  return hub;
}

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

interface Read {
  readonly positions: readonly number[];
  readonly types: readonly string[];
  readonly resets: number;
  readonly why: FollowingEnd;
}

/** Everything until the log ends. */
function readToEnd(hub: LogHub, log: FollowedLog, after: number): Promise<Read> {
  return new Promise((resolve) => {
    const positions: number[] = [];
    const types: string[] = [];
    let resets = 0;
    hub.follow(log, after, {
      send({ position, event }) {
        positions.push(position);
        types.push(event.type);
        return 0;
      },
      reset: () => void (resets += 1),
      end: (why) => resolve({ positions, types, resets, why }),
    });
  });
}

function upTo(last: number, from = 1): number[] {
  return Array.from({ length: last - from + 1 }, (_, index) => index + from);
}

test("with rings alone, readers that start at any moment get every event in order and end", async () => {
  const doorbell = localDoorbell();
  const hub = openHub(doorbell, never);
  const writer = { db: api.db, ring: doorbell.ring };
  const task = await api.addTask(userId);
  const readers: Promise<Read>[] = [];
  for (let pct = 1; pct <= 15; pct += 1) {
    readers.push(readToEnd(hub, { userId, taskId: task.id }, 0));
    await progress(writer, task, pct);
  }
  await end(writer, task);
  for (const { positions, why } of await Promise.all(readers)) {
    expect([positions, why]).toEqual([upTo(18), "complete"]);
  }
  expect(doorbell.listeners.size).toBe(0);
});

test("without any ring everything arrives by polling", async () => {
  const task = await api.addTask(userId);
  const hub = openHub({ subscribe: () => () => {} }, 20);
  const read = readToEnd(hub, { userId, taskId: task.id }, 0);
  await progress(api.writer, task, 50);
  await end(api.writer, task);
  expect((await read).types).toEqual(["state_change", "progress", "state_change", "failed"]);
});

test("a log longer than a page is given whole", async () => {
  const task = await api.addTask(userId);
  await writeTask(api.writer, task.id, (write) => {
    for (let count = 0; count < 1_234; count += 1) {
      const data = { step: "fill-fields", pct: 20, message: `${count}` } as const;
      write.append({ type: "progress", data });
    }
  });
  await end(api.writer, task);
  const hub = openHub(localDoorbell(), never);
  const { positions } = await readToEnd(hub, { userId, taskId: task.id }, 7);
  expect(positions).toEqual(upTo(1_237, 8));
});

test("a reader who knows more than the log holds is reset and gets it from the start", async () => {
  const task = await api.addTask(userId);
  await end(api.writer, task);
  const hub = openHub(localDoorbell(), never);
  const read = await readToEnd(hub, { userId, taskId: task.id }, 99);
  expect([read.resets, read.positions]).toEqual([1, [1, 2, 3]]);
});

test("a person's log has the events of all their tasks in one gap-free order and of nobody else's", async () => {
  const doorbell = localDoorbell();
  const hub = openHub(doorbell, never);
  const writer = { db: api.db, ring: doorbell.ring };
  const someone = (await api.addPerson()).id;
  const seen: {
    readonly position: number;
    readonly taskId: string | undefined;
    readonly seq: number;
  }[] = [];
  const following = hub.follow({ userId: someone }, 0, {
    send({ position, event }) {
      seen.push({ position, taskId: event.taskId, seq: event.seq });
      return 0;
    },
    reset: () => {},
    end: () => {},
  });
  const tasks = await Promise.all([1, 2, 3].map(() => api.addTask(someone)));
  const other = await api.addTask(userId);
  await Promise.all(
    [...tasks, ...tasks, ...tasks, other].map((task, index) => progress(writer, task, index + 1)),
  );
  await vi.waitFor(() => expect(seen).toHaveLength(12));
  following.stop();
  expect(seen.map(({ position }) => position)).toEqual(upTo(12));
  for (const { id } of tasks) {
    const seqs = seen.filter(({ taskId }) => taskId === id).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3, 4]);
  }
  expect(doorbell.listeners.size).toBe(0);
});

test("a task that is erased ends its readers", async () => {
  const someone = (await api.addPerson()).id;
  const task = await api.addTask(someone);
  const hub = openHub(localDoorbell(), 20);
  const read = readToEnd(hub, { userId: someone, taskId: task.id }, 0);
  await api.db.deleteFrom("users").where("id", "=", someone).execute();
  expect((await read).why).toBe("gone");
});
