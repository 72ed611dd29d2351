import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createSessionHostClient } from "@valet/browser";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type TestProcess,
  type TestSite,
  createStateDir,
  processesNaming,
  readProc,
  runFile,
  startTestSite,
  token,
} from "./test-host.fixture.ts";

let stateDir: string;
let site: TestSite;
const signal = AbortSignal.timeout(300_000);

beforeEach(async () => {
  stateDir = await createStateDir();
  site = await startTestSite();
});

afterEach(async () => {
  await site.close();
  await rm(stateDir, { recursive: true });
});

test("killed, the host takes its browsers with it; the next clears away and can be told to end", async () => {
  const first = runHost();
  await openSession(await readyUrl(first));
  const [browserPid = 0] = processesNaming(stateDir);
  expect(readProc(browserPid, "cmdline")).toContain("--host-resolver-rules=MAP * ~NOTFOUND");
  await first.end("SIGKILL");
  await expect.poll(() => processesNaming(stateDir), { timeout: 10_000 }).toEqual([]);
  expect(leftovers()).toHaveLength(2);

  const second = runHost();
  const url = await readyUrl(second);
  expect(leftovers()).toEqual([]);
  await openSession(url);
  expect(processesNaming(stateDir).length).toBeGreaterThan(2);
  expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(processesNaming(stateDir)).toEqual([]);
  expect(leftovers()).toEqual([]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
});

test("with a wrong configuration the host does not start and names every fault", async () => {
  const host = runHost({ VALET_SESSION_HOST_TOKEN: "", VALET_MAX_SESSIONS: "many" });
  await expect(host.line()).rejects.toThrow("ended without a word");
  expect(await host.end("SIGTERM")).toEqual({ code: 1, signal: null });
  expect(host.complaints()).toMatch(/VALET_SESSION_HOST_TOKEN: is missing.*VALET_MAX_SESSIONS/s);
});

/** Profiles and records of browsers. */
function leftovers(): string[] {
  return ["browsers", "run/browsers"].flatMap((folder) => readdirSync(path.join(stateDir, folder)));
}

/** Asked for ended tasks only: without an answer sessions simply stay open. */
const unreachableDatabase = "postgres://127.0.0.1:9/none";

function runHost(env: Readonly<Record<string, string>> = {}): TestProcess {
  return runFile("main.ts", [], {
    DATABASE_URL: unreachableDatabase,
    VALET_SESSION_HOST_TOKEN: token.reveal(),
    VALET_STATE_DIR: stateDir,
    VALET_ALLOW_NO_SANDBOX: "1",
    VALET_ALLOW_PRIVATE: new URL(site.url).host,
    ...env,
  });
}

async function readyUrl(host: TestProcess): Promise<string> {
  const ready: { ready?: boolean; url?: string } = JSON.parse(await host.line());
  expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  return ready.url ?? "";
}

function openSession(url: string) {
  const client = createSessionHostClient({ url, token });
  return client.createSession({ taskId: "task-1", userId: "user-1", url: site.url }, signal);
}
