import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@valet/stack";
import { type ModelReply, openScriptedModel } from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runCaptured } from "../run-captured.ts";
import { checkDisplay, checkNode } from "./check-machine.ts";
import type { CheckResult } from "./check-result.ts";
import { checkDatabaseUrl, checkRedisUrl } from "./check-services.ts";

let stateDir = "";
let binDir = "";
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
  binDir = join(stateDir, "bin");
  await mkdir(join(binDir, "redis-server"), { recursive: true });
});
afterAll(() => rm(stateDir, { recursive: true, force: true }));

interface Doctor {
  readonly exitCode: number;
  readonly checks: ReadonlyMap<string, CheckResult>;
}

/** A machine on which nothing is wrong, but for what a test changes. */
async function doctor(env: Readonly<Record<string, string>> = {}): Promise<Doctor> {
  const { exitCode, stdout } = await runCaptured({
    argv: ["doctor", "--json"],
    env: {
      PATH: binDir,
      VALET_STATE_DIR: stateDir,
      VALET_CACHE_DIR: stateDir,
      VALET_CHROMIUM: process.execPath,
      ...env,
    },
  });
  const { checks }: { checks: CheckResult[] } = JSON.parse(stdout);
  return { exitCode, checks: new Map(checks.map((result) => [result.check, result])) };
}

/** A server that answers whatever it is told with the same bytes. */
async function serverThatSays(answer: string): Promise<string> {
  const server = createServer((socket) => socket.once("data", () => socket.end(answer)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `127.0.0.1:${address.port}`;
}

test("where nothing is wrong it exits 0, and says that nothing runs and no token is set", async () => {
  const { exitCode, checks } = await doctor();
  expect([...checks.values()].filter(({ state }) => state === "broken")).toEqual([]);
  expect(exitCode).toBe(0);
  expect(checks.get("engine.token")?.message).toContain("HATCHET_CLIENT_TOKEN is not set");
  expect(checks.get("engine.ports")?.message).toContain("cannot be bound to one address");
  expect(checks.get("api")?.state).toBe("note");
});

test("a missing Chromium is named with the command that installs it", async () => {
  const { exitCode, checks } = await doctor({ VALET_CHROMIUM: "/nonexistent/chromium" });
  expect(exitCode).toBe(1);
  expect(checks.get("chromium")).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("apt-get install"),
  });
});

test("a missing Xvnc is worth a note, and a fault where displays are asked for", async () => {
  const nowhere = "/nonexistent/Xtigervnc";
  const install = expect.stringContaining("tigervnc-standalone-server");
  expect(await checkDisplay(undefined, nowhere)).toMatchObject({ state: "note", message: install });
  expect(await checkDisplay("headful", nowhere)).toMatchObject({ state: "broken", fix: install });
  expect(await checkDisplay(undefined, process.execPath)).toMatchObject({ state: "ok" });
  const { checks } = await doctor({ VALET_DISPLAY: "headless" });
  expect(checks.get("display")?.state).toBe("note");
});

test("a missing redis-server is named with the command that installs it", async () => {
  const { exitCode, checks } = await doctor({ PATH: join(stateDir, "nothing-here") });
  expect(exitCode).toBe(1);
  expect(checks.get("redis")).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("redis-server"),
  });
});

test("a Redis and a Postgres that do not answer are told apart from missing ones", async () => {
  const { exitCode, checks } = await doctor({
    REDIS_URL: "redis://:canary@127.0.0.1:9",
    DATABASE_URL: "postgres://valet:canary@127.0.0.1:9/valet",
  });
  expect(exitCode).toBe(1);
  expect(checks.get("redis")?.message).toContain("127.0.0.1:9 cannot be reached (ECONNREFUSED)");
  expect(checks.get("postgres")?.message).toContain("127.0.0.1:9 cannot be reached (ECONNREFUSED)");
  expect(JSON.stringify([...checks.values()])).not.toContain("canary");
});

test("a Redis that refuses the password is told apart from one that is not there", async () => {
  const host = await serverThatSays("-WRONGPASS invalid username-password pair\r\n");
  expect(await checkRedisUrl(`redis://:wrong@${host}`)).toMatchObject({
    state: "broken",
    message: expect.stringContaining("WRONGPASS"),
  });
});

