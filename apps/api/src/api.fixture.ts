import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CreateTaskBody } from "@valet/contracts";
import {
  admitWaiting,
  type Db,
  type NewUser,
  type TaskRow,
  type TaskWriter,
  addResume,
  addUser,
  connectDb,
  connectPersonDbs,
  createTask,
  getTask,
  migrate,
} from "@valet/db";
import type { EngineRunState } from "@valet/domain";
import type { Doorbell } from "@valet/doorbell";
import { createLogger, createMetrics } from "@valet/runtime";
import type { GetPage } from "@valet/sites";
import { type ObjectStore, openStore } from "@valet/storage";
import { testDatabaseCopies } from "@valet/testkit";
import type { RouteOptions } from "fastify";
import type { App } from "./app-type.ts";
import { createApp } from "./app.ts";
import type { ConsoleFiles } from "./console/read-console.ts";
import type { ApiDeps } from "./deps.ts";
import type { VerifyToken } from "./identity/verify-token.ts";
import type { Readiness } from "./jobs-client.ts";
import { type QueueRoomDeps, createQueueRoom } from "./queue-room.ts";

/** The whole application on a database and a store of its own. Tests only. */
export interface ApiFixture {
  readonly app: App;
  /** Every route of the application, those included that Fastify adds by itself. */
  readonly routes: readonly RouteOptions[];
  /** The path of every WebSocket. */
  readonly sockets: readonly string[];
  readonly deps: ApiDeps;
  readonly db: Db;
  readonly writer: TaskWriter;
  readonly store: ObjectStore;
  readonly databaseUrl: string;
  /** Everything that was logged, at the finest level. */
  readonly logged: () => string;
  readonly kicks: () => number;
  readonly setEngine: (readiness: Readiness) => void;
  /** What the engine says of a run; that it cannot be reached until this was called. */
  readonly setRunState: (stateOf: (runId: string) => EngineRunState) => void;
  readonly addPerson: (role?: "user" | "admin") => Promise<NewUser>;
  readonly addResumeOf: (userId: string) => Promise<string>;
  readonly addTask: (userId: string, body?: Partial<CreateTaskBody>) => Promise<TaskRow>;
  readonly close: () => Promise<void>;
}

export interface ApiFixtureInput {
  /** One that is always ready and never rings, unless given. */
  readonly doorbell?: Pick<Doorbell, "ring" | "subscribe" | "state">;
  readonly allowPrivate?: readonly string[];
  /** 100 unless given. */
  readonly maxStreamsPerPerson?: number;
  readonly verifyToken?: VerifyToken;
  readonly publicOrigin?: string;
  readonly hostAt?: ApiDeps["live"]["hostAt"];
  readonly requestsPerMinute?: number;
  /** How much may wait for its start; as built in unless given. */
  readonly queue?: Omit<QueueRoomDeps, "db">;
  readonly getPage?: GetPage;
  /** As of an API beside which no console was built, unless given. */
  readonly consoleFiles?: ConsoleFiles;
}

/** A doorbell without Redis: readers find out by polling. */
export const silentDoorbell: Pick<Doorbell, "ring" | "subscribe" | "state"> = {
  ring: () => {},
  subscribe: () => () => {},
  state: () => "ready",
};

const migratedDatabase = testDatabaseCopies((url) =>
  migrate({
    url,
    directory: migrationsDirectory,
    log: createLogger({ name: "api", level: "silent" }),
    signal: new AbortController().signal,
  }),
);

