import { createEngines } from "../engines.ts";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, connectDb, migrate } from "@valet/db";
import { parseAllowPrivate } from "@valet/domain";
import { Secret, createLogger, createMetrics, lookUpHost } from "@valet/runtime";
import { superviseProcess } from "@valet/stack";
import { openStore } from "@valet/storage";
import { testDatabase } from "@valet/testkit";
import { z } from "zod";
import { createWorkerMetrics } from "../create-worker-metrics.ts";
import type { WorkerDeps } from "../deps.ts";
import { createInFlight } from "../engine/in-flight.ts";
import { createLiveSessions } from "../live-sessions.ts";
import { createSessionHosts } from "../session-hosts.ts";

/** What the steps need, on a real database, store and session host; without the engine that calls them. */
export interface DispatchingWorker {
  readonly deps: WorkerDeps;
  readonly database: Database;
  /** What to do when a step comes to this point, once. */
  at(checkpoint: string, act: () => Promise<unknown>): void;
  /** Nothing is to be done at any point. */
  forget(): void;
  close(): Promise<void>;
}

const sessionHost = fileURLToPath(new URL("../../../session-host/src/main.ts", import.meta.url));
const Ready = z.object({ url: z.url() });

/** @param reach `host:port` of the only sites its browsers reach. */
export async function startDispatchingWorker(
  reach: readonly string[],
  signal: AbortSignal,
): Promise<DispatchingWorker> {
  const log = createLogger({ name: "test", level: "silent" });
  const stateDir = await mkdtemp(join(tmpdir(), "valet-dispatching-"));
  await chmod(stateDir, 0o711);
  const server = await testDatabase();
  const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
  await migrate({ url: server.url, directory, log, signal });
  const database = connectDb({ url: server.url, applicationName: "test", maxConnections: 8, log });
  const token = new Secret("test-token");
  const host = await superviseProcess({
    name: "session-host",
    stateDir,
    command: process.execPath,
    args: [sessionHost],
    env: {
      HOME: stateDir,
      DATABASE_URL: server.url,
      VALET_SESSION_HOST_TOKEN: token.reveal(),
      VALET_STATE_DIR: stateDir,
      VALET_SESSION_POOL: "0",
      VALET_ALLOW_NO_SANDBOX: "1",
      VALET_ALLOW_PRIVATE: reach.join(","),
    },
    cwd: stateDir,
    ready: { kind: "json-line" },
    readyTimeoutMs: 60_000,
    graceMs: 5_000,
    log: () => {},
  });
  const { url } = Ready.parse(host.info);
  const { db } = database;
  const hosts = createSessionHosts({ db, url, token });
  const store = await openStore({ kind: "fs", root: join(stateDir, "objects") });
  const sessions = createLiveSessions({ db, hosts, owner: "worker", log });
  const acts = new Map<string, () => Promise<unknown>>();
  return {
    database,
    deps: {
      db,
      writer: { db, ring: () => undefined },
      doorbell: { subscribe: () => () => undefined },
      store,
      // No résumé is parsed here.
      parser: { read: noParser, readLines: noParser },
      modelFor: undefined,
      engines: createEngines({ modelFor: undefined, log }),
      readLimits: () => Promise.resolve({}),
      hosts,
      sessions,
      network: {
        allowPrivate: parseAllowPrivate(reach.join(",")),
        practiceHosts: undefined,
        lookUpHost,
      },
      metrics: createWorkerMetrics(createMetrics()),
      log,
      publicUrl: "https://valet.example.com",
      inFlight: createInFlight(),
      checkpoint: async (name) => {
        const act = acts.get(name);
        acts.delete(name);
        await act?.();
      },
    },
    forget: () => acts.clear(),
    at: (name, act) => void acts.set(name, act),
    async close() {
      await sessions.close();
      await host.close();
      await store.close();
      await database.close();
      await server.drop();
      await rm(stateDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function noParser(): Promise<never> {
  return Promise.reject(new Error("Nobody parses here."));
}
