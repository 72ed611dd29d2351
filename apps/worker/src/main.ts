import { hostname } from "node:os";
import { createSessionHostClient, loadPlaywright } from "@valet/browser";
import { ValetError, toValetError } from "@valet/contracts";
import { connectDb } from "@valet/db";
import { parseAllowPrivate } from "@valet/domain";
import { connectDoorbell } from "@valet/doorbell";
import {
  type Logger,
  type Shutdown,
  announceReady,
  createCheckpoint,
  createLogger,
  createMetrics,
  loadConfig,
  lookUpHost,
  onShutdown,
  untilReady,
} from "@valet/runtime";
import { openStore, storeConfigOf } from "@valet/storage";
import { Config } from "./config.ts";
import type { WorkerDeps } from "./deps.ts";
import { createInFlight } from "./engine/in-flight.ts";
import { startEngineWorker } from "./engine/start-worker.ts";
import { createLiveSessions } from "./live-sessions.ts";
import { type Health, serveHealth } from "./serve-health.ts";

/** Running steps get this long to finish when the worker is told to stop. */
const drainMs = 280_000;
const databaseConnections = 12;

interface Serving {
  readonly config: Config;
  readonly name: string;
  readonly log: Logger;
  readonly shutdown: Shutdown;
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(Config, env);
  const log = createLogger({ name: "worker", level: config.VALET_LOG_LEVEL });
  const shutdown = onShutdown({ log, deadlineMs: drainMs + 10_000 });
  const name = `valet-${hostname()}-${process.pid}`;
  try {
    await serve({ config, name, log, shutdown });
  } catch (error) {
    if (shutdown.signal.aborted) return;
    if (!(error instanceof ValetError)) log.fatal({ err: error }, "the worker cannot go on");
    await shutdown.run("worker failed");
    throw error;
  }
}

async function serve(serving: Serving): Promise<void> {
  const { config, name, log, shutdown } = serving;
  const readiness = { waitingFor: "Postgres" };
  const health = await serveHealth(healthOf(readiness), config.VALET_WORKER_PORT);
  shutdown.add("health", () => health.close());
  const deps = await createDeps(serving, (what) => void (readiness.waitingFor = what));
  readiness.waitingFor = "the Hatchet engine";
  const worker = await startEngineWorker(
    { name, slots: config.WORKER_SLOTS, durableSlots: config.WORKER_DURABLE_SLOTS, deps, log },
    shutdown.signal,
  );
  shutdown.add("engine worker", () => worker.drain());
  readiness.waitingFor = "";
  announceReady({ url: health.url, worker: name });
  // Rejects when the engine is lost for good: whoever supervises this process starts a new one.
  await worker.stopped;
}

function healthOf(readiness: { readonly waitingFor: string }): Health {
  const metrics = createMetrics({ processMetrics: true });
  return {
    check: () =>
      readiness.waitingFor === ""
        ? { ready: true }
        : { ready: false, waitingFor: readiness.waitingFor },
    metrics: () => metrics.text(),
  };
}

/** Opens everything the steps use; what was opened is closed in reverse. */
async function createDeps(
  { config, name, log, shutdown }: Serving,
  waitFor: (what: string) => void,
): Promise<WorkerDeps> {
  const { signal } = shutdown;
  // Loaded while we wait for servers, not in somebody's first step; should it fail, that step says so.
  loadPlaywright().catch(() => undefined);
  const database = connectDb({
    url: config.DATABASE_URL,
    applicationName: name,
    maxConnections: databaseConnections,
    log,
  });
  shutdown.add("database", () => database.close());
  await untilReady({ what: "Postgres", attempt: () => database.check(), signal, log });
  waitFor("Redis");
  const doorbell = await untilReady({
    what: "Redis",
    attempt: () =>
      connectDoorbell({ url: config.REDIS_URL, channelPrefix: config.VALET_CHANNEL_PREFIX, log }),
    signal,
    log,
  });
  shutdown.add("doorbell", () => doorbell.close());
  const store = await openStore(storeConfigOf(config));
  shutdown.add("storage", () => store.close());
  const { db } = database;
  const sessionHost = createSessionHostClient({
    url: config.VALET_SESSION_HOST_URL,
    token: config.VALET_SESSION_HOST_TOKEN,
  });
  const sessions = createLiveSessions({ db, sessionHost, owner: name, log });
  shutdown.add("browser handles", () => sessions.close());
  return {
    db,
    writer: { db, ring: doorbell.ring },
    store,
    sessionHost,
    sessions,
    network: { allowPrivate: parseAllowPrivate(config.VALET_ALLOW_PRIVATE), lookUpHost },
    log,
    publicUrl: config.VALET_PUBLIC_URL,
    inFlight: createInFlight(),
    checkpoint: createCheckpoint(config.VALET_TEST_CHECKPOINT_URL),
  };
}

try {
  await main(process.env);
} catch (thrown) {
  const error = toValetError(thrown);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exit(1);
}
