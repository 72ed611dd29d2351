import { PassThrough } from "node:stream";
import { runCli } from "./run-cli.ts";

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CapturedInput {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What a person types at a terminal; without it the input is no terminal. */
  readonly typed?: string;
  readonly signal?: AbortSignal;
}

/** Runs a command line inside a test and keeps what it writes. */
export async function runCaptured(input: CapturedInput): Promise<Captured> {
  const { argv, env = {}, cwd = process.cwd(), typed, signal } = input;
  const written = { stdout: "", stderr: "" };
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  stdin.end(typed ?? "");
  const exitCode = await runCli(argv, {
    env,
    cwd,
    stdin,
    stdout: { write: (text) => void (written.stdout += text) },
    stderr: { write: (text) => void (written.stderr += text) },
    signal: signal ?? new AbortController().signal,
  });
  return { exitCode, ...written };
}