export async function openApiFixture(input: ApiFixtureInput = {}): Promise<ApiFixture> {
  const { doorbell = silentDoorbell, allowPrivate = [] } = input;
  const { url, drop } = await migratedDatabase();
  const root = await mkdtemp(join(tmpdir(), "valet-objects-"));
  const lines: string[] = [];
  const log = createLogger({
    name: "api",
    level: "trace",
    destination: { write: (line) => void lines.push(line) },
  });
  const database = connectDb({ url, applicationName: "test", maxConnections: 10, log });
  const { db } = database;
  const people = connectPersonDbs({ url, applicationName: "people", maxConnections: 10, log });
  const store = await openStore({ kind: "fs", root });
  const writer: TaskWriter = { db, ring: doorbell.ring };
  let engine: Readiness = { kind: "ready" };
  let runStateOf: (runId: string) => EngineRunState = () => "unreachable";
  let kicks = 0;
  const deps: ApiDeps = {
    database,
    people,
    ring: doorbell.ring,
    verifyToken: input.verifyToken,
    requestsPerMinute: input.requestsPerMinute ?? 1_200,
    doorbell,
    store,
    jobs: {
      ready: () => Promise.resolve(engine),
      linkTo: () => null,
      describeRun: () => Promise.resolve("unreachable"),
      runState: (runId) => Promise.resolve(runStateOf(runId)),
      listWorkers: () => Promise.resolve("unreachable"),
      queueDepths: () => Promise.resolve("unreachable"),
    },
    kickRelay: () => void (kicks += 1),
    kickBatches: () => {},
    kickWebhooks: () => {},
    kickErasures: () => {},
    limits: {},
    queueRoom: createQueueRoom({ db, ...(input.queue ?? { most: 10_000, mostOfPerson: 1_000 }) }),
    networkPolicy: {
      allowPrivate: new Set(allowPrivate),
      lookUpHost: async (host) => {
        if (host.endsWith(".inside.test")) return ["10.1.2.3"];
        return host.endsWith(".test") ? ["93.184.215.14"] : [];
      },
    },
    // No page is there, and nothing real is asked.
    getPage: input.getPage ?? (() => Promise.resolve(undefined)),
    live: {
      publicOrigin: () => input.publicOrigin ?? "http://127.0.0.1:8180",
      allowedOrigins: new Set(["https://console.example.com"]),
      hostAt: input.hostAt,
    },
    consoleFiles: input.consoleFiles ?? new Map(),
    maxStreamsPerPerson: input.maxStreamsPerPerson ?? 100,
    metrics: createMetrics(),
    log,
  };
  const routes: RouteOptions[] = [];
  const sockets: string[] = [];
  const app = await createApp(deps, {
    onRoute: (route) => void routes.push(route),
    onSocket: (path) => void sockets.push(path),
  });

  return {
    app,
    routes,
    sockets,
    deps,
    db,
    writer,
    store,
    databaseUrl: url,
    logged: () => lines.join(""),
    kicks: () => kicks,
    setEngine: (readiness) => void (engine = readiness),
    setRunState: (stateOf) => void (runStateOf = stateOf),
    addPerson: (role) => addPersonTo(db, role),
    addResumeOf: (userId) => addResumeTo(db, userId),
    addTask: (userId, body) => addTaskTo(writer, userId, body),
    async close() {
      await app.close();
      await store.close();
      await people.close();
      await database.close();
      await drop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const migrationsDirectory = fileURLToPath(
  new URL("../migrations", import.meta.resolve("@valet/db")),
);

/** The header of a person's requests. */
export function keyOf({ apiKey }: NewUser): { authorization: string } {
  return { authorization: `Bearer ${apiKey}` };
}

export function addPersonTo(db: Db, role: "user" | "admin" = "user"): Promise<NewUser> {
  return addUser(db, { name: `p-${randomUUID()}`, role });
}

async function addResumeTo(db: Db, userId: string): Promise<string> {
  const id = randomUUID();
  await addResume(db, {
    id,
    userId,
    fileName: "resume.pdf",
    contentType: "application/pdf",
    byteSize: 5,
    sha256: "0".repeat(64),
    storageKey: `resumes/${userId}/${id}`,
  });
  return id;
}

/** Whatever waits is asked of the engine. */
export async function admitAll(db: Db): Promise<void> {
  const limits = { user: { live: 10_000 }, platform: { live: 10_000 }, host: { live: 10_000 } };
  await admitWaiting(db, { now: new Date(), limits, isOwnHost: () => true, jitter: () => 0 });
}

export async function addTaskTo(
  writer: TaskWriter,
  userId: string,
  body: Partial<CreateTaskBody> = {},
): Promise<TaskRow> {
  const job = `jobs.test/${randomUUID()}`;
  const resumeId = await addResumeTo(writer.db, userId);
  const { task } = await createTask(writer, {
    userId,
    body: { jobUrl: `https://${job}`, resumeId, mode: "copilot", ...body },
    jobKey: job,
    platform: "generic",
  });
  await admitAll(writer.db);
  return getTask(writer.db, { id: task.id });
}
