import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ValetError } from "@valet/contracts";
import { ResumeTruth } from "./field-scores.ts";

export interface PeerAnswer {
  /** Nothing where the peer failed or printed something else. */
  readonly read: ResumeTruth;
  readonly ms: number;
  readonly hasFailed: boolean;
}

const limitMs = 60_000;
const mostBytes = 16 * 1024 * 1024;
const run = promisify(execFile);

/**
 * Reads a file with somebody else's parser: a command, its words apart by spaces, that takes the file's path
 * as its last argument and prints JSON Resume.
 *
 * @throws ValetError `USAGE` when there is no such command; the signal's reason when it is aborted.
 */
export async function askPeer(
  command: string,
  file: string,
  signal: AbortSignal,
): Promise<PeerAnswer> {
  const [program = "", ...words] = command.trim().split(/\s+/u);
  const startedAt = performance.now();
  try {
    const { stdout } = await run(program, [...words, file], {
      signal,
      timeout: limitMs,
      maxBuffer: mostBytes,
    });
    const ms = performance.now() - startedAt;
    const { data, success } = ResumeTruth.safeParse(JSON.parse(stdout));
    return { read: data ?? { basics: {} }, ms, hasFailed: !success };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new ValetError(
        "USAGE",
        `There is no command ${program}, so no peer can be measured. Install it, or give its whole path in --peer.`,
      );
    }
    return { read: { basics: {} }, ms: performance.now() - startedAt, hasFailed: true };
  }
}
