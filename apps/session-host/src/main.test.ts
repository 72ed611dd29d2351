import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createSessionHostClient } from "@valet/browser";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
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

vi.setConfig({ testTimeout: 30_000 });

let stateDir: string;
let site: TestSite;
const signal = AbortSignal.timeout(120_000);

beforeEach(async () => {
  stateDir = await createStateDir();
  site = await startTestSite();
});

afterEach(async () => {
  await site.close();
  await rm(stateDir, { recursive: true });
});

test("killed, the host takes its browsers with it, and the next one clears away their profiles", async () => {
  const first = runHost();
  const { sessionId } = await openSession(await readyUrl(first));
  expect(sessionId).toBeDefined();
  const [browserPid = 0] = processesNaming(stateDir);
  expect(readProc(browserPid, "cmdline")).toContain("--host-resolver-rules=MAP * ~NOTFOUND");
  await first.end("SIGKILL");
  await expect.poll(() => processesNaming(stateDir), { timeout: 5_000 }).toEqual([]);
  expect(readdirSync(path.join(stateDir, "browsers"))).toHaveLength(1);

  const second = runHost();
  await readyUrl(second);
  expect(readdirSync(path.join(stateDir, "browsers"))).toEqual([]);
  expect(readdirSync(path.join(stateDir, "run", "browsers"))).toEqual([]);
  await second.end("SIGTERM");
});

test("told to end, the host closes its browsers and exits with 0", async () => {
  const host = runHost();
  const url = await readyUrl(host);
  await openSession(url);
  expect(await host.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(processesNaming(stateDir)).toEqual([]);
  expect(readdirSync(path.join(stateDir, "browsers"))).toEqual([]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
});

test("with a wrong configuration the host does not start and says what to do", async () => {
  const port = new URL(site.url).port;
  const cases = [
    [{ VALET_SESSION_HOST_TOKEN: "" }, "VALET_SESSION_HOST_TOKEN"],
    [{ VALET_CHROMIUM: "/nowhere" }, "apt-get install -y chromium"],
    [{ VALET_BROWSER_USER: "nobody-here" }, "useradd"],
    [{ VALET_MAX_SESSIONS: "many" }, "VALET_MAX_SESSIONS"],
    [{ VALET_SESSION_HOST_PORT: port }, `Port ${port} is in use`],
  ] as const;
  const outcomes = cases.map(async ([env, hint]) => {
    const host = runHost(env);
    const said = await host.line().catch(() => "nothing");
    const { code } = await host.end("SIGTERM");
    return { said, code, helps: host.complaints().includes(hint) ? hint : host.complaints() };
  });
  expect(await Promise.all(outcomes)).toEqual(
    cases.map(([, hint]) => ({ said: "nothing", code: 1, helps: hint })),
  );
});

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
