import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createValetClient } from "@valet/client";
import { type TaskMessage, ValetError } from "@valet/contracts";
import {
  type Database,
  type NewUser,
  type TaskRow,
  type TaskWriter,
  connectDb,
  endTask,
  getTask,
  migrate,
  reportProgress,
  writeTask,
} from "@valet/db";
import { type Doorbell, connectDoorbell } from "@valet/doorbell";
import { createLogger } from "@valet/runtime";
import {
  type RunningPostgres,
  type RunningRedis,
  type SupervisedProcess,
  cacheDir,
  databaseNames,
  freePort,
  isRoot,
  startPostgres,
  startRedis,
  superviseProcess,
} from "@valet/stack";
import { everyCaseOr, testEngineEnv, testStateDir, until } from "@valet/testkit";
import { expect, onTestFinished, test } from "vitest";
import { addPersonTo, addTaskTo } from "../api.fixture.ts";

interface Storm {
  readonly tasks: number;
  readonly clientsEach: number;
  readonly events: number;
  readonly kills: Readonly<Record<ServiceName, number>>;
}
type ServiceName = "api" | "redis" | "postgres";

const storm: Storm = everyCaseOr(
  { tasks: 20, clientsEach: 50, events: 200, kills: { api: 10, redis: 10, postgres: 3 } },
  { tasks: 4, clientsEach: 10, events: 60, kills: { api: 2, redis: 2, postgres: 1 } },
);
const log = createLogger({ name: "test", level: "silent" });

/** Postgres, Redis and an API of the test's own, each of which it may kill and start where it was. */
async function startServices() {
  const states = { postgres: testStateDir(), redis: testStateDir(), api: testStateDir() };
  const port = await freePort();
  const starts = {
    // Not a fast one, which may lose what it has committed when it is killed.
    postgres: () =>
      startPostgres({
        stateDir: states.postgres,
        cacheDir: cacheDir(process.env, isRoot()),
        log: () => {},
      }),
    redis: () => startRedis({ stateDir: states.redis, log: () => {} }),
  };
  const postgres = await starts.postgres();
  const redis = await starts.redis();
  const databaseUrl = postgres.url(databaseNames.valet);
  const startApi = () =>
    superviseProcess({
      name: "api",
      stateDir: states.api,
      command: process.execPath,
      args: [fileURLToPath(new URL("../main.ts", import.meta.url))],
      env: {
        PATH: process.env["PATH"],
        VALET_TEST_RUN: process.env["VALET_TEST_RUN"],
        ...testEngineEnv(),
        DATABASE_URL: databaseUrl,
        REDIS_URL: redis.url,
        VALET_API_PORT: String(port),
        VALET_STORAGE_DIR: states.api,
        VALET_LOG_LEVEL: "error",
      },
      cwd: states.api,
      ready: { kind: "json-line" },
      graceMs: 5_000,
      log: () => {},
    });
  await migrate({
    url: databaseUrl,
    directory: fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db"))),
    log,
    signal: new AbortController().signal,
  });
  const api = await startApi();
  const running: Record<ServiceName, RunningPostgres | RunningRedis | SupervisedProcess> = {
    postgres,
    redis,
    api,
  };
  const restart = { ...starts, api: startApi };
  onTestFinished(async () => {
    for (const one of [running.api, running.redis, running.postgres]) await one.close();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    redisUrl: redis.url,
    async crash(name: ServiceName) {
      process.kill(running[name].pid, "SIGKILL");
      await running[name].close();
      running[name] = await restart[name]();
    },
  };
}

/** What one client was given, by its own callback. */
interface Seen {
  readonly taskId: string;
  readonly kind: "sse" | "socket";
  readonly seqs: number[];
  isOver: boolean;
}

async function follow(seen: Seen, events: AsyncIterable<number>): Promise<void> {
  for await (const seq of events) seen.seqs.push(seq);
  seen.isOver = true;
}

async function* seqsOf(
  person: NewUser,
  url: string,
  { taskId, kind }: { readonly taskId: string; readonly kind: "sse" | "socket" },
): AsyncGenerator<number> {
  const client = createValetClient({ url, apiKey: person.apiKey });
  if (kind === "sse") {
    for await (const { seq } of client.followTask(taskId)) yield seq;
    return;
  }
  const socket = client.openEventSocket();
  for await (const { position } of socket.follow(taskId)) yield position;
  socket.close();
}

function faultOf({ taskId, kind, seqs }: Seen): string {
  const at = seqs.findIndex((seq, index) => seq !== index + 1);
  const around = at === -1 ? "" : `, then ${seqs.slice(at, at + 3).join()}`;
  return `${kind} of ${taskId}: ${at === -1 ? seqs.length : at} right${around}, ${seqs.length} in all`;
}

/** Writes until it is written: whether a commit that was cut off has happened is looked up. */
async function writeUntil(
  writer: TaskWriter,
  taskId: string,
  isDone: (task: TaskRow) => boolean,
  work: (writer: TaskWriter) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    try {
      if (isDone(await getTask(writer.db, { id: taskId }))) return;
      await work(writer);
    } catch (error) {
      if (!(error instanceof ValetError) || error.code !== "POSTGRES_UNAVAILABLE") throw error;
      await delay(50);
    }
  }
}

