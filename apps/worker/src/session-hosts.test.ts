import { randomUUID } from "node:crypto";
import {
  type Database,
  addResume,
  addUser,
  connectDb,
  createTask,
  findBrowserSession,
} from "@valet/db";
import { Secret, createLogger } from "@valet/runtime";
import { type TestValet, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type SessionHosts, createSessionHosts } from "./session-hosts.ts";

const signal = AbortSignal.timeout(600_000);
const roomEach = 2;
let valet: TestValet;
let database: Database;
let hosts: SessionHosts;
/** Of the host beside the worker and of the other one. */
let here: string;
let there: string;
let opened: string[] = [];

beforeAll(async () => {
  valet = await startValet({
    workers: 0,
    sessionHosts: 2,
    env: { VALET_MAX_SESSIONS: String(roomEach) },
  });
  database = connectDb({
    url: valet.databaseUrl,
    applicationName: "test",
    maxConnections: 2,
    log: createLogger({ name: "test", level: "silent" }),
  });
  // The second, so that it is not the first for another reason.
  [there = "", here = ""] = valet.sessionHosts.map(({ url }) => url);
  const token = new Secret(valet.sessionHost.token);
  hosts = createSessionHosts({ db: database.db, url: here, token });
});
beforeEach(async () => {
  for (const taskId of opened.splice(0)) await hosts.closeTaskSession(taskId, signal);
  await until("both hosts say what they have room for", async () => {
    const rows = await database.db.selectFrom("sessionHosts").select("report").execute();
    return rows.filter(({ report }) => JSON.stringify(report).includes("capacity")).length === 2;
  });
});
afterAll(async () => {
  await database?.close();
  await valet?.close();
});

/** A task of a person of its own, as its worker names it. */
async function newTask(): Promise<{ taskId: string; userId: string; url: "about:blank" }> {
  const { db } = database;
  const { id: userId } = await addUser(db, { name: `u-${randomUUID()}`, role: "user" });
  const resumeId = randomUUID();
  await addResume(db, {
    id: resumeId,
    userId,
    fileName: "cv.pdf",
    contentType: "application/pdf",
    byteSize: 1,
    sha256: "00",
    storageKey: `resumes/${resumeId}`,
  });
  const jobKey = `jobs.example.com/${randomUUID()}`;
  const body = { jobUrl: `https://${jobKey}`, resumeId, mode: "copilot" } as const;
  const writer = { db, ring: () => undefined };
  const { task } = await createTask(writer, { userId, body, jobKey, platform: "generic" });
  opened.push(task.id);
  return { taskId: task.id, userId, url: "about:blank" };
}

async function open(): Promise<{ sessionId: string; taskId: string; hostUrl: string }> {
  const task = await newTask();
  const { sessionId, hostUrl } = await hosts.openSession(task, signal);
  return { sessionId, taskId: task.taskId, hostUrl: new URL(hostUrl).origin };
}

test("a browser starts where there is most room, beside the worker first, until all hosts are full", async () => {
  const places: string[] = [];
  for (let n = 0; n < 2 * roomEach; n += 1) places.push((await open()).hostUrl);
  expect(places).toEqual([here, there, here, there]);
  await expect(open()).rejects.toMatchObject({ code: "SESSION_CAPACITY" });
});

test("a session is closed at the host that has it", async () => {
  const first = await open();
  const second = await open();
  expect(second.hostUrl).toBe(there);
  await hosts.closeSession(first.sessionId, signal);
  await hosts.closeTaskSession(second.taskId, signal);
  for (const { sessionId } of [first, second]) {
    expect(await findBrowserSession(database.db, sessionId)).toMatchObject({ state: "closed" });
    await expect(hosts.ofSession(sessionId)).rejects.toMatchObject({ code: "SESSION_LOST" });
  }
  await hosts.closeTaskSession(randomUUID(), signal);
});

test("the host beside the worker dies: browsers start on the other, and sessions it had can be ended", async () => {
  const held = await open();
  expect(held.hostUrl).toBe(here);
  await valet.kill("session-host-2");
  expect((await open()).hostUrl).toBe(there);
  await hosts.closeTaskSession(held.taskId, signal);
  expect(await findBrowserSession(database.db, held.sessionId)).toMatchObject({ state: "closed" });
  await open();
  await expect(open()).rejects.toMatchObject({ code: "SESSION_CAPACITY" });
  await valet.start("session-host", { name: "session-host-2" });
});
