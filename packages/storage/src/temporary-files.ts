import { randomUUID } from "node:crypto";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { namesIn, systemCode } from "./file-system.ts";
import { type BodyMeasure, type BodyToWrite, writeBody } from "./write-body.ts";

/** Nobody waits so long between two pieces of one body. */
const staleAfterMs = 60 * 60_000;

export interface TemporaryFile extends BodyMeasure {
  readonly path: string;
}

export interface TemporaryFiles {
  /** Writes and flushes a body, lends it to `use`, and removes what `use` did not move away. */
  readonly with: <T>(
    input: BodyToWrite,
    signal: AbortSignal,
    use: (file: TemporaryFile) => Promise<T>,
  ) => Promise<T>;
  /** Removes what killed processes left behind: whatever nobody wrote to for an hour. */
  readonly sweep: () => Promise<void>;
}

/** Bodies on their way into the store. Every write sweeps when the last sweep is an hour past. */
export function createTemporaryFiles(folder: string, now: () => Date): TemporaryFiles {
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  async function sweep(): Promise<void> {
    sweptAtMs = now().getTime();
    for (const name of await namesIn(folder)) {
      const path = join(folder, name);
      const writtenAtMs = await lastWritten(path);
      if (sweptAtMs - writtenAtMs > staleAfterMs) await rm(path, { force: true });
    }
  }

  return {
    sweep,
    async with(input, signal, use) {
      if (now().getTime() - sweptAtMs > staleAfterMs) await sweep();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      try {
        const file = await open(path, "wx", 0o600);
        let measure: BodyMeasure;
        try {
          measure = await writeBody(file, input, signal);
          await file.sync();
        } finally {
          await file.close();
        }
        return await use({ path, ...measure });
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Another process may sweep at the same time; what it has removed is as good as new. */
async function lastWritten(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return Number.POSITIVE_INFINITY;
    throw error;
  }
}
