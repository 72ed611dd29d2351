import { randomUUID } from "node:crypto";
import { ValetError } from "@valet/contracts";
import {
  type Db,
  type OutboxEntry,
  type TaskRow,
  claimTask,
  connectDb,
  endTask,
  enqueue,
  findAskedRun,
  relayNext,
  restartTask,
  writeTask,
} from "@valet/db";
import { createMetrics } from "@valet/runtime";
import { openCuttableProxy } from "@valet/testkit";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type ApiFixture, openApiFixture } from "./api.fixture.ts";
import { startOutboxRelay } from "./outbox-relay.ts";

let api: ApiFixture;
let userId: string;

beforeAll(async () => {
  api = await openApiFixture();
  userId = (await api.addPerson()).id;
});
afterAll(() => api.close());
afterEach(async () => {
  await api.db.deleteFrom("outbox").execute();
});

/** An engine that notes what it is asked for, and refuses while it is down. */
function fakeEngine() {
  const engine = {
    isDown: false,
    started: [] as string[],
    pushed: [] as unknown[],
    cancelled: [] as string[],
    attempts: 0,
    answer() {
      engine.attempts += 1;
      if (engine.isDown) throw new ValetError("ENGINE_UNAVAILABLE", "Down.");
    },
    start: async ({ taskId }: { readonly taskId: string }) => {
      engine.answer();
      engine.started.push(taskId);
      return `run-${randomUUID()}`;
    },
    startParse: async ({ resumeId }: { readonly resumeId: string }) => {
      engine.answer();
      engine.started.push(resumeId);
      return `run-${randomUUID()}`;
    },
    startBatch: async ({ batchId }: { readonly batchId: string }) => {
      engine.answer();
      engine.started.push(batchId);
      return `run-${randomUUID()}`;
    },
    pushEvent: async (...event: unknown[]) => {
      engine.answer();
      engine.pushed.push(event);
    },
    cancelRun: async (runId: string) => {
      engine.answer();
      engine.cancelled.push(runId);
    },
  };
  return engine;
}

function startRelay(jobs: ReturnType<typeof fakeEngine>, db: Db = api.db) {
  const relay = startOutboxRelay({
    db,
    jobs,
    metrics: createMetrics(),
    log: api.deps.log,
    checkpoint: async () => {},
    lanes: 4,
  });
  onTestFinished(() => relay.close());
  return relay;
}

async function waiting(): Promise<number> {
  const rows = await api.db.selectFrom("outbox").select("id").where("sentAt", "is", null).execute();
  return rows.length;
}

const untilSent = () => vi.waitFor(async () => expect(await waiting()).toBe(0), 10_000);

test("what was decided before a relay existed is sent by the next one, once", async () => {
  const task = await api.addTask(userId);
  const engine = fakeEngine();
  expect(await waiting()).toBe(1);
  startRelay(engine);
  await untilSent();
  expect(engine.started).toEqual([task.id]);
  expect(await findAskedRun(api.db, { taskId: task.id, epoch: 1 })).toMatch(/^run-/);
});

test("two relays share the work and send nothing twice", async () => {
  const tasks: TaskRow[] = [];
  for (let count = 0; count < 30; count += 1) tasks.push(await api.addTask(userId));
  const engine = fakeEngine();
  startRelay(engine);
  startRelay(engine);
  await untilSent();
  expect(engine.started.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
});

test("while the engine is down messages stay, and when it is back they are sent once", async () => {
  const task = await api.addTask(userId);
  const engine = fakeEngine();
  engine.isDown = true;
  startRelay(engine);
  await vi.waitFor(() => expect(engine.attempts).toBeGreaterThan(1), 5_000);
  expect(await waiting()).toBe(1);
  engine.isDown = false;
  await untilSent();
  expect(engine.started).toEqual([task.id]);
  expect(api.logged()).toContain("the outbox waits");
});

test("a kick is enough to send at once what was decided after the relay fell asleep", async () => {
  const engine = fakeEngine();
  const relay = startRelay(engine);
  const task = await api.addTask(userId);
  relay.kick();
  await untilSent();
  expect(engine.started).toEqual([task.id]);
});

test("a relay that died between the trigger and its note leaves no second run behind", async () => {
  const task = await api.addTask(userId);
  const first = fakeEngine();
  startRelay(first);
  await untilSent();
  // The run is noted, the message is not: the process died in between.
  await api.db.updateTable("outbox").set({ sentAt: null }).execute();
  await untilSent();
  expect(first.started).toEqual([task.id]);
});

test("no run is started for a task that has ended, was claimed, or was started anew since", async () => {
  const ended = await api.addTask(userId);
  const claimed = await api.addTask(userId);
  const restarted = await api.addTask(userId);
  await writeTask(api.writer, ended.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Ended." }),
  );
  await writeTask(api.writer, claimed.id, (write) => claimTask(write, `run-${randomUUID()}`));
  await writeTask(api.writer, restarted.id, restartTask);
  const engine = fakeEngine();
  startRelay(engine);
  await untilSent();
  expect(engine.started).toEqual([restarted.id]);
  expect(await findAskedRun(api.db, { taskId: restarted.id, epoch: 1 })).toBeUndefined();
  expect(await findAskedRun(api.db, { taskId: restarted.id, epoch: 2 })).toBeDefined();
});

test("approvals and cancellations reach the engine as they were written", async () => {
  const { id: taskId } = await api.addTask(userId);
  const payload = { taskId, stepId: randomUUID(), approvalId: randomUUID() };
  const scope = `task:${taskId}:${payload.stepId}`;
  await enqueue(api.db, taskId, { kind: "push_event", key: "review_approved", scope, payload });
  await enqueue(api.db, taskId, { kind: "cancel_run", runId: "run-7" });
  const engine = fakeEngine();
  startRelay(engine);
  await untilSent();
  expect(engine.pushed).toEqual([["review_approved", payload, scope]]);
  expect(engine.cancelled).toEqual(["run-7"]);
});

test("a message of a kind that this release does not know stays and holds nothing up", async () => {
  const { id: taskId } = await api.addTask(userId);
  await api.db.updateTable("outbox").set({ message: '{"kind":"of-tomorrow"}' }).execute();
  await enqueue(api.db, taskId, { kind: "cancel_run", runId: "run-8" });
  const sent: string[] = [];
  const send = async ({ message }: OutboxEntry) => void sent.push(message.kind);
  expect(await relayNext(api.db, send)).toBe("failed");
  expect(await relayNext(api.db, send)).toBe("sent");
  expect(sent).toEqual(["cancel_run"]);
  expect(await waiting()).toBe(1);
});

test("a relay outlives the loss of Postgres and goes on when it is back", async () => {
  const { hostname: host, port } = new URL(api.databaseUrl);
  const proxy = await openCuttableProxy({ host, port: Number(port) });
  onTestFinished(() => proxy.close());
  const url = new URL(api.databaseUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  const database = connectDb({
    url: url.href,
    applicationName: "relay",
    maxConnections: 8,
    log: api.deps.log,
  });
  onTestFinished(() => database.close());
  const engine = fakeEngine();
  startRelay(engine, database.db);
  await database.check();
  await proxy.cut();
  await vi.waitFor(() => expect(api.logged()).toContain("the outbox could not be read"), 5_000);
  const task = await api.addTask(userId);
  await proxy.mend();
  await untilSent();
  expect(engine.started).toEqual([task.id]);
});
