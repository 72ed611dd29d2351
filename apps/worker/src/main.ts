import { hostname } from "node:os";
import { loadPlaywright, trustCertificateAuthority } from "@valet/browser";
import { ValetError, toValetError } from "@valet/contracts";
import { type Database, connectDb, readInstallationLimits } from "@valet/db";
import { parseAllowPrivate } from "@valet/domain";
import { connectDoorbell } from "@valet/doorbell";
import {
  type Logger,
  type Metrics,
  type Shutdown,
  announceReady,
  createCheckpoint,
  createLogger,
  createMetrics,
  loadConfig,
  lookUpHost,
  readPracticeHosts,
  onShutdown,
  untilReady,
} from "@valet/runtime";
import { createResumeParser } from "@valet/resume";
import { openStore, storeConfigOf } from "@valet/storage";
import { type ReadinessProbe, checkReadiness } from "./check-readiness.ts";
import { Config } from "./config.ts";
import { createWorkerMetrics } from "./create-worker-metrics.ts";
import type { WorkerDeps } from "./deps.ts";
import { createInFlight } from "./engine/in-flight.ts";
import { startEngineWorker } from "./engine/start-worker.ts";
import { createEngines } from "./engines.ts";
import { createLiveSessions } from "./live-sessions.ts";
import { startHibernation } from "./hibernation/start-hibernation.ts";
import { modelForUses } from "./model-for.ts";
import { serveHealth } from "./serve-health.ts";
import { createSessionHosts } from "./session-hosts.ts";

/** Running steps get this long to finish when the worker is told to stop. */
const drainMs = 280_000;
const databaseConnections = 12;
const sessionHostLimitMs = 2_500;

interface Serving {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly name: string;
  readonly log: Logger;
  readonly shutdown: Shutdown;
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(Config, env);
  const log = createLogger({ name: "worker", level: config.VALET_LOG_LEVEL });
  const shutdown = onShutdown({ log, deadlineMs: drainMs + 10_000 });
  const name = `valet-${hostname()}-${process.pid}`;
  const metrics = createMetrics({ processMetrics: true });
  try {
    await serve({ config, metrics, name, log, shutdown });
  } catch (error) {
    if (shutdown.signal.aborted) return;
    if (!(error instanceof ValetError)) log.fatal({ err: error }, "the worker cannot go on");
    await shutdown.run("worker failed");
    throw error;
  }
}

async function serve(serving: Serving): Promise<void> {
  const { config, metrics, name, log, shutdown } = serving;
  const starting = { waitsFor: "Postgres" };
  let probes = (): readonly ReadinessProbe[] => [
    { what: starting.waitsFor, ask: async () => "it has not answered yet" },
  ];
  const health = await serveHealth(
    { check: checkReadiness(() => probes()), metrics: metrics.text },
    config.VALET_WORKER_PORT,
  );
  shutdown.add("health", () => health.close());
  const { deps, database } = await createDeps(serving, (what) => void (starting.waitsFor = what));
  starting.waitsFor = "the Hatchet engine";
  const worker = await startEngineWorker(
    { name, slots: config.WORKER_SLOTS, durableSlots: config.WORKER_DURABLE_SLOTS, deps, log },
    shutdown.signal,
  );
  shutdown.add("engine worker", () => worker.drain());
  const hibernation = startHibernation(deps, {
    idleMs: config.VALET_HIBERNATE_AFTER_MS,
    pressedMs: config.VALET_HIBERNATE_PRESSED_MS,
  });
  shutdown.add("hibernation", () => hibernation.close());
  probes = () => [
    { what: "Postgres", ask: () => database.check() },
    { what: "Hatchet engine", ask: worker.fault },
    { what: "session host", ask: () => askSessionHost(deps) },
  ];
  announceReady({ url: health.url, worker: name });
  // Rejects when the engine is lost for good: whoever supervises this process starts a new one.
  await worker.stopped;
}

/** Lists its sessions in place of asking for its health: a wrong token shows as well. */
async function askSessionHost({ hosts }: WorkerDeps): Promise<void> {
  await hosts.local.listSessions(AbortSignal.timeout(sessionHostLimitMs));
}

/** Opens everything the steps use; what was opened is closed in reverse. */
async function createDeps(
  { config, metrics, name, log, shutdown }: Serving,
  waitFor: (what: string) => void,
): Promise<{ readonly deps: WorkerDeps; readonly database: Database }> {
  const { signal } = shutdown;
  // Loaded while we wait for servers, not in somebody's first step; should it fail, that step says so.
  loadPlaywright().catch(() => undefined);
  if (config.VALET_SESSION_HOST_CA !== undefined) {
    await trustCertificateAuthority(config.VALET_SESSION_HOST_CA);
  }
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
  const parser = createResumeParser();
  shutdown.add("résumé parser", () => parser.close());
  const { db } = database;
  const hosts = createSessionHosts({
    db,
    url: config.VALET_SESSION_HOST_URL,
    token: config.VALET_SESSION_HOST_TOKEN,
  });
  const sessions = createLiveSessions({ db, hosts, owner: name, log });
  shutdown.add("browser handles", () => sessions.close());
  const modelFor = modelForUses(config, { db, log });
  const deps = {
    db,
    writer: { db, ring: doorbell.ring },
    doorbell,
    store,
    parser,
    modelFor,
    engines: createEngines({ modelFor, log }),
    readLimits: () => readInstallationLimits(db, config.VALET_LIMITS),
    hosts,
    sessions,
    network: {
      allowPrivate: parseAllowPrivate(config.VALET_ALLOW_PRIVATE),
      practiceHosts: await readPracticeHosts(config.VALET_PRACTICE_HOSTS),
      lookUpHost,
    },
    metrics: createWorkerMetrics(metrics),
    log,
    publicUrl: config.VALET_PUBLIC_URL,
    inFlight: createInFlight(),
    checkpoint: createCheckpoint(config.VALET_TEST_CHECKPOINT_URL),
  };
  return { deps, database };
}

try {
  await main(process.env);
} catch (thrown) {
  const error = toValetError(thrown);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exit(1);
}
