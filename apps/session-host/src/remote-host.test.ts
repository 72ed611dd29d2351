import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  attachToBrowser,
  createSessionHostClient,
  trustCertificateAuthority,
  waitForDocument,
} from "@valet/browser";
import { findBrowserSession, listHostRooms } from "@valet/db";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
import {
  type TestHost,
  type TestSite,
  createStateDir,
  startTestHost,
  startTestSite,
  token,
} from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(300_000);
const patient = { timeout: 20_000 };
let store: TaskStore;
let site: TestSite;
/** Machine A speaks TLS under an address of its own, machine B does not. */
let there: TestHost;
let here: TestHost;

beforeAll(async () => {
  [store, site] = await Promise.all([openTaskStore(), startTestSite()]);
  const stateDir = await createStateDir();
  const tls = await makeCertificate();
  const ca = path.join(stateDir, "ca.pem");
  await writeFile(ca, tls.cert);
  await trustCertificateAuthority(ca);
  const { database } = store;
  there = await startTestHost({
    database,
    stateDir,
    listen: { address: "127.0.0.2", port: 0, tls },
    tendEveryMs: 100,
  });
  here = await startTestHost({ database, tendEveryMs: 100 });
});

afterAll(async () => {
  await there.close();
  await here.close();
  await site.close();
  await store.close();
});

test("a run that moved to another machine goes on through the host that has its browser", async () => {
  const task = await store.newTask();
  const input = { ...task, url: site.url };
  const { sessionId } = await there.client.createSession(input, signal);
  const first = await there.client.attachSession(sessionId, { owner: "a", ...task }, signal);
  const before = await attachToBrowser(first.relayUrl, signal);
  await waitForDocument(before.page, signal);
  await before.page.getByLabel("Name").fill("Ada Example");

  // The worker of machine B asks its own host, and is told where the browser is.
  const found = await here.client.createSession(input, signal);
  expect(found).toMatchObject({ sessionId, hostUrl: there.url, pooled: false });
  const remote = createSessionHostClient({ url: found.hostUrl, token });
  const grant = await remote.attachSession(sessionId, { owner: "b", ...task }, signal);
  expect(grant).toMatchObject({ fence: 2, relayUrl: expect.stringMatching(/^https:/) });
  const after = await attachToBrowser(grant.relayUrl, signal);
  expect(await after.page.getByLabel("Name").inputValue()).toBe("Ada Example");
  await expect(before.page.title()).rejects.toThrow(/closed/);
  await after.close();

  // Its own host has no such session, and taking it there would be a second door.
  await expect(
    here.client.attachSession(sessionId, { owner: "b", ...task }, signal),
  ).rejects.toMatchObject({ code: "SESSION_LOST" });
  expect(await findBrowserSession(store.database.db, sessionId)).toMatchObject({ fence: 2 });
  await here.client.closeTaskSession(task.taskId, signal);
  await expect
    .poll(async () => (await there.client.getSession(sessionId, signal)).state, patient)
    .toBe("closed");
});

test("a machine that falls silent is given up by the others, and its browsers with it", async () => {
  const task = await store.newTask();
  const { sessionId } = await there.client.createSession({ ...task, url: site.url }, signal);
  // As if its last sign of life were old; it gives others, so until somebody looks in between.
  const { db } = store.database;
  const silence = () =>
    db
      .updateTable("sessionHosts")
      .set({ seenAt: new Date(0) })
      .where("url", "=", there.url)
      .execute();
  const stateOf = async () => (await findBrowserSession(db, sessionId))?.state;
  await expect.poll(() => silence().then(stateOf), patient).toBe("lost");
  // It comes back: what it still holds belongs to nobody.
  await expect
    .poll(async () => (await there.client.getSession(sessionId, signal)).state, patient)
    .toBe("closed");
  const again = await here.client.createSession({ ...task, url: site.url }, signal);
  expect(again.hostUrl).toBe(here.url);
});

test("a host that is told to stop has no room from then on, while its browsers still close", async () => {
  const { db } = store.database;
  const leaving = await startTestHost({ database: store.database, tendEveryMs: 100 });
  const roomOf = async () =>
    (await listHostRooms(db)).find(({ url }) => url === leaving.url)?.room ?? "unknown";
  await expect.poll(roomOf, patient).toBe(6);
  const { sessionId } = await leaving.client.createSession(
    { ...(await store.newTask()), url: site.url },
    signal,
  );
  let closing: Promise<void> | undefined;
  await db.transaction().execute(async (holding) => {
    // Until this ends nobody can note down that the browser is closed.
    await holding
      .selectFrom("browserSessions")
      .select("id")
      .where("id", "=", sessionId)
      .forUpdate()
      .execute();
    closing = leaving.close();
    await expect.poll(roomOf, patient).toBe(-1);
  });
  await closing;
  expect(await roomOf()).toBe("unknown");
});

test("a stranger's token opens nothing, over TLS as little as without", async () => {
  const stranger = await fetch(`${there.url}/sessions`);
  expect([stranger.status, await stranger.json()]).toMatchObject([401, { code: "UNAUTHORIZED" }]);
});

async function makeCertificate(): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: "commonName", value: "session host" }], {
    keySize: 2048,
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.2" }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}