test("what answers as they do is accepted, what speaks otherwise is not", async () => {
  expect((await checkRedisUrl(`redis://${await serverThatSays("+PONG\r\n")}`)).state).toBe("ok");
  expect((await checkDatabaseUrl(`postgres://${await serverThatSays("N")}/db`)).state).toBe("ok");
  const foreign = `postgres://${await serverThatSays("HTTP/1.1 400 Bad Request\r\n\r\n")}/db`;
  expect(await checkDatabaseUrl(foreign)).toMatchObject({
    state: "broken",
    message: expect.stringContaining("no Postgres"),
  });
});

test("a token that is none is a fault of the engine's token, not of the engine", async () => {
  const { exitCode, checks } = await doctor({ HATCHET_CLIENT_TOKEN: "cut-off" });
  expect(exitCode).toBe(1);
  expect(checks.get("engine.token")?.state).toBe("broken");
  expect(checks.has("engine.program")).toBe(false);
});

test("folders that cannot be written to are named with their variable", async () => {
  const { exitCode, checks } = await doctor({
    VALET_STATE_DIR: "/proc/valet-state",
    VALET_CACHE_DIR: "/proc/valet-cache",
  });
  expect(exitCode).toBe(1);
  expect(checks.get("state-dir")?.fix).toContain("VALET_STATE_DIR");
  expect(checks.get("cache-dir")?.fix).toContain("VALET_CACHE_DIR");
});

test("an API that was named has to answer, and to be Valet", async () => {
  const shut = await doctor({ VALET_API_URL: `http://127.0.0.1:${await freePort()}` });
  expect(shut.checks.get("api")).toMatchObject({
    state: "broken",
    message: expect.stringContaining("ECONNREFUSED"),
  });
  const host = await serverThatSays("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
  const foreign = await doctor({ VALET_API_URL: `http://${host}` });
  expect(foreign.checks.get("api")?.message).toContain("is not Valet");
});

test("an API that waits says for what", async () => {
  const body = JSON.stringify({
    ready: false,
    waitsFor: ["Hatchet engine: refused"],
    degraded: [],
  });
  const host = await serverThatSays(
    `HTTP/1.1 503 Unavailable\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  const { checks } = await doctor({ VALET_API_URL: `http://${host}` });
  expect(checks.get("api")?.message).toContain("Hatchet engine: refused");
});

test("without a model doctor says what is off and how to switch it on", async () => {
  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(0);
  expect(checks.get("model")).toMatchObject({
    state: "note",
    message: expect.stringContaining("No language model"),
    fix: expect.stringContaining("ANTHROPIC_API_KEY"),
  });
});

test.each<[string, ModelReply, string, string]>([
  ["answers", { kind: "text", text: "H", stopReason: "max_tokens" }, "ok", "local-7b at"],
  ["takes no such key", { kind: "status", status: 401 }, "broken", "does not take the key"],
  ["is not known there", { kind: "status", status: 404 }, "broken", "no model local-7b"],
  ["is none", { kind: "raw", body: "<html>" }, "broken", "does not speak the protocol"],
  ["breaks off", { kind: "hang_up" }, "broken", "cannot be reached (unreachable)"],
  ["is busy", { kind: "status", status: 529 }, "note", "too much to do"],
])("a model that %s is asked once and told as it is", async (_, reply, state, message) => {
  const server = await openScriptedModel(() => reply);
  onTestFinished(() => server.close());
  const { checks } = await doctor({
    VALET_MODEL_PROVIDER: "openai",
    OPENAI_API_KEY: "sk-canary",
    VALET_MODEL: "local-7b",
    VALET_MODEL_URL: server.url,
  });

  expect(checks.get("model")).toMatchObject({ state, message: expect.stringContaining(message) });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body).toMatchObject({ model: "local-7b", max_tokens: 64 });
  expect(checks.get("model.price")?.fix).toContain("VALET_MODEL_PRICE");
  expect(JSON.stringify([...checks.values()])).not.toContain("canary");
});

test("a model that is named badly is a fault of its variables", async () => {
  const { checks } = await doctor({ VALET_MODEL_PROVIDER: "openai", OPENAI_API_KEY: "sk-canary" });

  expect(checks.get("model")).toMatchObject({
    state: "broken",
    message: expect.stringContaining("VALET_MODEL"),
  });
});

test("an old Node is named", () => {
  expect(checkNode("v20.20.2").state).toBe("broken");
  expect(checkNode("v24.21.0").state).toBe("ok");
});
