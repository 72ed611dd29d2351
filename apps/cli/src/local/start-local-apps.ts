import { randomBytes } from "node:crypto";
import { type Stack, type StackLog, freePort } from "@valet/stack";
import { type LocalApp, appVariables } from "./app-variables.ts";
import { type KeptProcess, keepRunning } from "./keep-running.ts";
import type { LocalValetDeps } from "./local-valet-deps.ts";
import { startApp } from "./start-app.ts";

export interface StartLocalAppsInput {
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly apiPort: number;
  readonly stack: Stack;
  /** The only private `host:port` that may be opened; undefined leaves it to the caller. */
  readonly allowPrivate: string | undefined;
  /** Told how to close each process that runs, also when another one failed to start. */
  readonly onStarted: (close: () => Promise<void>) => void;
  readonly log: StackLog;
}

/** Session host, worker and API on a stack, each started again when it dies. */
export async function startLocalApps(
  deps: LocalValetDeps,
  input: StartLocalAppsInput,
  signal: AbortSignal,
): Promise<readonly KeptProcess[]> {
  const { config, callerEnv, note } = deps;
  const { stateDir, cacheDir, apiPort, stack, allowPrivate, log } = input;
  if (config.VALET_ALLOW_NO_SANDBOX) note(sandboxNote);
  const variables = appVariables({
    stackEnv: stack.env,
    stateDir,
    cacheDir,
    apiPort,
    sessionHostPort: await freePort({ except: new Set([apiPort]) }),
    sessionHostToken: randomBytes(32).toString("hex"),
    chromium: config.VALET_CHROMIUM,
    usesS3: config.S3_ENDPOINT !== undefined,
    allowPrivate,
    modelKeys: {
      ANTHROPIC_API_KEY: config.ANTHROPIC_API_KEY,
      OPENAI_API_KEY: config.OPENAI_API_KEY,
    },
  });
  const start = (app: LocalApp) => (stop: AbortSignal) =>
    keepRunning(
      {
        start: (signal) => startApp({ app, stateDir, callerEnv, env: variables[app], log }, signal),
        note,
      },
      stop,
    );
  // At once, since each only waits for the others when it needs them.
  const starts = [start("session-host"), start("worker"), start("api")];
  return startAll({ starts, onStarted: input.onStarted }, signal);
}

const sandboxNote =
  "VALET_ALLOW_NO_SANDBOX is set: as root Chromium runs without its sandbox. Unset it for real applications.";

/** The first failure cuts the other starts short; what did start is closed in reverse order. */
async function startAll(
  input: {
    readonly starts: readonly ((signal: AbortSignal) => Promise<KeptProcess>)[];
    readonly onStarted: StartLocalAppsInput["onStarted"];
  },
  signal: AbortSignal,
): Promise<readonly KeptProcess[]> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const starting = input.starts.map((start) =>
    start(stop).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const outcomes = await Promise.allSettled(starting);
  const apps = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value] : [],
  );
  for (const app of apps) input.onStarted(() => app.close());
  if (failed.signal.aborted) throw failed.signal.reason;
  return apps;
}
