import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type AttachSessionInput,
  attachToBrowser,
  createSessionHostClient,
  waitForDocument,
} from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type TaskStore, type TestTask, openTaskStore } from "./task-store.fixture.ts";
import {
  type TestHost,
  type TestSite,
  createStateDir,
  processesNaming,
  readProc,
  runFile,
  startTestHost,
  startTestSite,
  token,
} from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(300_000);
const patient = { timeout: 10_000 };
let store: TaskStore;
let site: TestSite;
let host: TestHost;

beforeAll(async () => {
  store = await openTaskStore();
  site = await startTestSite();
  host = await startTestHost({ database: store.database, maxSessions: 2, tendEveryMs: 100 });
});

afterAll(async () => {
  await host.close();
  await site.close();
  await store.close();
});

afterEach(async () => {
  const { sessions } = await host.client.listSessions(signal);
  await Promise.all(sessions.map((session) => host.client.closeSession(session.sessionId, signal)));
});

test("a task has one browser: asking again gives the same session and leaves the page alone", async () => {
  const task = await store.newTask();
  const input = { ...task, url: site.url };
  const [first, second] = await Promise.all([
    host.client.createSession(input, signal),
    host.client.createSession(input, signal),
  ]);
  expect(second).toEqual(first);
  expect(browsersOf(host)).toHaveLength(1);

  const { page, close } = await attach(first.sessionId, task);
  await waitForDocument(page, signal);
  await page.getByLabel("Name").fill("Ada Example");
  const third = await host.client.createSession({ ...input, url: `${site.url}/other` }, signal);
  expect(third).toEqual(first);
  expect(await page.getByLabel("Name").inputValue()).toBe("Ada Example");
  await close();
});

test("a worker is killed: what it typed is there for the next, and its POST is answered for", async () => {
  const task = await store.newTask();
  const policy = { passes: [{ method: "POST" as const, address: "/apply$" }], submits: [] };
  const input = { ...task, url: site.url, policy };
  const { sessionId } = await host.client.createSession(input, signal);
  const before = new Date().toISOString();
  const worker = runFile("typing-worker.fixture.ts", [await takeOver(sessionId, task)]);
  expect(await worker.line()).toBe("sent");
  await worker.end("SIGKILL");

  const next = await attach(sessionId, task);
  expect(await next.page.getByLabel("Name").inputValue()).toBe("Ada Example");
  const open = await host.client.getSession(sessionId, signal);
  expect(open.requests).toMatchObject([{ method: "POST", url: `${site.url}/apply` }]);
  expect(open.requests[0]?.status).toBeUndefined();

  site.answer();
  await expect
    .poll(async () => (await host.client.getSession(sessionId, signal)).requests, patient)
    .toMatchObject([{ status: 201, isNavigation: false }]);
  const { requests, document } = await host.client.getSession(sessionId, signal);
  expect((requests[0]?.startedAt ?? "") > before).toBe(true);
  expect(document).toEqual({ url: `${site.url}/`, status: 200 });
  expect(site.posts()).toBe(1);
  await next.close();
});

test("an attach cuts the one before it, and fences only grow", async () => {
  const task = await store.newTask();
  const { sessionId } = await host.client.createSession({ ...task, url: site.url }, signal);
  const grant = await host.client.attachSession(sessionId, { owner: "old", ...task }, signal);
  const old = await attachToBrowser(grant.relayUrl, signal);
  await waitForDocument(old.page, signal);
  await old.page.getByLabel("Name").fill("kept");

  const newer = await host.client.attachSession(sessionId, { owner: "new", ...task }, signal);
  expect([grant.fence, newer.fence]).toEqual([1, 2]);
  await expect(old.page.getByLabel("Name").fill("changed")).rejects.toThrow(/closed/);
  await expect(attachToBrowser(grant.relayUrl, signal)).rejects.toMatchObject({ code: "FENCED" });
  const { page, close } = await attachToBrowser(newer.relayUrl, signal);
  expect(await page.getByLabel("Name").inputValue()).toBe("kept");
  expect((await host.client.getSession(sessionId, signal)).fence).toBe(2);
  await close();
});

