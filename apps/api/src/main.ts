import { fileURLToPath } from "node:url";
import { trustCertificateAuthority } from "@valet/browser";
import { ValetError, toValetError } from "@valet/contracts";
import { connectDb, connectPersonDbs, migrate } from "@valet/db";
import { isOwnHost, parseAllowPrivate } from "@valet/domain";
import { connectDoorbell } from "@valet/doorbell";
import {
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
import { openStore, storeConfigOf } from "@valet/storage";
import { startAdmitter } from "./admitter.ts";
import { startErasures } from "./account/start-erasures.ts";
import type { App } from "./app-type.ts";
import { createApp } from "./app.ts";
import { startBatchCollector } from "./batches/start-batch-collector.ts";
import { Config } from "./config.ts";
import { builtConsole, readConsole } from "./console/read-console.ts";
import { ensureFirstUser } from "./first-user.ts";
import { readTokenVerifier } from "./identity/verify-token.ts";
import { readLiveDeps } from "./live/live-deps.ts";
import { createJobsClient } from "./jobs-client.ts";
import { type Notifier, createMailer } from "./notices/create-mailer.ts";
import { startNoticeRelay } from "./notices/start-notice-relay.ts";
import { registerOperationMetrics } from "./operation-metrics.ts";
import { createPageGetter } from "./preview/create-page-getter.ts";
import { startOutboxRelay } from "./outbox-relay.ts";
import { createQueueRoom } from "./queue-room.ts";
import { startReconciler } from "./reconciler.ts";
import { startScheduler } from "./schedules/start-scheduler.ts";
import { createReceiverDialer } from "./webhooks/judge-webhook-url.ts";
import { sendWebhook } from "./webhooks/send-webhook.ts";
import { startWebhookRelay } from "./webhooks/start-webhook-relay.ts";

const shutdownMs = 12_000;
/** Looking up who somebody is, the relay's lanes (two each), the reconciler and its lock. */
const databaseConnections = 16;
/** What people ask for. */
const personConnections = 16;

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(Config, env);
  const storeConfig = storeConfigOf(config);
  const log = createLogger({ name: "api", level: config.VALET_LOG_LEVEL });
  const shutdown = onShutdown({ log, deadlineMs: shutdownMs });
  try {
    await serve({ config, storeConfig, log, shutdown });
  } catch (error) {
    if (shutdown.signal.aborted) return;
    if (!(error instanceof ValetError)) log.fatal({ err: error }, "the API could not start");
    await shutdown.run("start failed");
    throw error;
  }
}

interface ServeInput {
  readonly config: Config;
  readonly storeConfig: ReturnType<typeof storeConfigOf>;
  readonly log: ReturnType<typeof createLogger>;
  readonly shutdown: Shutdown;
}

