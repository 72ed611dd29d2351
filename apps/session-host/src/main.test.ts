import { existsSync, readFileSync, readdirSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import path from "node:path";
import { createSessionHostClient, findProcess } from "@valet/browser";
import { findBrowserSession } from "@valet/db";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
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

let store: TaskStore;
let stateDir: string;
let site: TestSite;
const signal = AbortSignal.timeout(300_000);

beforeAll(async () => void (store = await openTaskStore()));
afterAll(() => store.close());

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
  const { sessionId } = await openSession(await readyUrl(first));
  const [browserPid = 0] = processesNaming(stateDir);
  expect(readProc(browserPid, "cmdline")).toContain("--host-resolver-rules=MAP * ~NOTFOUND");
  await first.end("SIGKILL");
  await expect.poll(() => processesNaming(stateDir), { timeout: 10_000 }).toEqual([]);
  expect(leftovers()).toHaveLength(3);

  const second = runHost();
  const url = await readyUrl(second);
  expect(leftovers()).toEqual([]);
  await expect.poll(() => stateOf(sessionId), { timeout: 10_000 }).toBe("lost");
  await openSession(url);
  expect(processesNaming(stateDir).length).toBeGreaterThan(2);
  expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(processesNaming(stateDir)).toEqual([]);
  expect(leftovers()).toEqual([]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
});

test("started as root, browsers run as another user in their sandbox, out of a closed state folder too", async () => {
  await chmod(stateDir, 0o700); // as /root is
  const host = runHost();
  await openSession(await readyUrl(host));
  const { pid, userDataDir } = readRecord();
  const group = processesOf(pid);
  const statuses = () => group.map((one) => readProc(one, "status"));
  expect(group.map((one) => readProc(one, "cmdline")).join(" ")).not.toContain("--no-sandbox");
  // 2: a seccomp filter is on, which only Chromium's sandbox sets.
  await expect.poll(() => rendererOf(pid), { timeout: 10_000 }).toMatch(/^Seccomp:\s+2$/m);
  // Two numbers: it lives in a namespace of process numbers of its own.
  expect(rendererOf(pid)).toMatch(/^NSpid:\s+\d+\s+\d+/m);
  const profiles = path.dirname(userDataDir);
  for (const status of statuses()) expect(status).not.toMatch(/^Uid:\s+0/m);
  const isRoot = process.getuid?.() === 0;
  expect(profiles).toMatch(isRoot ? /^\/var\/lib\/valet-browser\/\w{12}$/ : /browsers$/);
  await host.end("SIGTERM");
  expect(existsSync(profiles)).toBe(false);
});

test("without Postgres the host runs, is not ready and opens nothing", async () => {
  const host = runHost({ DATABASE_URL: "postgres://127.0.0.1:9/none" });
  const url = await readyUrl(host);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ready: false, waitingFor: ["Postgres"] },
  ]);
  await expect(openSession(url)).rejects.toMatchObject({ code: "POSTGRES_UNAVAILABLE" });
  expect(await host.end("SIGTERM")).toEqual({ code: 0, signal: null });
});

test("with a wrong configuration the host does not start and names every fault", async () => {
  const host = runHost({ VALET_SESSION_HOST_TOKEN: "", VALET_MAX_SESSIONS: "many" });
  await expect(host.line()).rejects.toThrow("ended without a word");
  expect(await host.end("SIGTERM")).toEqual({ code: 1, signal: null });
  expect(host.complaints()).toMatch(/VALET_SESSION_HOST_TOKEN: is missing.*VALET_MAX_SESSIONS/s);
});

test("killed, the host takes the displays with it, and the next clears away what one that was killed left", async () => {
  const first = runHost();
  await openSession(await readyUrl(first));
  const { pid, number } = readRecord().display;
  const socket = `/tmp/.X11-unix/X${number}`;
  expect(existsSync(socket)).toBe(true);
  await first.end("SIGKILL");
  await expect.poll(() => findProcess(pid), { timeout: 10_000 }).toBeUndefined();
  expect(existsSync(socket)).toBe(false);

  const second = runHost();
  await openSession(await readyUrl(second));
  const { display } = readRecord();
  // Together, so that neither the display nor its host can tidy up.
  process.kill(display.pid, "SIGKILL");
  await second.end("SIGKILL");
  expect(existsSync(`/tmp/.X11-unix/X${display.number}`)).toBe(true);
  const third = runHost();
  await readyUrl(third);
  expect(existsSync(`/tmp/.X11-unix/X${display.number}`)).toBe(false);
  expect(await third.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(leftovers()).toEqual([]);
});

test("told to do without displays, the host starts none", async () => {
  const host = runHost({ VALET_DISPLAY: "headless", VALET_LOG_LEVEL: "info" });
  await openSession(await readyUrl(host));
  expect(readRecord().display).toBeUndefined();
  expect(readdirSync(path.join(stateDir, "run/displays"))).toEqual([]);
  await host.end("SIGTERM");
  expect(host.complaints()).toContain("nobody can look at them");
});

function readRecord(): {
  pid: number;
  userDataDir: string;
  display: { pid: number; number: number };
} {
  const folder = path.join(stateDir, "run/browsers");
  const [file = ""] = readdirSync(folder);
  return JSON.parse(readFileSync(path.join(folder, file), "utf8"));
}

function processesOf(browserPid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => findProcess(Number(name))?.group === browserPid)
    .map(Number);
}

function rendererOf(browserPid: number): string {
  const renderer = processesOf(browserPid).find((pid) =>
    readProc(pid, "cmdline").includes("--type=renderer"),
  );
  return renderer === undefined ? "" : readProc(renderer, "status");
}

/** Profiles, records and displays of browsers. */
function leftovers(): string[] {
  return ["browsers", "run/browsers", "run/displays"].flatMap((folder) =>
    readdirSync(path.join(stateDir, folder)),
  );
}

async function stateOf(sessionId: string): Promise<string | undefined> {
  return (await findBrowserSession(store.database.db, sessionId))?.state;
}

function runHost(env: Readonly<Record<string, string>> = {}): TestProcess {
  return runFile("main.ts", [], {
    DATABASE_URL: store.url,
    VALET_SESSION_HOST_TOKEN: token.reveal(),
    VALET_STATE_DIR: stateDir,
    VALET_SESSION_POOL: "0",
    VALET_ALLOW_PRIVATE: new URL(site.url).host,
    ...env,
  });
}

async function readyUrl(host: TestProcess): Promise<string> {
  const ready: { ready?: boolean; url?: string } = JSON.parse(await host.line());
  expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  return ready.url ?? "";
}

async function openSession(url: string) {
  const client = createSessionHostClient({ url, token });
  return client.createSession({ ...(await store.newTask()), url: site.url }, signal);
}
