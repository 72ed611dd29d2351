import { chmod, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type BrowserAttachment,
  type SessionHostClient,
  attachToBrowser,
  createSessionHostClient,
  waitForDocument,
} from "@valet/browser";
import { expect } from "vitest";
import type { TaskStore } from "./task-store.fixture.ts";
import {
  type TestProcess,
  createStateDir,
  processesNaming,
  runFile,
  token,
} from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(7_200_000);
const patient = { timeout: 30_000, interval: 20 };
const chromium = "/usr/lib/chromium/chromium";
const between = path.join(import.meta.dirname, "chromium-between.fixture.ts");

export interface HostToLose {
  /**
   * `coupled`: its browsers have no way out but the proxy in its process · `uncoupled`: they dial
   * themselves, as they would with a proxy in another process.
   */
  readonly way: "coupled" | "uncoupled";
  /** Its browsers live on without it, and the gate's connection to each can be cut. */
  readonly isCuttable: boolean;
  readonly site: string;
}

/** A session host in a process of its own, as it runs in production. */
export interface LosableHost {
  readonly process: TestProcess;
  readonly client: SessionHostClient;
  /** Cuts the gate's connection of every browser; the host and the browsers live. */
  cutGates(): void;
  /** Until nothing is left of its browsers. */
  untilBrowsersEnded(): Promise<void>;
  /** Ends what outlived it. */
  endBrowsers(): Promise<void>;
  close(): Promise<void>;
}

export async function startLosableHost(
  store: TaskStore,
  { way, isCuttable, site }: HostToLose,
): Promise<LosableHost> {
  const stateDir = await createStateDir();
  const start = path.join(stateDir, "start-chromium.sh");
  await writeFile(start, startScript({ way, isCuttable }));
  await chmod(start, 0o755);
  const host = runFile("main.ts", [], {
    DATABASE_URL: store.url,
    VALET_SESSION_HOST_TOKEN: token.reveal(),
    VALET_STATE_DIR: stateDir,
    VALET_SESSION_POOL: "0",
    VALET_ALLOW_NO_SANDBOX: "1",
    VALET_ALLOW_PRIVATE: new URL(site).host,
    VALET_CHROMIUM: start,
    // A display ends with its host and takes the browser along, also where a test means it to live on.
    VALET_DISPLAY: "headless",
    VALET_LOG_LEVEL: "silent",
  });
  const { url } = JSON.parse(await host.line());
  const untilBrowsersEnded = () =>
    expect.poll(() => processesNaming(stateDir), patient).toEqual([]);
  async function endBrowsers(): Promise<void> {
    for (const pid of processesNaming(stateDir)) endIfThere(pid);
    await untilBrowsersEnded();
  }
  return {
    process: host,
    client: createSessionHostClient({ url, token }),
    cutGates() {
      for (const pid of processesNaming(between)) {
        if (processesNaming(stateDir).includes(pid)) process.kill(pid, "SIGUSR2");
      }
    },
    untilBrowsersEnded,
    endBrowsers,
    async close() {
      await host.end("SIGTERM");
      await endBrowsers();
      await rm(stateDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function startScript({ way, isCuttable }: Omit<HostToLose, "site">): string {
  const program = isCuttable ? `"${process.execPath}" "${between}" "${chromium}"` : chromium;
  const without = way === "uncoupled" ? "--proxy-server=*|--proxy-bypass-list=*) ;;" : "";
  return `#!/bin/bash
args=()
for arg in "$@"; do
  case "$arg" in
    ${without}
    *) args+=("$arg") ;;
  esac
done
exec ${program} "\${args[@]}"
`;
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has gone with another.
  }
}

/** An application that is approved, armed and kept at the gate, since the database does not answer. */
export interface HeldApplication {
  readonly sessionId: string;
  readonly driver: BrowserAttachment;
  /** The gate as its host tells it. */
  gate(): Promise<string>;
  /** Lets the database answer; the browser's connection is given up. */
  end(): Promise<void>;
}

/** Opens the site's form in a browser of this host and arms it; nothing has been sent yet. */
export async function armApplication(
  { store, host }: { readonly store: TaskStore; readonly host: LosableHost },
  site: string,
): Promise<HeldApplication> {
  const { client } = host;
  const task = await store.newTask();
  const { sessionId } = await client.createSession({ ...task, url: site }, signal);
  const { relayUrl, fence } = await client.attachSession(
    sessionId,
    { owner: "worker", ...task },
    signal,
  );
  const driver = await attachToBrowser(relayUrl, signal);
  await waitForDocument(driver.page, signal);
  const { id: intentId } = await store.database.db
    .insertInto("submissionIntents")
    .values({
      taskId: task.taskId,
      userId: task.userId,
      jobKey: `jobs.example.com/${task.taskId}`,
      state: "armed",
      digest: "v1:00",
      fence,
      sessionId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const unlock = await lockIntent(store, intentId);
  const form = { url: site, target: { method: "POST", url: `${site}/apply` } };
  const command = { do: "arm" as const, intentId, form };
  await client.commandGate(sessionId, { ...task, fence, command }, signal);
  return {
    sessionId,
    driver,
    gate: async () => (await client.getSession(sessionId, signal)).gate.state,
    async end() {
      await unlock();
      await driver.close().catch(() => undefined);
    },
  };
}

/** Whoever wants to decide on this intent waits until it is unlocked. */
async function lockIntent({ database }: TaskStore, id: string): Promise<() => Promise<void>> {
  const [locked, unlock] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = database.db.transaction().execute(async (trx) => {
    await trx
      .selectFrom("submissionIntents")
      .select("id")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    locked.resolve();
    await unlock.promise;
  });
  await Promise.race([locked.promise, held]);
  return async () => {
    unlock.resolve();
    await held;
  };
}

/** Presses the button and waits until the gate holds what the page sends. */
export async function sendAndHold(held: HeldApplication): Promise<void> {
  await held.driver.page.getByRole("button").click({ noWaitAfter: true });
  await expect.poll(() => held.gate(), patient).toBe("deciding");
}
