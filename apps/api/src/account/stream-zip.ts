import { createHash } from "node:crypto";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

export interface ZipEntry {
  /** With `/` between folders. */
  readonly path: string;
  /** What is written beside path, size and hash into the manifest. */
  readonly about?: Readonly<Record<string, unknown>>;
  /** Read when its turn has come; undefined when it is missing, which the manifest says. */
  readonly read: (
    signal: AbortSignal,
  ) => Promise<AsyncIterable<Uint8Array> | undefined> | AsyncIterable<Uint8Array>;
}

/**
 * A zip of these entries and, at its end, `manifest.json` with the SHA-256 of each. One entry is held at a time,
 * and only as fast as the reader takes it. A fault breaks the stream off: half a zip is none.
 */
export function streamZip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  signal: AbortSignal,
): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  output.once("close", () => over.abort());
  const breakOff = (error: unknown): void => {
    output.destroy(error instanceof Error ? error : new Error("The zip broke off."));
  };
  zip.on("error", breakOff);
  fill(zip, entries, either).catch(breakOff);
  return output;
}

async function fill(
  zip: ZipFile,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  signal: AbortSignal,
): Promise<void> {
  const files: unknown[] = [];
  for await (const { path, about = {}, read } of entries) {
    signal.throwIfAborted();
    const chunks = await read(signal);
    if (chunks === undefined) {
      files.push({ path, ...about, missing: true });
      continue;
    }
    const measured = { bytes: 0, sha256: createHash("sha256") };
    // The archive remembers the stream of every entry to its end: what is read must not hang on it.
    const body = new PassThrough();
    zip.addReadStream(body, path, { mtime: new Date(), compress: !isPacked.test(path) });
    await pipeline(measure(chunks, measured), body, { signal });
    const { bytes, sha256 } = measured;
    files.push({ path, ...about, bytes, sha256: sha256.digest("hex") });
  }
  zip.addBuffer(Buffer.from(JSON.stringify({ files }, null, 2)), "manifest.json");
  zip.end();
}

/** Would cost time and gain nothing. */
const isPacked = /\.(jpe?g|png|pdf|docx|zip)$/i;

async function* measure(
  chunks: AsyncIterable<Uint8Array>,
  measured: { bytes: number; readonly sha256: ReturnType<typeof createHash> },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    measured.bytes += chunk.byteLength;
    measured.sha256.update(chunk);
    yield chunk;
  }
}
