import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Secret } from "@valet/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentDisposition } from "./content-disposition.ts";
import { sha256Of } from "./object-key.ts";
import type { Body, ObjectStore } from "./object-store.ts";
import { openStore } from "./open-store.ts";
import { type Drivers, driverNames, startDrivers } from "./drivers.fixture.ts";
import { followLink } from "./follow-link.fixture.ts";

const { signal } = new AbortController();
const pdf = "application/pdf";

async function* tenBytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("12345");
  yield Buffer.from("67890");
}

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("12345");
  throw new Error("cut off");
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

let drivers: Drivers;

beforeAll(async () => {
  drivers = await startDrivers();
});

afterAll(() => drivers.close());

describe.each(driverNames)("the %s store", (driver) => {
  let store: ObjectStore;

  beforeAll(async () => {
    store = await openStore(drivers.configs[driver]);
  });

  afterAll(() => store.close());

  test("gives back what was put, with its type and hash", async () => {
    const body = Buffer.from("%PDF-1.7 Ada Example");
    const stored = await store.put({ key: "resumes/r1/cv.pdf", body, contentType: pdf }, signal);

    expect(stored).toEqual({
      key: "resumes/r1/cv.pdf",
      sha256: "5ed32964bf6a11e1ea469656d319162a7c37c9b6536ef0705ff9606f24cbbea9",
      byteSize: 20,
    });
    expect(await store.get("resumes/r1/cv.pdf", signal)).toEqual({
      body,
      contentType: pdf,
      sha256: stored.sha256,
    });
  });

  test("takes empty bodies, typed arrays and ten megabytes", async () => {
    const bodies = [new Uint8Array(0), new Uint8Array([1, 2, 3]), Buffer.alloc(10_485_760, 7)];
    for (const [index, body] of bodies.entries()) {
      const key = `sizes/${index}`;
      const stored = await store.put({ key, body, contentType: "image/png" }, signal);
      const fetched = await store.get(key, signal);

      expect(stored.byteSize).toBe(body.byteLength);
      expect(fetched?.sha256).toBe(stored.sha256);
      expect(fetched?.body.equals(body)).toBe(true);
    }
  });

  test("a second put replaces body and type", async () => {
    const key = "evidence/t1/receipt.json";
    await store.put({ key, body: Buffer.from("{}"), contentType: "application/json" }, signal);
    await store.put({ key, body: Buffer.from("<p>"), contentType: "text/html" }, signal);

    expect(await store.get(key, signal)).toMatchObject({
      body: Buffer.from("<p>"),
      contentType: "text/html",
    });
  });

  test("the same bytes with another type change the type", async () => {
    const body = Buffer.from("same");
    await store.put({ key: "same", body, contentType: "text/plain" }, signal);
    await store.put({ key: "same", body, contentType: "text/markdown" }, signal);

    expect((await store.get("same", signal))?.contentType).toBe("text/markdown");
  });

  test("what is not there is undefined, and deleting it is no fault", async () => {
    expect(await store.get("never/was", signal)).toBeUndefined();
    await store.put({ key: "short/lived", body: Buffer.from("x"), contentType: pdf }, signal);
    await store.delete("short/lived", signal);
    await store.delete("short/lived", signal);

    expect(await store.get("short/lived", signal)).toBeUndefined();
    expect(await store.get("short", signal)).toBeUndefined();
  });

  test("a tree is deleted with all below it, and its neighbours stay", async () => {
    const body = Buffer.from("x");
    const keys = ["tree/t1/a", "tree/t1/b/c", "tree/t10/a", "tree/t1.b", "lone", "lone.b"];
    for (const key of keys) await store.put({ key, body, contentType: pdf }, signal);
    await store.deleteTree("tree/t1", signal);
    await store.deleteTree("lone", signal);
    const left = [];
    for (const key of keys) if ((await store.get(key, signal)) !== undefined) left.push(key);

    expect(left).toEqual(["tree/t10/a", "tree/t1.b", "lone.b"]);
    await store.deleteTree("tree/never", signal);
    await store.deleteTree("never/was/there", signal);
  });

  test("a stream goes in and comes out as its bytes would", async () => {
    const pieces = [
      Buffer.from("a"),
      Buffer.alloc(200_000, "b"),
      Buffer.alloc(0),
      Buffer.from("c"),
    ];
    const whole = Buffer.concat(pieces);
    const key = "streams/s1";
    const stored = await store.put({ key, body: Readable.from(pieces), contentType: pdf }, signal);
    const opened = await store.open(key, signal);

    expect(stored).toEqual({ key, sha256: sha256Of(whole), byteSize: whole.length });
    expect(opened).toMatchObject({ contentType: pdf, sha256: stored.sha256, byteSize: 200_002 });
    expect(Buffer.concat((await opened?.body.toArray()) ?? []).equals(whole)).toBe(true);
    expect(await store.open("streams/never", signal)).toBeUndefined();
  });

  test("an open object that nobody reads to its end keeps nothing from going on", async () => {
    const key = "streams/left";
    await store.put({ key, body: Buffer.alloc(1_000_000), contentType: pdf }, signal);
    // More than the connections that a client keeps at a time.
    for (let round = 0; round < 60; round += 1) {
      const opened = await store.open(key, signal);
      opened?.body.destroy();
    }

    expect((await store.get(key, signal))?.body.length).toBe(1_000_000);
  });

  test("an abort ends an open body", async () => {
    const key = "streams/aborted";
    await store.put({ key, body: Buffer.alloc(3_000_000), contentType: pdf }, signal);
    const controller = new AbortController();
    const opened = await store.open(key, controller.signal);
    controller.abort(new Error("stop"));

    await expect(opened?.body.toArray()).rejects.toMatchObject({ cause: { message: "stop" } });
  });

  test("the same bytes twice are one object of their hash, and apart for each person", async () => {
    const body = Buffer.from("%PDF-1.7 once");
    const add = (under: string, given: Body) =>
      store.addOnce({ under, body: given, contentType: pdf }, signal);
    const first = await add("once/u1", body);
    const second = await add("once/u1", Readable.from([body.subarray(0, 3), body.subarray(3)]));
    const other = await add("once/u2", body);
    await store.deleteTree("once/u2", signal);

    const sha256 = sha256Of(body);
    const about = { key: `once/u1/${sha256}`, sha256, byteSize: body.length };
    expect(first).toEqual({ ...about, wasThere: false });
    expect(second).toEqual({ ...about, wasThere: true });
    expect(other).toEqual({ ...about, key: `once/u2/${sha256}`, wasThere: false });
    expect(await store.get(first.key, signal)).toEqual({ body, sha256, contentType: pdf });
    expect(await store.get(other.key, signal)).toBeUndefined();
  });

  test("the same bytes added under another type have that type", async () => {
    const input = { under: "once/types", body: Buffer.from("typed") };
    await store.addOnce({ ...input, contentType: "text/plain" }, signal);
    const { key } = await store.addOnce({ ...input, contentType: pdf }, signal);

    expect((await store.get(key, signal))?.contentType).toBe(pdf);
  });

  test("the same bytes added ten times at once are kept once, and each caller gets them", async () => {
    const whole = Buffer.alloc(300_000, "x");
    const added = await Promise.all(
      Array.from({ length: 10 }, () =>
        store.addOnce(
          { under: "once/race", body: Readable.from([whole]), contentType: pdf },
          signal,
        ),
      ),
    );

    expect(new Set(added.map(({ key }) => key)).size).toBe(1);
    expect((await store.get(added[0]?.key ?? "", signal))?.body.equals(whole)).toBe(true);
  });

  test.each([
    [
      "a body of one byte too many",
      tenBytes,
      { code: "PAYLOAD_TOO_LARGE", details: { maxBytes: 9 } },
    ],
    ["a giver who fails", brokenOff, { message: "cut off" }],
    ["text in place of bytes", () => Readable.from(["12345"]), { name: "TypeError" }],
  ])("%s leaves nothing behind", async (_what, give, refused) => {
    const before = await filesIn(drivers.directory);
    const input = { under: "refused", body: give(), contentType: pdf };

    await expect(store.addOnce({ ...input, maxBytes: 9 }, signal)).rejects.toMatchObject(refused);
    expect(await filesIn(drivers.directory)).toEqual(before);
  });

  test("exactly as many bytes as allowed are kept", async () => {
    const added = await store.addOnce(
      { under: "allowed", body: tenBytes(), contentType: pdf, maxBytes: 10 },
      signal,
    );

    expect((await store.get(added.key, signal))?.body.toString()).toBe("1234567890");
  });

  test.each(["waited for", "written"])(
    "a body that hangs is left when the caller gives up while it is %s",
    async (moment) => {
      const before = await filesIn(drivers.directory);
      const controller = new AbortController();
      const giveUp = () => controller.abort(new Error("stop"));
      async function* hanging(): AsyncGenerator<Uint8Array> {
        if (moment === "written") process.nextTick(giveUp);
        yield Buffer.from("never goes on");
        if (moment === "waited for") setImmediate(giveUp);
        await new Promise(() => {});
      }
      const adding = store.addOnce(
        { under: "hung", body: hanging(), contentType: pdf },
        controller.signal,
      );

      await expect(adding).rejects.toThrow("stop");
      expect(await filesIn(drivers.directory)).toEqual(before);
    },
  );

  test("a stream that hangs is closed when the caller gives up", async () => {
    const controller = new AbortController();
    const body = new Readable({
      read() {
        setImmediate(() => controller.abort(new Error("stop")));
      },
    });
    const adding = store.addOnce({ under: "hung", body, contentType: pdf }, controller.signal);

    await expect(adding).rejects.toThrow("stop");
    expect(body.destroyed).toBe(true);
  });

  test("a link gives the object as a download under its name", async () => {
    const key = "linked/l1";
    const body = Buffer.from("%PDF-1.7 linked");
    await store.put({ key, body, contentType: pdf }, signal);
    const fileName = '../Žofie "Z" 👩‍💻\r\nX: y\u202E.pdf';
    const link = await store.link({ key, fileName, expiresInSeconds: 60 }, signal);

    expect(link?.expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect(await followLink(store, link?.url ?? "", signal)).toEqual({
      body,
      contentType: pdf,
      disposition: contentDisposition(fileName),
    });
    expect(contentDisposition(fileName)).toMatch(/^attachment; filename=/);
  });

  test("there is no link to what is not there, and none for ever", async () => {
    const input = { key: "linked/l2", fileName: "cv.pdf" };
    await store.put({ key: input.key, body: Buffer.from("x"), contentType: pdf }, signal);

    expect(
      await store.link({ ...input, key: "linked/never", expiresInSeconds: 60 }, signal),
    ).toBeUndefined();
    for (const expiresInSeconds of [0, -1, 0.5, Number.NaN, 604_801]) {
      await expect(store.link({ ...input, expiresInSeconds }, signal)).rejects.toMatchObject({
        code: "INTERNAL",
        details: { expiresInSeconds },
      });
    }
    expect(await store.openLink("made.up", signal)).toEqual({ kind: "refused", reason: "invalid" });
  });

  test("a key that could leave its folder is refused", async () => {
    const keys = [
      "",
      "/etc/passwd",
      "../outside",
      "a/../../outside",
      "a/./b",
      "a//b",
      "a/",
      "a\\..\\b",
      "a\0b",
      ".meta/x",
      ".tmp/x",
      "é",
      "a b",
      "x".repeat(513),
    ];
    for (const key of keys) {
      const body = Buffer.from("x");
      const refused = { code: "INTERNAL", details: { keyLength: key.length } };
      await expect(store.put({ key, body, contentType: pdf }, signal)).rejects.toMatchObject(
        refused,
      );
      await expect(store.get(key, signal)).rejects.toMatchObject(refused);
      await expect(store.open(key, signal)).rejects.toMatchObject(refused);
      await expect(
        store.link({ key, fileName: "cv.pdf", expiresInSeconds: 60 }, signal),
      ).rejects.toMatchObject(refused);
      await expect(
        store.addOnce({ under: key, body, contentType: pdf }, signal),
      ).rejects.toMatchObject(refused);
      await expect(store.delete(key, signal)).rejects.toMatchObject(refused);
      await expect(store.deleteTree(key, signal)).rejects.toMatchObject(refused);
    }
  });

  test("an aborted call does nothing and throws the reason", async () => {
    const stopped = AbortSignal.abort(new Error("stop"));
    const input = { key: "aborted", body: Buffer.from("x"), contentType: pdf };

    await expect(store.put(input, stopped)).rejects.toThrow("stop");
    await expect(store.get("aborted", stopped)).rejects.toThrow("stop");
    await expect(store.delete("aborted", stopped)).rejects.toThrow("stop");
    expect(await store.get("aborted", signal)).toBeUndefined();
  });
});

test("an S3 that does not answer is reported without its keys", async () => {
  const store = await openStore({
    kind: "s3",
    endpoint: "http://127.0.0.1:1",
    bucket: "valet",
    region: "us-east-1",
    accessKey: new Secret("canary-access"),
    secretKey: new Secret("canary-secret"),
  });

  const error: unknown = await store.get("a", signal).catch((thrown: unknown) => thrown);
  await store.close();

  expect(error).toMatchObject({
    code: "STORAGE_UNAVAILABLE",
    message: expect.stringContaining("ECONNREFUSED"),
  });
  expect(String(error)).not.toContain("canary");
});
