import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { isRunning } from "../bootstrap/process-identity.mjs";
import { endProcess } from "./end-process.ts";
import {
  type ProcessRecord,
  type StopSignal,
  forgetProcess,
  readRecords,
  recordProcess,
} from "./process-record.ts";
import { readLogTail } from "./read-log.ts";
import type { StackLog } from "./stack-log.ts";
import { statePaths } from "./state-files.ts";
import { type Readiness, waitUntilReady } from "./wait-until-ready.ts";

export interface SuperviseInput {
  /** Also the name of its log and of its record; unique within the state. */
  readonly name: string;
  readonly stateDir: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child: nothing of ours is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The OS user to run as; only root may name another. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly ready: Readiness;
  /** 30 s unless given. */
  readonly readyTimeoutMs?: number;
  /** What asks the process to end in order: SIGTERM unless given. */
  readonly stopSignal?: StopSignal;
  /** How long it may take to end in order before it is killed: 10 s unless given. */
  readonly graceMs?: number;
  readonly log: StackLog;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SupervisedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** The fields of its ready line; empty with another kind of readiness. */
  readonly info: Readonly<Record<string, unknown>>;
  /** Settles when the process has ended, for whatever reason; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends it in order, after the grace period by force, with everything its session left behind. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a child in a session of its own and waits until it is ready. Its output goes straight to
 * `<state>/logs/NAME.log`, so that it outlives us without blocking; its record lets the next start
 * find it. An aborted signal ends a start that is under way, not a process that is ready.
 *
 * @throws `STACK_START_FAILED` when it ends or stays silent before it is ready, with the last lines
 * of its log in `details`; `STACK_ALREADY_RUNNING` when a process of this name runs.
 */
export async function superviseProcess(
  input: SuperviseInput,
  signal?: AbortSignal,
): Promise<SupervisedProcess> {
  const { name, stateDir, log } = input;
  signal?.throwIfAborted();
  refuseSecond(input);
  const logFile = join(statePaths(stateDir).logs, `${name}.log`);
  const { child, logOffset } = spawnWithLog(input, logFile);
  const ended = endOf(child);
  const pid = await spawned(child, input);
  const stopSignal = input.stopSignal ?? "SIGTERM";
  const record = recordProcess(stateDir, { name, pid, stopSignal });
  const close = () => closeChild({ record, input, ended });
  try {
    const startedAt = performance.now();
    const info = await waitUntilReady({ ...input, logFile, logOffset, ended }, signal);
    const readyMs = Math.round(performance.now() - startedAt);
    log("process is ready", { name, pid, readyMs });
    return { name, pid, logFile, info, ended, close };
  } catch (error) {
    await close();
    if (error instanceof ValetError || signal?.aborted === true) throw error;
    throw startFailure({ input, logFile, logOffset, cause: error });
  }
}

function refuseSecond({ name, stateDir }: SuperviseInput): void {
  const earlier = readRecords(stateDir).find((record) => record.name === name);
  if (earlier === undefined || !isRunning(earlier)) return;
  throw new ValetError(
    "STACK_ALREADY_RUNNING",
    `"${name}" already runs on this state as process ${earlier.pid}. Stop it first.`,
    { name, pid: earlier.pid },
  );
}

function spawnWithLog(
  { name, stateDir, command, args, env, cwd, user }: SuperviseInput,
  logFile: string,
): { child: ChildProcess; logOffset: number } {
  const folder = statePaths(stateDir).logs;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rotateLog(folder, name);
  const output = openSync(logFile, "a", 0o600);
  try {
    const logOffset = statSync(logFile).size;
    const child = spawn(command, args, {
      cwd,
      env,
      ...user,
      detached: true,
      stdio: ["ignore", output, output],
    });
    return { child, logOffset };
  } finally {
    closeSync(output);
  }
}

const maxLogBytes = 20_000_000;

/** One older log is kept. */
function rotateLog(folder: string, name: string): void {
  const path = join(folder, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogBytes) renameSync(path, join(folder, `${name}.1.log`));
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  const { promise, resolve } = Promise.withResolvers<ProcessEnd>();
  child.once("error", () => resolve({ code: null, signal: null }));
  child.once("exit", (code, signal) => resolve({ code, signal }));
  return promise;
}

function spawned(child: ChildProcess, { name, command }: SuperviseInput): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  // The pid is known at once when the spawn worked, so the record is not a turn of the loop late.
  if (child.pid !== undefined) resolve(child.pid);
  child.once("error", (cause) => {
    const message = `"${name}" could not be started: ${command} cannot be run.`;
    reject(new ValetError("STACK_START_FAILED", message, { name, command }, { cause }));
  });
  return promise;
}

async function closeChild(input: {
  readonly record: ProcessRecord | undefined;
  readonly input: SuperviseInput;
  readonly ended: Promise<ProcessEnd>;
}): Promise<void> {
  const { record, ended } = input;
  const { name, stateDir, graceMs = 10_000 } = input.input;
  if (record !== undefined) await endProcess(record, graceMs);
  await ended;
  forgetProcess(stateDir, name);
}

function startFailure(failure: {
  readonly input: SuperviseInput;
  readonly logFile: string;
  readonly logOffset: number;
  readonly cause: unknown;
}): ValetError {
  const { input, logFile, logOffset, cause } = failure;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ValetError(
    "STACK_START_FAILED",
    `"${input.name}" did not start: ${reason}. Its log is ${logFile}.`,
    { name: input.name, logFile, lastLines: readLogTail(logFile, logOffset) },
    { cause },
  );
}
