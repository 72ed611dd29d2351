import { z } from "zod";
import { Secret } from "@valet/runtime";
import { openStore } from "./open-store.ts";

/**
 * A process of its own: puts an object of `byteSize` as a stream, adds it once, reads it back, and
 * prints how far its memory grew meanwhile, in bytes, and how many bytes it read.
 */
const Input = z.object({
  byteSize: z.int(),
  config: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fs"), root: z.string() }),
    z.object({
      kind: z.literal("s3"),
      endpoint: z.string(),
      bucket: z.string(),
      region: z.string(),
      accessKey: z.string().transform((key) => new Secret(key)),
      secretKey: z.string().transform((key) => new Secret(key)),
    }),
  ]),
});

const { byteSize, config } = Input.parse(JSON.parse(process.argv[2] ?? ""));
const { signal } = new AbortController();
const contentType = "application/octet-stream";
const store = await openStore(config);
let peak = 0;
let unseen = 0;

/** Looks once a megabyte. Garbage that waits to be collected is nothing that is held. */
function look(chunk: Uint8Array): void {
  unseen += chunk.length;
  if (unseen < 1_000_000) return;
  unseen = 0;
  globalThis.gc?.({ type: "minor" });
  peak = Math.max(peak, process.memoryUsage.rss());
}

async function* bytes(total: number): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(65_536, "x");
  for (let left = total; left > 0; left -= chunk.length) {
    look(chunk);
    yield chunk.subarray(0, Math.min(left, chunk.length));
  }
}

async function streamThrough(total: number): Promise<number> {
  await store.put({ key: "through/put", body: bytes(total), contentType }, signal);
  const { key } = await store.addOnce(
    { under: "through", body: bytes(total), contentType },
    signal,
  );
  let read = 0;
  for await (const chunk of (await store.open(key, signal))?.body ?? []) {
    look(chunk);
    read += chunk.length;
  }
  return read;
}

// What is loaded and compiled only once is no growth.
await streamThrough(1_000_000);
const before = process.memoryUsage.rss();
peak = 0;
const read = await streamThrough(byteSize);
await store.close();
process.stdout.write(JSON.stringify({ grown: peak - before, read }));
