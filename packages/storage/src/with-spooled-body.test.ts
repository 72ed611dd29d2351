import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { withSpooledBody } from "./with-spooled-body.ts";

const { signal } = new AbortController();

test("a body waits on the disk in a file without a name, and comes out as it went in", async () => {
  const directory = await mkdtemp(join(tmpdir(), "valet-spool-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  vi.stubEnv("TMPDIR", directory);
  onTestFinished(() => void vi.unstubAllEnvs());
  const body = Buffer.alloc(300_000, "x");

  const seen = await withSpooledBody({ body: Readable.from([body]) }, signal, async (spooled) => ({
    byteSize: spooled.byteSize,
    names: await readdir(directory),
    isSame: Buffer.concat(await spooled.read().toArray()).equals(body),
  }));

  expect(seen).toEqual({ byteSize: 300_000, names: [], isSame: true });
});

test("whoever leaves a spooled body half read is not kept waiting for it", async () => {
  const body = Buffer.alloc(3_000_000, "x");
  const first: unknown = await withSpooledBody({ body }, signal, async ({ read }) => {
    const { value } = await read()[Symbol.asyncIterator]().next();
    return value;
  });

  expect(first).toBeInstanceOf(Buffer);
});
