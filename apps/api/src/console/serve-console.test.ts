import { gunzipSync, gzipSync } from "node:zlib";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consolePages } from "@valet/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiFixture, openApiFixture } from "../api.fixture.ts";
import { readConsole } from "./read-console.ts";

const page = '<!doctype html><script type="module" src="/assets/main-1.js"></script>';
const script = "console.log(1);".repeat(200);

let folder: string;
let api: ApiFixture;
let bare: ApiFixture;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-console-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "assets/main-1.js"), script);
  await writeFile(join(folder, "assets/main-1.js.gz"), gzipSync(script));
  await writeFile(join(folder, ".stamp"), "not for the world");
  api = await openApiFixture({ consoleFiles: await readConsole(folder) });
  bare = await openApiFixture({ consoleFiles: await readConsole(join(folder, "nothing")) });
});
afterAll(async () => {
  await api?.close();
  await bare?.close();
  await rm(folder, { recursive: true });
});

describe("the console", () => {
  test.each(consolePages)(
    "stands at %s, asked by whomever, and runs only its own files",
    async (path) => {
      const answer = await api.app.inject(path.replace(":id", "any"));
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(page);
      expect(answer.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
      });
      const policy = String(answer.headers["content-security-policy"]).split("; ");
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'"]));
      expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    },
  );

  test("has files that never change under their name, packed for who takes that", async () => {
    const headers = { "accept-encoding": "gzip, br" };
    const packed = await api.app.inject({ url: "/assets/main-1.js", headers });
    expect(gunzipSync(packed.rawPayload).toString()).toBe(script);
    expect(packed.headers).toMatchObject({
      "content-encoding": "gzip",
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
    const plain = await api.app.inject("/assets/main-1.js");
    expect(plain.body).toBe(script);
    expect(plain.headers["content-encoding"]).toBeUndefined();
  });

  test.each([
    "/assets/main-2.js",
    "/assets/..%2f.stamp",
    "/.stamp",
    "/nothing",
    "/tasks/1/nothing",
  ])("does not stand at %s: that is answered as the API answers", async (path) => {
    const answer = await api.app.inject({ url: path, headers: { accept: "text/html" } });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: "NOT_FOUND" });
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("leaves the API's own addresses to the API", async () => {
    const answer = await api.app.inject({ url: "/tasks", headers: { accept: "text/html" } });
    expect(answer.json()).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("is not there where it was not built, and the API serves all the same", async () => {
    const answer = await bare.app.inject("/");
    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toContain("npm run valet -- up");
    expect((await bare.app.inject("/healthz")).statusCode).toBe(200);
  });
});
