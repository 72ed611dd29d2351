import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { ValetError } from "@valet/contracts";
import type { Body } from "./object-store.ts";

export interface BodyToWrite {
  readonly body: Body;
  readonly maxBytes?: number | undefined;
}

export interface BodyMeasure {
  /** Hex. */
  readonly sha256: string;
  readonly byteSize: number;
}

/** Carries what the giver of a body threw past those who look for faults of the storage. */
export class BodyFault extends Error {
  override readonly name = "BodyFault";
}

/** Writes a body at the end of the file as it comes, and measures it on the way. */
export async function writeBody(
  file: FileHandle,
  { body, maxBytes = Number.POSITIVE_INFINITY }: BodyToWrite,
  signal: AbortSignal,
): Promise<BodyMeasure> {
  const hash = createHash("sha256");
  let byteSize = 0;
  for await (const chunk of chunksOf(body, signal)) {
    byteSize += chunk.byteLength;
    if (byteSize > maxBytes) throw tooLarge(maxBytes);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  signal.throwIfAborted();
  return { sha256: hash.digest("hex"), byteSize };
}

async function* chunksOf(body: Body, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) {
    yield body;
    return;
  }
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      signal.throwIfAborted();
      const step = await untilAborted(iterator.next(), signal).catch((error: unknown) => {
        throw bodyFault(error);
      });
      if (step.done === true) return;
      // A stream may be set to give text, whose length in bytes is another.
      if (!(step.value instanceof Uint8Array)) {
        throw bodyFault(new TypeError("A body is made of bytes."));
      }
      yield step.value;
    }
  } finally {
    // A stream is told at once, and nobody is waited for: a body that hangs would do so for ever.
    if (body instanceof Readable) body.destroy();
    else iterator.return?.().catch(() => {});
  }
}

/** A body may hang; the abort does not wait for it. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function bodyFault(cause: unknown): BodyFault {
  return new BodyFault("The body broke off.", { cause });
}

function tooLarge(maxBytes: number): ValetError {
  return new ValetError(
    "PAYLOAD_TOO_LARGE",
    `The file is larger than ${maxBytes} bytes. Nothing was stored. Send a smaller one.`,
    { maxBytes },
  );
}
