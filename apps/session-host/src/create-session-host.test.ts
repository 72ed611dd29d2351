import { readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { attachToBrowser, createSessionHostClient, waitForDocument } from "@valet/browser";
import { Secret } from "@valet/runtime";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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
const userId = "user-1";
let site: TestSite;
let host: TestHost;
const ended = new Set<string>();

beforeAll(async () => {
  site = await startTestSite();
  host = await startTestHost({
    maxSessions: 2,
    sweepIntervalMs: 20,
    endedTasks: async (taskIds) => taskIds.filter((taskId) => ended.has(taskId)),
  });
});

afterAll(async () => {
  await host.close();
  await site.close();
});

afterEach(async () => {
  const { sessions } = await host.client.listSessions(signal);
  await Promise.all(sessions.map((session) => host.client.closeSession(session.sessionId, signal)));
});

test("a task has one browser: asking again gives the same session and leaves the page alone", async () => {
  const input = { taskId: "once", userId, url: site.url };
  const [first, second] = await Promise.all([
    host.client.createSession(input, signal),
    host.client.createSession(input, signal),
  ]);
  expect(second).toEqual(first);
  expect(browsersOf(host)).toHaveLength(1);

  const { page, close } = await attach(first.sessionId);
  await waitForDocument(page, signal);
  await page.getByLabel("Name").fill("Ada Example");
  const third = await host.client.createSession({ ...input, url: `${site.url}/other` }, signal);
  expect(third).toEqual({ sessionId: first.sessionId, taskId: "once", state: "live" });
  expect(await page.getByLabel("Name").inputValue()).toBe("Ada Example");
  await close();
});

test("a worker is killed: what it typed is there for the next, and its POST is answered for", async () => {
  const { sessionId } = await host.client.createSession(
    { taskId: "killed", userId, url: site.url },
    signal,
  );
  const before = new Date().toISOString();
  const worker = runFile("typing-worker.fixture.ts", [await takeOver(sessionId)]);
  expect(await worker.line()).toBe("sent");
  await worker.end("SIGKILL");

  const next = await attach(sessionId);
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
  const { sessionId } = await host.client.createSession(
    { taskId: "fenced", userId, url: site.url },
    signal,
  );
  const grant = await host.client.attachSession(sessionId, { owner: "old" }, signal);
  const old = await attachToBrowser(grant.relayUrl, signal);
  await waitForDocument(old.page, signal);
  await old.page.getByLabel("Name").fill("kept");

  const newer = await host.client.attachSession(sessionId, { owner: "new" }, signal);
  expect([grant.fence, newer.fence]).toEqual([1, 2]);
  await expect(old.page.getByLabel("Name").fill("changed")).rejects.toThrow(/closed/);
  await expect(attachToBrowser(grant.relayUrl, signal)).rejects.toMatchObject({ code: "FENCED" });
  const { page, close } = await attachToBrowser(newer.relayUrl, signal);
  expect(await page.getByLabel("Name").inputValue()).toBe("kept");
  expect((await host.client.getSession(sessionId, signal)).fence).toBe(2);
  await close();
});

test("a full host says so, and has room again when a task has ended", async () => {
  const one = await host.client.createSession({ taskId: "ends", userId, url: site.url }, signal);
  const two = await host.client.createSession({ taskId: "stays", userId, url: site.url }, signal);
  const third = { taskId: "waits", userId, url: site.url };
  await expect(host.client.createSession(third, signal)).rejects.toMatchObject({
    code: "SESSION_CAPACITY",
    kind: "transient",
    message: expect.stringContaining("tries again"),
  });

  ended.add("ends");
  await expect
    .poll(async () => (await host.client.getSession(one.sessionId, signal)).state, patient)
    .toBe("closed");
  expect(await host.client.getSession(two.sessionId, signal)).toMatchObject({ state: "live" });
  await expect
    .poll(() => host.client.createSession(third, signal).catch(() => undefined), patient)
    .toMatchObject({ state: "live" });
});

test("closing leaves no process, profile, record or port, and may be repeated", async () => {
  const { sessionId } = await host.client.createSession(
    { taskId: "closed", userId, url: site.url },
    signal,
  );
  const { relayUrl } = await host.client.attachSession(sessionId, { owner: "test" }, signal);
  expect(processesNaming(host.stateDir).length).toBeGreaterThan(2);
  expect(browsersOf(host)).toHaveLength(1);

  await host.client.closeSession(sessionId, signal);
  await host.client.closeSession(sessionId, signal);
  await host.client.closeTaskSession("closed", signal);
  await host.client.closeSession("never-existed", signal);

  expect(processesNaming(host.stateDir)).toEqual([]);
  expect(browsersOf(host)).toEqual([]);
  expect(readdirSync(path.join(host.stateDir, "run", "browsers"))).toEqual([]);
  await expect(fetch(relayUrl)).rejects.toThrow("fetch failed");
  expect(await host.client.getSession(sessionId, signal)).toMatchObject({ state: "closed" });
  await expect(attach(sessionId)).rejects.toMatchObject({ code: "SESSION_LOST" });
});

test("a browser that dies is a lost session, and the task can have a new one", async () => {
  const input = { taskId: "lost", userId, url: site.url };
  const { sessionId } = await host.client.createSession(input, signal);
  const [record] = readdirSync(path.join(host.stateDir, "run", "browsers"));
  expect(record).toBeDefined();
  for (const pid of processesNaming(host.stateDir)) process.kill(pid, "SIGKILL");
  await expect
    .poll(async () => (await host.client.getSession(sessionId, signal)).state, patient)
    .toBe("lost");
  await expect(attach(sessionId)).rejects.toMatchObject({ code: "SESSION_LOST" });

  const next = await host.client.createSession(input, signal);
  expect(next.sessionId).not.toBe(sessionId);
  expect(browsersOf(host)).toHaveLength(1);
});

test("an unknown session is lost, a wrong token and a wrong body are refused", async () => {
  await expect(attach("unknown")).rejects.toMatchObject({ code: "SESSION_LOST" });
  const stranger = createSessionHostClient({ url: host.url, token: new Secret("wrong") });
  await expect(stranger.listSessions(signal)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect((await host.client.listSessions(signal)).sessions.length).toBeGreaterThan(0);
  const input = { taskId: "bad", userId, url: "file:///etc/passwd" };
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

  const second = await startTestHost({ stateDir });
  expect(readdirSync(profiles).toSorted()).toEqual([own, "not-ours"].toSorted());
  expect(readdirSync(records)).toEqual([]);
  await second.close();
});

test("a taken port is named", async () => {
  const stateDir = await createStateDir();
  const port = Number(new URL(host.url).port);
  await expect(startTestHost({ stateDir, port })).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`Port ${port} is in use`),
  });
  await rm(stateDir, { recursive: true });
});

async function takeOver(sessionId: string): Promise<string> {
  const { relayUrl } = await host.client.attachSession(sessionId, { owner: "test" }, signal);
  return relayUrl;
}

async function attach(sessionId: string) {
  return attachToBrowser(await takeOver(sessionId), signal);
}

function browsersOf({ stateDir }: TestHost): string[] {
  return readdirSync(path.join(stateDir, "browsers"));
}

function ownStartTime(): string {
  const stat = readProc(process.pid, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
