import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What a log holds from an offset on, at most the first 256 KiB of it. */
export function readLogFrom(path: string, offset: number): string {
  const file = openSync(path, "r");
  try {
    const length = Math.min(Math.max(fstatSync(file).size - offset, 0), 262_144);
    const buffer = Buffer.alloc(length);
    const read = readSync(file, buffer, 0, length, offset);
    return buffer.subarray(0, read).toString("utf8");
  } finally {
    closeSync(file);
  }
}

/** The last lines that were written after the offset. */
export function readLogTail(path: string, offset: number, lines = 12): string[] {
  return readLogFrom(path, offset).trimEnd().split("\n").slice(-lines);
}
