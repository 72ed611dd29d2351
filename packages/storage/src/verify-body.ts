import { createHash } from "node:crypto";
import { type Readable, Transform, addAbortSignal, finished } from "node:stream";
import { objectDamaged } from "./object-key.ts";
import type { ObjectAbout } from "./object-store.ts";

/**
 * Passes bytes on and ends with `INTERNAL` when they are not those that were put. The newest bytes
 * are held back until the next come or all are proved: who is told a length beforehand never
 * gets so many of a damaged object.
 */
export function verifyBody(
  source: Readable,
  expected: ObjectAbout & {
    readonly key: string;
    /** What a fault of the source is to the reader. */
    readonly faultOf: (error: unknown) => unknown;
  },
  signal: AbortSignal,
): Readable {
  const hash = createHash("sha256");
  let byteSize = 0;
  let held: Uint8Array | undefined;
  const verified = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteSize += chunk.byteLength;
      if (byteSize > expected.byteSize) return done(objectDamaged(expected.key));
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      const isWhole = byteSize === expected.byteSize && hash.digest("hex") === expected.sha256;
      if (isWhole) done(null, held);
      else done(objectDamaged(expected.key));
    },
  });
  finished(source, (error) => {
    if (error) verified.destroy(asError(expected.faultOf(error)));
  });
  verified.once("close", () => source.destroy());
  // A fault may come before anybody reads; whoever reads later still gets it.
  verified.on("error", () => {});
  source.pipe(verified);
  return addAbortSignal(signal, verified);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
