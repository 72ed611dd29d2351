import { constants, inflateRawSync } from "node:zlib";
import { refuse } from "../refusal.ts";
import type { ZipEntry } from "./read-zip-directory.ts";

/**
 * The bytes of one file of an archive, never more than its directory states, nor than `mostBytes`.
 *
 * @throws ValetError `RESUME_UNREADABLE`: `too_large`, or `damaged` when it is not as long as stated.
 */
export function inflateEntry(archive: Buffer, entry: ZipEntry, mostBytes: number): Buffer {
  if (entry.bytes > mostBytes) throw refuse("too_large");
  const packed = archive.subarray(entry.start, entry.start + entry.packedBytes);
  if (!entry.isDeflated) return packed;
  try {
    // One more, for that many can be none.
    const inflated = inflateRawSync(packed, { maxOutputLength: entry.bytes + 1 });
    if (inflated.length === entry.bytes) return inflated;
  } catch (cause) {
    throw refuse("damaged", cause);
  }
  throw refuse("damaged");
}

/** Packed; beyond the tables of codes that a packed entry may begin with. */
const headBytes = 512;

/** How one begins; fewer bytes when its packing is broken. */
export function inflateHead(archive: Buffer, entry: ZipEntry): Buffer {
  const packed = archive.subarray(
    entry.start,
    entry.start + Math.min(entry.packedBytes, headBytes),
  );
  if (!entry.isDeflated) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