test(
  `${storm.tasks * storm.clientsEach} clients on ${storm.tasks} applications get every event once and in order while API, Redis and Postgres are killed`,
  async () => {
    const services = await startServices();
    const { url } = services;
    const database: Database = connectDb({
      url: services.databaseUrl,
      applicationName: "storm",
      maxConnections: storm.tasks,
      log,
    });
    onTestFinished(() => database.close());
    const doorbell: Doorbell = await connectDoorbell({
      url: services.redisUrl,
      channelPrefix: "",
      log,
    });
    onTestFinished(() => doorbell.close());
    const ring = (userId: string, message: TaskMessage) => doorbell.ring(userId, message);
    const writer: TaskWriter = { db: database.db, ring };

    const tasks: TaskRow[] = [];
    const clients: Seen[] = [];
    const following: Promise<void>[] = [];
    for (let index = 0; index < storm.tasks; index += 1) {
      const person = await addPersonTo(database.db);
      const task = await addTaskTo(writer, person.id);
      tasks.push(task);
      for (let number = 0; number < storm.clientsEach; number += 1) {
        const kind = number % 2 === 0 ? "sse" : "socket";
        const seen: Seen = { taskId: task.id, kind, seqs: [], isOver: false };
        clients.push(seen);
        following.push(follow(seen, seqsOf(person, url, seen)));
      }
    }
    await until("every client is connected", () => clients.every(({ seqs }) => seqs.length > 0));

    const storming = new AbortController();
    const stormIsOver = once(storming.signal, "abort");
    // The last two events of each are its end.
    const writing = tasks.map(async ({ id }) => {
      for (let seq = 2; seq <= storm.events - 2; seq += 1) {
        await writeUntil(
          writer,
          id,
          (task) => task.lastSeq >= seq,
          () =>
            writeTask(writer, id, (write) => {
              if (write.task.lastSeq >= seq) return;
              reportProgress(write, { step: "fill-fields", pct: 1, message: `${seq}` });
            }),
        );
        // Spread over the kills; the last tenth comes when they are over.
        if (seq > storm.events * 0.9) await stormIsOver;
        await delay(storming.signal.aborted ? 0 : everyCaseOr(300, 100));
      }
    });

    const { kills } = storm;
    const order = Array.from({ length: Math.max(...Object.values(kills)) }, (_, round) =>
      (["api", "redis", "postgres"] as const).filter((name) => round < kills[name]),
    ).flat();
    for (const name of order) {
      await delay(everyCaseOr(1_500, 300));
      await services.crash(name);
    }
    const restartedAt = performance.now();
    const heads = new Map<string, number>();
    for (const { id } of tasks) {
      heads.set(id, (await getTask(database.db, { id })).lastSeq);
    }
    await until("every client has caught up", () =>
      clients.every(({ taskId, seqs }) => (seqs.at(-1) ?? 0) >= (heads.get(taskId) ?? 0)),
    );
    const caughtUpMs = Math.round(performance.now() - restartedAt);
    storming.abort();

    await Promise.all(writing);
    for (const { id } of tasks) {
      await writeUntil(
        writer,
        id,
        (task) => task.finishedAt !== null,
        () =>
          writeTask(writer, id, (write) =>
            endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." }),
          ),
      );
    }
    await Promise.all(following);

    const whole = Array.from({ length: storm.events }, (_, index) => index + 1);
    const wrong = clients.filter(({ seqs }) => seqs.join() !== whole.join());
    process.stderr.write(
      `storm: ${clients.length} clients, ${order.length} kills, ${wrong.length} with another log; caught up ${caughtUpMs} ms after the last restart\n`,
    );
    expect(wrong.map(faultOf)).toEqual([]);
    expect(clients.every(({ isOver }) => isOver)).toBe(true);
    expect(caughtUpMs).toBeLessThanOrEqual(everyCaseOr(2_000, Number.POSITIVE_INFINITY));
  },
  everyCaseOr(600_000, 120_000),
);
