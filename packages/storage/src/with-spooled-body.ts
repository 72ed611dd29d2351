import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type BodyMeasure, type BodyToWrite, writeBody } from "./write-body.ts";

export interface SpooledBody extends BodyMeasure {
  /** To be called once. */
  readonly read: () => Readable;
}

/**
 * Lends a body of known length and hash to `use`. The file that holds it meanwhile has no name from
 * the beginning, so that nothing stays behind, whatever dies.
 */
export async function withSpooledBody<T>(
  input: BodyToWrite,
  signal: AbortSignal,
  use: (body: SpooledBody) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `valet-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
    const measure = await writeBody(file, input, signal);
    return await use({ ...measure, read: () => file.createReadStream({ start: 0 }) });
  } finally {
    // Ends a reader that was left half-way as well.
    await file.close();
  }
}