test("a wrong, old or foreign claim is refused and disturbs nothing", async () => {
  const task = await store.newTask();
  const other = await store.newTask();
  const { sessionId } = await host.client.createSession({ ...task, url: site.url }, signal);
  const claim = { owner: "holder", ...task };
  await host.client.attachSession(sessionId, claim, signal);
  const grant = await host.client.attachSession(sessionId, { ...claim, fence: 1 }, signal);
  const { page, close } = await attachToBrowser(grant.relayUrl, signal);

  const refused = async (change: Partial<AttachSessionInput>, id = sessionId) => {
    const input = { ...claim, owner: "stranger", ...change };
    const error: unknown = await host.client
      .attachSession(id, input, signal)
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof ValetError)) throw new Error("It was let in.");
    return { code: error.code, message: error.message, details: Object.keys(error.details) };
  };
  for (const fence of [0, 1, 3]) {
    expect(await refused({ fence })).toMatchObject({ code: "FENCED" });
  }
  const unknown = await refused({}, randomUUID());
  expect(unknown.code).toBe("SESSION_LOST");
  expect(await refused({ userId: other.userId })).toEqual(unknown);
  expect(await refused({ taskId: other.taskId })).toEqual(unknown);
  expect(await refused({ ...other, fence: 2 })).toEqual(unknown);
  await expect(
    host.client.createSession({ ...task, userId: other.userId, url: site.url }, signal),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });

  expect(await page.evaluate("1 + 1")).toBe(2);
  expect(await host.client.getSession(sessionId, signal)).toMatchObject({
    fence: 2,
    owner: "holder",
  });
  await close();
});

test("who lets go is out, and only the holder can let go", async () => {
  const task = await store.newTask();
  const { sessionId } = await host.client.createSession({ ...task, url: "about:blank" }, signal);
  const claim = { owner: "holder", ...task };
  const { relayUrl } = await host.client.attachSession(sessionId, claim, signal);
  const { page } = await attachToBrowser(relayUrl, signal);
  await expect(
    host.client.detachSession(sessionId, { ...task, fence: 2 }, signal),
  ).rejects.toMatchObject({ code: "FENCED" });
  expect(await page.evaluate("1 + 1")).toBe(2);

  await host.client.detachSession(sessionId, { ...task, fence: 1 }, signal);
  await expect(page.evaluate("1 + 1")).rejects.toThrow(/closed/);
  await expect(attachToBrowser(relayUrl, signal)).rejects.toMatchObject({ code: "FENCED" });
  expect(await host.client.getSession(sessionId, signal)).toMatchObject({ owner: null, fence: 1 });
  expect(await host.client.attachSession(sessionId, { ...claim, fence: 1 }, signal)).toMatchObject({
    fence: 2,
  });
  await host.client.hibernateSession(sessionId, signal);
  expect(await host.client.getSession(sessionId, signal)).toMatchObject({ state: "hibernated" });
});

test("metrics tell live browsers, hits of the pool and how long an attach takes", async () => {
  const text = await (await fetch(`${host.url}/metrics`)).text();
  expect(text).toMatch(/^valet_sessions\{state="live"\} \d+$/m);
  expect(text).toMatch(/^valet_session_pool_total\{result="miss"\} [1-9]/m);
  expect(text).toMatch(/^valet_session_attach_seconds_count [1-9]/m);
  expect(text).toMatch(/^valet_session_memory_bytes\{of="budget"\} \d+$/m);
});

test("a full host says so, and has room again when a task has ended", async () => {
  const ends = await store.newTask();
  const one = await host.client.createSession({ ...ends, url: site.url }, signal);
  const stays = await store.newTask();
  const two = await host.client.createSession({ ...stays, url: site.url }, signal);
  const third = { ...(await store.newTask()), url: site.url };
  await expect(host.client.createSession(third, signal)).rejects.toMatchObject({
    code: "SESSION_CAPACITY",
    kind: "transient",
    message: expect.stringContaining("tries again"),
  });

  await store.endTask(ends);
  await expect
    .poll(async () => (await host.client.getSession(one.sessionId, signal)).state, patient)
    .toBe("closed");
  expect(await host.client.getSession(two.sessionId, signal)).toMatchObject({ state: "live" });
  await expect
    .poll(() => host.client.createSession(third, signal).catch(() => undefined), patient)
    .toMatchObject({ state: "live" });
});

test("whoever comes while a browser ends gets its place and is not sent away", async () => {
  const full = await startTestHost({ database: store.database, maxSessions: 1 });
  try {
    const first = { ...(await store.newTask()), url: site.url };
    const next = { ...(await store.newTask()), url: site.url };
    const { sessionId } = await full.client.createSession(first, signal);
    const closing = full.client.closeSession(sessionId, signal);
    // The session is over a good while before nothing is left of its browser.
    await expect
      .poll(async () => (await full.client.getSession(sessionId, signal)).state, { interval: 1 })
      .toBe("closed");
    expect(await full.client.createSession(next, signal)).toMatchObject({ state: "live" });
    await closing;
  } finally {
    await full.close();
  }
});

