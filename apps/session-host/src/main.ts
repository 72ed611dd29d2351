import { homedir } from "node:os";
import path from "node:path";
import { assertExecutable, decideSandbox, findOsUser } from "@valet/browser";
import { connectDb, findEndedTasks } from "@valet/db";
import { announceReady, createLogger, loadConfig, onShutdown } from "@valet/runtime";
import { createSessionHost } from "./create-session-host.ts";
import type { BrowserSettings } from "./open-session.ts";
import { SessionHostConfig } from "./session-host-config.ts";

const name = "session-host";
/** One for the sweep; the host asks nothing else. */
const databaseConnections = 2;

try {
  await start(loadConfig(SessionHostConfig, process.env));
} catch (error) {
  createLogger({ name, level: "info" }).fatal({ err: error }, "the session host could not start");
  process.exitCode = 1;
}

async function start(config: SessionHostConfig): Promise<void> {
  const log = createLogger({ name, level: config.VALET_LOG_LEVEL });
  const settings = await readBrowserSettings(config);
  const shutdown = onShutdown({ log, deadlineMs: 15_000 });
  const { db, close } = connectDb({
    url: config.DATABASE_URL,
    applicationName: "valet-session-host",
    maxConnections: databaseConnections,
    log,
  });
  shutdown.add("database", close);
  const host = await createSessionHost({
    log,
    settings,
    token: config.VALET_SESSION_HOST_TOKEN,
    port: config.VALET_SESSION_HOST_PORT,
    stateDir: config.VALET_STATE_DIR ?? defaultStateDir(),
    maxSessions: config.VALET_MAX_SESSIONS,
    endedTasks: (taskIds) => findEndedTasks(db, taskIds),
  });
  shutdown.add("session host", () => host.close());
  announceReady({ url: host.url });
}

/** Finds out at the start what would keep every browser from starting. */
async function readBrowserSettings(from: SessionHostConfig): Promise<BrowserSettings> {
  const { VALET_CHROMIUM: executablePath, VALET_ALLOW_NO_SANDBOX: allowNoSandbox } = from;
  await assertExecutable(executablePath);
  const user = from.VALET_BROWSER_USER;
  const osUser = user === undefined ? undefined : await findOsUser(user);
  decideSandbox({ osUser, allowNoSandbox });
  // Demo and tests hold practice sites only; nothing real may be reached by mistake.
  const onlyThisMachine =
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";
  const args = from.VALET_ALLOW_PRIVATE === undefined ? [] : [onlyThisMachine];
  return { executablePath, osUser, allowNoSandbox, args, headless: true };
}

function defaultStateDir(): string {
  if (process.getuid?.() === 0) return "/var/lib/valet";
  return path.join(process.env.XDG_STATE_HOME ?? path.join(homedir(), ".local/state"), "valet");
}
