import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  findRunningInstance,
  forgetRunningInstance,
  readRunningInstance,
  writeRunningInstance,
} from "./running-instance.ts";

const { signal } = new AbortController();

async function temporaryState(): Promise<string> {
  const stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  return stateDir;
}

/** Answers every request with 200. */
async function listeningUrl(): Promise<string> {
  const server: Server = createServer((_request, response) => response.end("{}"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

test("a live process that answers is found; its file is for the owner only", async () => {
  const stateDir = await temporaryState();
  const instance = { url: await listeningUrl(), pid: process.pid };
  await writeRunningInstance(stateDir, instance);
  expect(await findRunningInstance(stateDir, signal)).toEqual(instance);
  expect((await stat(join(stateDir, "api.json"))).mode & 0o777).toBe(0o600);
  await forgetRunningInstance(stateDir);
  expect(await findRunningInstance(stateDir, signal)).toBeUndefined();
});

test("a file that a crash left behind does not count", async () => {
  const stateDir = await temporaryState();
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  await writeRunningInstance(stateDir, { url: await listeningUrl(), pid: child.pid ?? 0 });
  expect(await readRunningInstance(stateDir)).toBeDefined();
  expect(await findRunningInstance(stateDir, signal)).toBeUndefined();
});

test("a process number that was given to another program does not count", async () => {
  const stateDir = await temporaryState();
  await writeRunningInstance(stateDir, { url: "http://127.0.0.1:9", pid: process.pid });
  expect(await findRunningInstance(stateDir, signal)).toBeUndefined();
});

test("a spoilt file reads as none", async () => {
  const stateDir = await temporaryState();
  await writeFile(join(stateDir, "api.json"), "{");
  expect(await readRunningInstance(stateDir)).toBeUndefined();
});