test("closing leaves no process, profile, record or address, and may be repeated", async () => {
  const task = await store.newTask();
  const { sessionId } = await host.client.createSession({ ...task, url: site.url }, signal);
  const { relayUrl } = await host.client.attachSession(
    sessionId,
    { owner: "test", ...task },
    signal,
  );
  expect(processesNaming(host.stateDir).length).toBeGreaterThan(2);
  expect(browsersOf(host)).toHaveLength(1);

  await host.client.closeSession(sessionId, signal);
  await host.client.closeSession(sessionId, signal);
  await host.client.closeTaskSession(task.taskId, signal);
  await host.client.closeSession("never-existed", signal);

  expect(processesNaming(host.stateDir)).toEqual([]);
  expect(browsersOf(host)).toEqual([]);
  expect(readdirSync(path.join(host.stateDir, "run", "browsers"))).toEqual([]);
  expect((await fetch(`${relayUrl}/json/version`)).status).toBe(410);
  expect(await host.client.getSession(sessionId, signal)).toMatchObject({ state: "closed" });
  await expect(attach(sessionId, task)).rejects.toMatchObject({ code: "SESSION_LOST" });
});

test("a browser that dies is a lost session, and the task can have a new one", async () => {
  const task = await store.newTask();
  const input = { ...task, url: site.url };
  const { sessionId } = await host.client.createSession(input, signal);
  const [record] = readdirSync(path.join(host.stateDir, "run", "browsers"));
  expect(record).toBeDefined();
  for (const pid of processesNaming(host.stateDir)) process.kill(pid, "SIGKILL");
  await expect
    .poll(async () => (await host.client.getSession(sessionId, signal)).state, patient)
    .toBe("lost");
  await expect(attach(sessionId, task)).rejects.toMatchObject({ code: "SESSION_LOST" });

  const next = await host.client.createSession(input, signal);
  expect(next.sessionId).not.toBe(sessionId);
  expect(browsersOf(host)).toHaveLength(1);
});

test("an unknown session is lost, a wrong token and a wrong body are refused", async () => {
  const task = await store.newTask();
  await expect(attach("unknown", task)).rejects.toMatchObject({ code: "SESSION_LOST" });
  const stranger = createSessionHostClient({ url: host.url, token: new Secret("wrong") });
  await expect(stranger.listSessions(signal)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect((await host.client.listSessions(signal)).sessions.length).toBeGreaterThan(0);
  const input = { ...task, url: "file:///etc/passwd" };
  await expect(host.client.createSession(input, signal)).rejects.toMatchObject({
    code: "VALIDATION",
    details: { fields: ["/url"] },
  });
  const headers = { authorization: `Bearer ${token.reveal()}`, "content-type": "application/json" };
  const broken = await fetch(`${host.url}/sessions`, { method: "POST", headers, body: "{" });
  expect([broken.status, await broken.json()]).toMatchObject([400, { code: "MALFORMED_JSON" }]);
  expect((await fetch(`${host.url}/readyz`)).status).toBe(200);
  expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
});

test("a host that does not answer is told apart from a lost session", async () => {
  const absent = createSessionHostClient({ url: "http://127.0.0.1:9", token });
  await expect(absent.listSessions(signal)).rejects.toMatchObject({
    code: "SESSION_HOST_UNAVAILABLE",
  });
});

test("a new host removes what a dead one left, and nothing else", async () => {
  const stateDir = await createStateDir();
  const profiles = path.join(stateDir, "browsers");
  const records = path.join(stateDir, "run", "browsers");
  await mkdir(records, { recursive: true });
  // Pid 1 runs, but was not started at tick 7: its number stands for a host that is long gone.
  await mkdir(path.join(profiles, "1-7-1"), { recursive: true });
  const userDataDir = path.join(profiles, "1-7-1");
  const record = { pid: process.pid, startTime: "7", userDataDir };
  await writeFile(path.join(records, "1-7-1.json"), JSON.stringify(record));
  await writeFile(path.join(records, "1-7-2.json"), "{ cut sho");
  await mkdir(path.join(profiles, "not-ours"));
  // The same names with this process, which runs, are a living host's.
  const own = `${process.pid}-${ownStartTime()}-99`;
  await mkdir(path.join(profiles, own));

  const second = await startTestHost({ database: store.database, stateDir });
  expect(readdirSync(profiles).toSorted()).toEqual([own, "not-ours"].toSorted());
  expect(readdirSync(records)).toEqual([]);
  await second.close();
});

test("a taken port is named", async () => {
  const stateDir = await createStateDir();
  const port = Number(new URL(host.url).port);
  await expect(
    startTestHost({ database: store.database, stateDir, listen: { address: "127.0.0.1", port } }),
  ).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`Port ${port} is in use`),
  });
  await rm(stateDir, { recursive: true });
});

async function takeOver(sessionId: string, task: TestTask): Promise<string> {
  const input = { owner: "test", ...task };
  return (await host.client.attachSession(sessionId, input, signal)).relayUrl;
}

async function attach(sessionId: string, task: TestTask) {
  return attachToBrowser(await takeOver(sessionId, task), signal);
}

function browsersOf({ stateDir }: TestHost): string[] {
  return readdirSync(path.join(stateDir, "browsers"));
}

function ownStartTime(): string {
  const stat = readProc(process.pid, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
