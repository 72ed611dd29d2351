import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { Secret } from "@valet/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ObjectStore } from "./object-store.ts";
import { type StoreConfig, openStore } from "./open-store.ts";

const { signal } = new AbortController();
const pdf = "application/pdf";

let directory: string;
let s3: S3rver;
let s3Endpoint: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "valet-storage-"));
  s3 = new S3rver({
    address: "127.0.0.1",
    port: 0,
    directory: join(directory, "s3"),
    silent: true,
    resetOnClose: true,
    configureBuckets: [{ name: "valet" }],
    allowMismatchedSignatures: true,
  });
  s3Endpoint = `http://127.0.0.1:${(await s3.run()).port}`;
});

afterAll(async () => {
  await s3.close();
  await rm(directory, { recursive: true, force: true });
});

const drivers: Record<string, () => StoreConfig> = {
  fs: () => ({ kind: "fs", root: join(directory, "fs") }),
  s3: () => ({
    kind: "s3",
    endpoint: s3Endpoint,
    bucket: "valet",
    region: "us-east-1",
    accessKey: new Secret("S3RVER"),
    secretKey: new Secret("S3RVER"),
  }),
};

describe.each(Object.entries(drivers))("the %s store", (_name, configOf) => {
  let store: ObjectStore;

  beforeAll(async () => {
    store = await openStore(configOf());
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
