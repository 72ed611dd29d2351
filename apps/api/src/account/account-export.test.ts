import { createHash } from "node:crypto";
import { personTables } from "@valet/db";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { holdPerson } from "./account.fixture.ts";
import { streamZip } from "./stream-zip.ts";

let api: ApiFixture;
beforeAll(async () => void (api = await openApiFixture()));
afterAll(() => api.close());

interface Manifest {
  readonly files: readonly {
    path: string;
    sha256?: string;
    bytes?: number;
    missing?: true;
    kind?: string;
  }[];
}

function opened(zip: Buffer) {
  const files = unzipSync(zip);
  const manifest: Manifest = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()));
  const text = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join("\n");
  return { files, manifest, text };
}

test("the export holds every kind and every file, and each is what the manifest says", async () => {
  const { person, canaries, taskId } = await holdPerson(api);
  const stranger = await holdPerson(api);
  const answered = await api.app.inject({ url: "/me/export", headers: keyOf(person) });
  expect([answered.statusCode, answered.headers["content-type"]]).toEqual([200, "application/zip"]);
  expect(answered.headers["content-disposition"]).toContain("valet-account.zip");
  const { files, manifest, text } = opened(answered.rawPayload);
  for (const { path, sha256, bytes } of manifest.files) {
    const body = files[path] ?? new Uint8Array();
    expect([path, createHash("sha256").update(body).digest("hex"), body.length]).toEqual([
      path,
      sha256,
      bytes,
    ]);
  }
  for (const { name } of personTables) {
    const rows: unknown[] = JSON.parse(
      strFromU8(files[`${name.replaceAll("_", "-")}.json`] ?? new Uint8Array()),
    );
    expect([name, rows.length > 0]).toEqual([name, true]);
  }
  expect(
    manifest.files.filter(({ path }) => path.startsWith("files/")).map(({ kind }) => kind),
  ).toEqual(["resume", "screenshot_failure", "receipt"]);
  expect(files[`files/evidence/${taskId}/receipt.json`]).toBeDefined();
  for (const word of stranger.canaries) expect(text).not.toContain(word);
  const missing = canaries.filter((word) => !text.includes(word));
  // What waits for the engine or a mail, a webhook's secret, hashes of a login and of tickets, a worker's name, a parked
  // browser's cookies and what was never recorded.
  expect(missing).toHaveLength(10);
  expect(canaries.length - missing.length).toBeGreaterThanOrEqual(40);
});

test("a file that is gone or damaged is said to be missing, and keeps nothing else back", async () => {
  const { person, taskId } = await holdPerson(api);
  await api.store.delete(`evidence/${taskId}/failure.jpg`, new AbortController().signal);
  const answered = await api.app.inject({ url: "/me/export", headers: keyOf(person) });
  const { manifest } = opened(answered.rawPayload);
  expect(manifest.files.filter(({ missing }) => missing)).toMatchObject([
    { kind: "screenshot_failure" },
  ]);
});

test("the evidence of an application is one zip, for its person alone", async () => {
  const { person, taskId } = await holdPerson(api);
  const url = `/tasks/${taskId}/evidence`;
  const answered = await api.app.inject({ url, headers: keyOf(person) });
  const { files, manifest } = opened(answered.rawPayload);
  expect(Object.keys(files).toSorted()).toEqual(["failure.jpg", "manifest.json", "receipt.json"]);
  const receipt = manifest.files.find(({ kind }) => kind === "receipt");
  const stored = await api.db
    .selectFrom("evidence")
    .selectAll()
    .where("kind", "=", "receipt")
    .where("taskId", "=", taskId)
    .executeTakeFirst();
  expect(receipt?.sha256).toBe(stored?.sha256);
  const stranger = await api.addPerson();
  const refused = await api.app.inject({ url, headers: keyOf(stranger) });
  expect([refused.statusCode, refused.json().code]).toEqual([404, "NOT_FOUND"]);
  const { id } = await api.addTask(person.id);
  const none = await api.app.inject({ url: `/tasks/${id}/evidence`, headers: keyOf(person) });
  expect([none.statusCode, none.json().code]).toEqual([404, "NOT_FOUND"]);
});

test("a zip is made as fast as it is read: what nobody takes is not read from the store", async () => {
  let read = 0;
  const entries = Array.from({ length: 200 }, (_, index) => ({
    path: `file-${index}`,
    async *read() {
      read += 1;
      // Does not shrink.
      yield crypto.getRandomValues(new Uint8Array(65_536));
    },
  }));
  const zip = streamZip(entries, new AbortController().signal);
  const chunks = zip[Symbol.asyncIterator]();
  await chunks.next();
  await new Promise(setImmediate);
  expect(read).toBeLessThan(20);
  let bytes = 0;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
    bytes += next.value.length;
  expect([read, bytes > 200 * 65_000]).toEqual([200, true]);
});

test("what was written is let go: a large zip takes no more memory than a small one", async () => {
  async function* oneChunk(body: Uint8Array) {
    yield body;
  }
  const entries = Array.from({ length: 1_000 }, (_, index) => ({
    path: `file-${index}.jpg`,
    read: async () => oneChunk(Buffer.alloc(300_000, index)),
  }));
  let peak = 0;
  for await (const _chunk of streamZip(entries, new AbortController().signal)) {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    await new Promise(setImmediate);
  }
  // Of 300 MB in all; how much of what was let go is collected at once is the collector's to say.
  expect(peak).toBeLessThan(200_000_000);
});

test("a fault in the middle breaks the zip off, and a reader that leaves ends the reading", async () => {
  const failing = streamZip(
    [
      {
        path: "a",
        async *read() {
          yield Buffer.from("a");
          throw new Error("on purpose");
        },
      },
    ],
    new AbortController().signal,
  );
  await expect(failing.toArray()).rejects.toThrow("on purpose");
  const { promise: isLeft, resolve: leave } = Promise.withResolvers<void>();
  const endless = streamZip(
    [
      {
        path: "a",
        async *read() {
          try {
            for (;;) yield crypto.getRandomValues(new Uint8Array(65_536));
          } finally {
            leave();
          }
        },
      },
    ],
    new AbortController().signal,
  );
  for await (const _chunk of endless) break;
  await isLeft;
  expect(endless.destroyed).toBe(true);
});
