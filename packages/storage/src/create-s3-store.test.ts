import { Readable } from "node:stream";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Secret } from "@valet/runtime";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createS3Store } from "./create-s3-store.ts";
import { startDrivers } from "./drivers.fixture.ts";
import { followLink } from "./follow-link.fixture.ts";
import type { ObjectStore } from "./object-store.ts";
import { openStore } from "./open-store.ts";
import type { S3StoreConfig } from "./s3-client.ts";
import { type SigV4Server, startSigV4Server } from "./sigv4-server.fixture.ts";

const { signal } = new AbortController();
const contentType = "application/pdf";
const bytes = Buffer.from("%PDF-1.7 signed");

describe("before a service that checks signatures", () => {
  let server: SigV4Server;
  let nowMs: number;

  beforeEach(async () => {
    nowMs = Date.now();
    server = await startSigV4Server({
      region: "eu-central-1",
      accessKey: "valet-key",
      secretKey: "valet-secret",
      now: () => new Date(nowMs),
    });
    return () => server.close();
  });

  function storeWith(config: Partial<S3StoreConfig> = {}): ObjectStore {
    const store = createS3Store({
      endpoint: server.endpoint,
      bucket: "valet",
      region: "eu-central-1",
      accessKey: new Secret("valet-key"),
      secretKey: new Secret("valet-secret"),
      ...config,
    });
    onTestFinished(() => store.close());
    return store;
  }

  test("every request is let in, and every body is signed with it", async () => {
    const store = storeWith();
    await store.put({ key: "a/bytes", body: bytes, contentType }, signal);
    await store.put({ key: "a/stream", body: Readable.from([bytes]), contentType }, signal);
    const added = await store.addOnce(
      { under: "a", body: Readable.from([bytes]), contentType },
      signal,
    );
    await store.addOnce({ under: "a", body: bytes, contentType }, signal);

    expect((await store.get(added.key, signal))?.body).toEqual(bytes);
    expect((await store.get("a/stream", signal))?.body).toEqual(bytes);
    expect(server.seen.map(({ method, refusal }) => [method, refusal])).toEqual(
      // The second of the same is only looked for.
      ["PUT", "PUT", "HEAD", "PUT", "HEAD", "GET", "GET"].map((method) => [method, undefined]),
    );
    const puts = server.seen.filter(({ method }) => method === "PUT");
    expect(puts.map(({ headers }) => headers["x-amz-content-sha256"])).toEqual(
      puts.map(() => added.sha256),
    );
  });

  test.each([
    ["secret", { secretKey: new Secret("canary-secret") }],
    ["key id", { accessKey: new Secret("canary-access") }],
    ["region", { region: "us-east-1" }],
  ])("with a wrong %s nothing is kept, and the error shows no key", async (_what, wrong) => {
    const error: unknown = await storeWith(wrong)
      .put({ key: "a/b", body: bytes, contentType }, signal)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    expect(String(error)).not.toContain("canary");
    expect(server.seen.every(({ refusal }) => refusal !== undefined)).toBe(true);
    expect(await storeWith().get("a/b", signal)).toBeUndefined();
  });

  test("a link is good until it expires", async () => {
    const store = storeWith({ now: () => new Date(nowMs) });
    await store.put({ key: "a/b", body: bytes, contentType }, signal);
    const link = await store.link({ key: "a/b", fileName: "cv.pdf", expiresInSeconds: 60 }, signal);
    const url = link?.url ?? "";
    nowMs += 58_000;
    const inTime = await followLink(store, url, signal);
    nowMs += 3_000;

    expect(inTime).toMatchObject({ body: bytes, contentType });
    expect(await followLink(store, url, signal)).toBe(403);
  });

  test.each([
    ["another object", (url: URL) => (url.pathname = url.pathname.replace("/a/b", "/a/c"))],
    ["a longer time", (url: URL) => url.searchParams.set("X-Amz-Expires", "604800")],
    ["a later beginning", (url: URL) => url.searchParams.set("X-Amz-Date", "20991231T000000Z")],
    ["a page to show", (url: URL) => url.searchParams.set("response-content-type", "text/html")],
    ["no download", (url: URL) => url.searchParams.set("response-content-disposition", "inline")],
    ["no name", (url: URL) => url.searchParams.delete("response-content-disposition")],
    ["one more wish", (url: URL) => url.searchParams.set("response-expires", "0")],
    ["no signature", (url: URL) => url.searchParams.delete("X-Amz-Signature")],
  ])("a link altered to %s is refused", async (_what, alter) => {
    const store = storeWith();
    for (const key of ["a/b", "a/c"]) await store.put({ key, body: bytes, contentType }, signal);
    const link = await store.link({ key: "a/b", fileName: "cv.pdf", expiresInSeconds: 60 }, signal);
    const url = new URL(link?.url ?? "");
    const unaltered = await followLink(store, url.href, signal);
    alter(url);

    expect(unaltered).toMatchObject({ body: bytes });
    expect(await followLink(store, url.href, signal)).toBe(403);
  });

  test.each([
    ["nothing", undefined, [undefined, undefined]],
    ["the service's own keys", { kind: "AES256" } as const, ["AES256", undefined]],
    ["its key service", { kind: "aws:kms" } as const, ["aws:kms", undefined]],
    [
      "a key of its key service",
      { kind: "aws:kms", keyId: "key-1" } as const,
      ["aws:kms", "key-1"],
    ],
  ])("encryption with %s is asked for with every put", async (_what, encryption, expected) => {
    const store = storeWith({ encryption });
    await store.put({ key: "a/bytes", body: bytes, contentType }, signal);
    await store.put({ key: "a/stream", body: Readable.from([bytes]), contentType }, signal);
    await store.addOnce({ under: "a", body: bytes, contentType }, signal);

    const puts = server.seen.filter(({ method }) => method === "PUT");
    expect(
      puts.map(({ headers }) => [
        headers["x-amz-server-side-encryption"],
        headers["x-amz-server-side-encryption-aws-kms-key-id"],
      ]),
    ).toEqual([expected, expected, expected]);
  });

  test("what the service gives back damaged is never given on as whole", async () => {
    const store = storeWith();
    await store.put({ key: "a/b", body: bytes, contentType }, signal);
    server.damage("/valet/a/b");
    const opened = await store.open("a/b", signal);

    await expect(opened?.body.toArray()).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(store.get("a/b", signal)).rejects.toMatchObject({ code: "INTERNAL" });
  });
});

test("a stream goes wrong with the client's own checksum setting, and not with ours", async () => {
  const drivers = await startDrivers();
  onTestFinished(() => drivers.close());
  const { s3 } = drivers.configs;
  const store = await openStore(s3);
  onTestFinished(() => store.close());
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    forcePathStyle: true,
    maxAttempts: 1,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  onTestFinished(() => client.destroy());
  const input = { Bucket: s3.bucket, Key: "stream", ContentLength: bytes.length };

  const asTheClientWould = await client
    .send(new PutObjectCommand({ ...input, Body: Readable.from([bytes]) }))
    .then(
      () => "kept",
      () => "refused",
    );
  await store.put({ key: "stream", body: Readable.from([bytes]), contentType }, signal);

  expect(asTheClientWould).toBe("refused");
  expect((await store.get("stream", signal))?.body).toEqual(bytes);
});