async function serve({ config, storeConfig, log, shutdown }: ServeInput): Promise<void> {
  const { signal } = shutdown;
  const verifyToken = readTokenVerifier(config);
  const database = connectDb({
    url: config.DATABASE_URL,
    applicationName: "valet-api",
    maxConnections: databaseConnections,
    log,
  });
  shutdown.add("database", () => database.close());
  const people = connectPersonDbs({
    url: config.DATABASE_URL,
    applicationName: "valet-api-people",
    maxConnections: personConnections,
    log,
  });
  shutdown.add("people's database", () => people.close());
  await untilReady({
    what: "Postgres",
    attempt: () =>
      migrate({ url: config.DATABASE_URL, directory: migrationsDirectory(), log, signal }),
    signal,
    log,
  });
  if (config.VALET_STATE_DIR !== undefined) {
    const kept = await ensureFirstUser(database.db, config.VALET_STATE_DIR);
    if (kept === "written") log.info("the first user's key was written");
  }
  const doorbell = await untilReady({
    what: "Redis",
    attempt: () =>
      connectDoorbell({ url: config.REDIS_URL, channelPrefix: config.VALET_CHANNEL_PREFIX, log }),
    signal,
    log,
  });
  shutdown.add("doorbell", () => doorbell.close());
  const store = await openStore(storeConfig);
  shutdown.add("storage", () => store.close());
  const jobs = createJobsClient({
    token: config.HATCHET_CLIENT_TOKEN,
    dashboardUrl: config.VALET_HATCHET_DASHBOARD_URL,
    log,
  });
  shutdown.add("engine", () => jobs.close());
  const metrics = createMetrics({ processMetrics: true });
  registerOperationMetrics(metrics, database.db);
  const writer = { db: database.db, ring: doorbell.ring };
  const networkPolicy = {
    allowPrivate: parseAllowPrivate(config.VALET_ALLOW_PRIVATE),
    practiceHosts: await readPracticeHosts(config.VALET_PRACTICE_HOSTS),
    lookUpHost,
  };
  const relay = startOutboxRelay({
    db: database.db,
    jobs,
    metrics,
    log,
    checkpoint: createCheckpoint(config.VALET_TEST_CHECKPOINT_URL),
    lanes: config.VALET_OUTBOX_LANES,
  });
  shutdown.add("outbox relay", () => relay.close());
  const admitter = startAdmitter({
    db: database.db,
    limits: config.VALET_LIMITS,
    isOwnHost: (host) => isOwnHost(networkPolicy, host),
    kickRelay: () => relay.kick(),
    metrics,
    log,
  });
  shutdown.add("admission", () => admitter.close());
  const kickRelay = () => {
    relay.kick();
    admitter.kick();
  };
  const reconciler = startReconciler(
    { writer, jobs, kickRelay, metrics, log },
    config.VALET_RECONCILE_MS,
  );
  shutdown.add("reconciler", () => reconciler.close());
  const pages = createPageGetter(networkPolicy);
  shutdown.add("previews", () => pages.close());
  const scheduler = startScheduler({ writer, getPage: pages.getPage, kickRelay, metrics, log });
  shutdown.add("schedules", () => scheduler.close());
  const batches = startBatchCollector({
    db: database.db,
    networkPolicy,
    getPage: pages.getPage,
    kickRelay,
    log,
  });
  shutdown.add("questions of batches", () => batches.close());
  const receivers = createReceiverDialer(networkPolicy);
  const webhooks = startWebhookRelay({
    db: database.db,
    send: (message, stop) => sendWebhook(receivers, message, stop),
    metrics,
    log,
  });
  shutdown.add("webhooks", () => webhooks.close());
  if (config.VALET_SESSION_HOST_CA !== undefined) {
    await trustCertificateAuthority(config.VALET_SESSION_HOST_CA);
  }
  let listening = "";
  const live = readLiveDeps(config, () => listening);
  const erasures = startErasures({ writer, store, hostAt: live.hostAt, kickRelay, log });
  shutdown.add("erasures", () => erasures.close());
  const app = await createApp({
    database,
    people,
    ring: doorbell.ring,
    verifyToken,
    requestsPerMinute: config.VALET_RATE_LIMIT_PER_MINUTE,
    doorbell,
    store,
    jobs,
    kickRelay,
    limits: config.VALET_LIMITS,
    queueRoom: createQueueRoom({
      db: database.db,
      most: config.VALET_MAX_WAITING,
      mostOfPerson: config.VALET_MAX_WAITING_PER_PERSON,
    }),
    kickBatches: () => batches.kick(),
    kickWebhooks: () => webhooks.kick(),
    kickErasures: () => erasures.kick(),
    networkPolicy,
    getPage: pages.getPage,
    live,
    consoleFiles: await readConsole(builtConsole),
    maxStreamsPerPerson: config.VALET_MAX_STREAMS_PER_PERSON,
    metrics,
    log,
  });
  shutdown.add("HTTP", () => app.close());
  listening = await listen(app, config);
  const notifiers = notifiersOf(config, live.publicOrigin());
  const notices = startNoticeRelay({ db: database.db, notifiers, log });
  shutdown.add("notices", () => notices.close());
  announceReady({ url: listening });
}

function notifiersOf(config: Config, publicUrl: string): Notifier[] {
  const { VALET_SMTP_URL: smtpUrl, VALET_MAIL_FROM: from } = config;
  return smtpUrl === undefined ? [] : [createMailer({ smtpUrl, from, publicUrl })];
}

async function listen(app: App, config: Config): Promise<string> {
  const { VALET_API_HOST: host, VALET_API_PORT: port } = config;
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
    throw new ValetError(
      "PORT_TAKEN",
      `Port ${port} on ${host} is taken by another program. The API was not started. Stop that program, or set VALET_API_PORT to a free port.`,
      { port },
      { cause: error },
    );
  }
}

function migrationsDirectory(): string {
  return fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
}

try {
  await main(process.env);
} catch (thrown) {
  const error = toValetError(thrown);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exit(1);
}
