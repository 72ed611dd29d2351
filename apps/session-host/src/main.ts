import { homedir } from "node:os";
import path from "node:path";
import { connectDb } from "@valet/db";
import { announceReady, createLogger, createMetrics, loadConfig, onShutdown } from "@valet/runtime";
import type { LiveSettings } from "./create-session.ts";
import { createSessionHost } from "./create-session-host.ts";
import { readBrowserSettings } from "./read-browser-settings.ts";
import { readListenInput } from "./read-listen-input.ts";
import { SessionHostConfig } from "./session-host-config.ts";
import { sizeHost } from "./size-host.ts";

const name = "session-host";
/** For creates and attaches that come together, the regular look, and health. */
const databaseConnections = 6;
/** Long enough for a page that is loaded anew, and for a ticket that nobody uses. */
const absentMs = 90_000;

try {
  await start(loadConfig(SessionHostConfig, process.env));
} catch (error) {
  createLogger({ name, level: "info" }).fatal({ err: error }, "the session host could not start");
  process.exitCode = 1;
}

async function start(config: SessionHostConfig): Promise<void> {
  const log = createLogger({ name, level: config.VALET_LOG_LEVEL });
  const stateDir = config.VALET_STATE_DIR ?? defaultStateDir();
  const browsers = await readBrowserSettings(config, stateDir);
  const hasDisplay = browsers.settings.displayProgram !== undefined;
  if (!hasDisplay) {
    log.info("browsers have no displays: nobody can look at them or take them over");
  }
  const listen = await readListenInput(config);
  const shutdown = onShutdown({ log, deadlineMs: 15_000 });
  const database = connectDb({
    url: config.DATABASE_URL,
    applicationName: "valet-session-host",
    maxConnections: databaseConnections,
    log,
  });
  shutdown.add("database", () => database.close());
  const host = await createSessionHost({
    ...browsers,
    ...sizeHost(config, { hasDisplay }),
    database,
    metrics: createMetrics({ processMetrics: true }),
    log,
    token: config.VALET_SESSION_HOST_TOKEN,
    listen,
    publicUrl: config.VALET_SESSION_HOST_PUBLIC_URL,
    stateDir,
    live: readLiveSettings(config),
    maxSessions: config.VALET_MAX_SESSIONS,
  });
  shutdown.add("session host", () => host.close());
  announceReady({ url: host.url });
}

function readLiveSettings(config: SessionHostConfig): LiveSettings {
  return {
    limits: {
      idleMs: config.VALET_CONTROL_IDLE_MS,
      limitMs: config.VALET_CONTROL_LIMIT_MS,
      absentMs,
    },
    allowsClipboard: config.VALET_LIVE_CLIPBOARD,
  };
}

function defaultStateDir(): string {
  if (process.getuid?.() === 0) return "/var/lib/valet";
  return path.join(process.env.XDG_STATE_HOME ?? path.join(homedir(), ".local/state"), "valet");
}
