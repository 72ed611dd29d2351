import { spawn } from "node:child_process";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { statePaths } from "./state-files.ts";

export interface RunOnceInput {
  /** In words for people: "setting up the engine's database". */
  readonly title: string;
  readonly stateDir: string;
  /** Whose log the output joins. */
  readonly logName: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The standard output is a secret and stays out of the log. */
  readonly secretOutput?: boolean;
}

/**
 * Runs a command to its end; resolves to its standard output.
 *
 * @throws `STACK_START_FAILED` with the last lines in `details`; an `EACCES` or `ENOENT` at the
 * spawn is the error's cause.
 */
export async function runOnce(input: RunOnceInput, signal?: AbortSignal): Promise<string> {
  const { title, stateDir, logName, command, args, env, cwd, user } = input;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  const options = { cwd, env, ...user, ...(signal === undefined ? {} : { signal }) };
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (chunk: Buffer) => {
    stdout.push(chunk);
    if (input.secretOutput !== true) all.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => all.push(chunk));
  const fail = (reason: string, cause?: unknown) => {
    const lastLines = Buffer.concat(all).toString("utf8").trimEnd().split("\n").slice(-12);
    const message = `${title} failed (${reason}). More is in ${logPath(stateDir, logName)}.`;
    const details = { command, lastLines };
    reject(new ValetError("STACK_START_FAILED", message, details, { cause }));
  };
  let fault: Error | undefined;
  child.once("error", (error) => {
    fault = error;
    // Aborted, it still runs until it has closed; never started, it does not close.
    if (child.pid === undefined) fail(error.message, error);
  });
  child.once("close", (code, ending) => {
    if (fault !== undefined) fail(fault.message, fault);
    else if (code === 0) resolve(Buffer.concat(stdout).toString("utf8"));
    else fail(ending ?? `exit code ${code}`);
  });
  try {
    return await promise;
  } finally {
    await mkdir(statePaths(stateDir).logs, { recursive: true, mode: 0o700 });
    await appendFile(logPath(stateDir, logName), Buffer.concat(all), { mode: 0o600 });
  }
}

function logPath(stateDir: string, logName: string): string {
  return join(statePaths(stateDir).logs, `${logName}.log`);
}
