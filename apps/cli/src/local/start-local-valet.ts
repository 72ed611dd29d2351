import { readFile } from "node:fs/promises";
import { ValetError } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import { type Stack, type StackLog, freePort, startStack } from "@valet/stack";
import { formatDuration } from "../render/format-duration.ts";
import type { LocalValetDeps } from "./local-valet-deps.ts";
import { partName } from "./part-names.ts";
import { apiKeyFile, forgetRunningInstance, writeRunningInstance } from "./running-instance.ts";
import { startApp } from "./start-app.ts";
import { startLocalApps } from "./start-local-apps.ts";

export interface LocalValetInput {
  readonly stateDir: string;
  readonly cacheDir: string;
  /** Asked when the processes of an earlier run have given their ports back; any free one else. */
  readonly chooseApiPort?: () => Promise<number>;
  /** A practice site beside it, the only private address that may be opened then. */
  readonly practice?: { readonly ledgerPath: string };
}

export interface LocalValet {
  readonly url: string;
  readonly stateDir: string;
  /** Of the first user, an administrator. */
  readonly apiKey: Secret;
  readonly stack: Stack;
  /** Undefined unless a practice site was asked for. */
  readonly practiceUrl: string | undefined;
  /** Rejects when a part cannot be kept running; never resolves. */
  readonly failure: Promise<never>;
  /** Ends everything in reverse order; later calls wait for the same end. */
  close(): Promise<void>;
}

type Closers = (() => Promise<void>)[];

/**
 * Everything of Valet on this machine: the stack, then session host, worker and API as children.
 * Whatever was started is ended again when a part fails.
 *
 * @throws what `startStack` throws, `PORT_TAKEN`, `STACK_START_FAILED`
 */
export async function startLocalValet(
  deps: LocalValetDeps,
  input: LocalValetInput,
  signal: AbortSignal,
): Promise<LocalValet> {
  const closers: Closers = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(closers));
  try {
    return { ...(await startParts({ deps, input, closers }, signal)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Starting {
  readonly deps: LocalValetDeps;
  readonly input: LocalValetInput;
  readonly closers: Closers;
}

async function startParts(
  starting: Starting,
  signal: AbortSignal,
): Promise<Omit<LocalValet, "close">> {
  const { deps, input, closers } = starting;
  const { stateDir, cacheDir } = input;
  const log = partLog(deps);
  const stack = await startStack({ stateDir, cacheDir, env: { ...deps.callerEnv }, log }, signal);
  closers.push(stack.close);
  const practice = await startPractice({ ...starting, log }, signal);
  const apiPort = await (input.chooseApiPort ?? freePort)();
  const allowPrivate = practice === undefined ? undefined : new URL(practice.url).host;
  const onStarted = (close: () => Promise<void>) => void closers.push(close);
  const apps = await startLocalApps(
    deps,
    { stateDir, cacheDir, apiPort, stack, allowPrivate, onStarted, log },
    signal,
  );
  const url = `http://127.0.0.1:${apiPort}`;
  await writeRunningInstance(stateDir, { url, pid: process.pid });
  closers.push(() => forgetRunningInstance(stateDir));
  const failure = Promise.race(apps.map((app) => app.failure));
  // Whoever does not watch it at that moment must not be ended by it.
  failure.catch(() => undefined);
  const apiKey = await readApiKey(stateDir);
  return { url, stateDir, stack, apiKey, practiceUrl: practice?.url, failure };
}

interface Practice {
  readonly url: string;
}

async function startPractice(
  { deps, input, closers, log }: Starting & { readonly log: StackLog },
  signal: AbortSignal,
): Promise<Practice | undefined> {
  if (input.practice === undefined) return undefined;
  const app = await startApp(
    {
      app: "practice-ats",
      stateDir: input.stateDir,
      callerEnv: deps.callerEnv,
      env: { PRACTICE_PORT: "0", PRACTICE_LEDGER: input.practice.ledgerPath },
      log,
    },
    signal,
  );
  closers.push(() => app.close());
  const { url } = app.info;
  if (typeof url === "string") return { url };
  throw new ValetError("STACK_START_FAILED", "The practice sites did not say where they listen.");
}

async function readApiKey(stateDir: string): Promise<Secret> {
  const path = apiKeyFile(stateDir);
  try {
    return new Secret((await readFile(path, "utf8")).trim());
  } catch (cause) {
    throw new ValetError(
      "STACK_START_FAILED",
      `The API started, but left no key in ${path}. If this database was used with another VALET_STATE_DIR before, use that one.`,
      { path },
      { cause },
    );
  }
}

/** The stack and the supervisor say with these sentences what happens. */
function partLog({ progress, config, note }: LocalValetDeps): StackLog {
  return (message, fields = {}) => {
    const { name, readyMs, progress: step } = fields;
    if (message === "process is ready" && typeof name === "string") {
      const time = typeof readyMs === "number" ? ` ${formatDuration(readyMs)}` : "";
      progress(`${partName(name)} ready${time}`);
    } else if (message === "preparing the engine" && typeof step === "string") {
      progress(step);
    } else if (config.VALET_LOG_LEVEL === "debug") {
      note(`${message} ${JSON.stringify(fields)}`);
    }
  };
}

/** In reverse order; one that fails does not keep the others open. */
async function closeAll(closers: Closers): Promise<void> {
  const errors: unknown[] = [];
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "Parts of Valet did not stop.");
}
