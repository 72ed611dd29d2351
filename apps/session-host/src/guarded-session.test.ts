import {
  type BrowserAttachment,
  type GateCommand,
  attachToBrowser,
  waitForDocument,
} from "@valet/browser";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TaskStore, type TestTask, openTaskStore } from "./task-store.fixture.ts";
import { type TestHost, type TestSite, startTestHost, startTestSite } from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(300_000);
const patient = { timeout: 10_000 };
let store: TaskStore;
let site: TestSite;
let host: TestHost;
let task: TestTask;
let sessionId: string;

beforeAll(async () => {
  store = await openTaskStore();
  host = await startTestHost({ database: store.database, tendEveryMs: 100 });
});
afterAll(async () => {
  await host.close();
  await store.close();
});
beforeEach(async () => {
  site = await startTestSite();
  site.answer();
  task = await store.newTask();
  ({ sessionId } = await host.client.createSession({ ...task, url: site.url }, signal));
});
afterEach(async () => {
  await host.client.closeSession(sessionId, signal);
  await site.close();
});

interface Driver extends BrowserAttachment {
  readonly fence: number;
}

async function drive(): Promise<Driver> {
  const claim = { owner: "worker", ...task };
  const { relayUrl, fence } = await host.client.attachSession(sessionId, claim, signal);
  const attached = await attachToBrowser(relayUrl, signal);
  await waitForDocument(attached.page, signal);
  return { ...attached, fence };
}

/** An intent that the database has armed for this session and fence. */
async function armInDatabase(fence: number, state = "armed"): Promise<string> {
  const { id } = await store.database.db
    .insertInto("submissionIntents")
    .values({
      taskId: task.taskId,
      userId: task.userId,
      jobKey: `jobs.example.com/${task.taskId}`,
      state,
      digest: "v1:00",
      fence,
      sessionId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

function armGate(intentId: string, fence: number) {
  const form = { url: site.url, target: { method: "POST", url: `${site.url}/apply` } };
  const command = { do: "arm" as const, intentId, form };
  return host.client.commandGate(sessionId, { ...task, fence, command }, signal);
}

async function click({ page }: Driver, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.getByRole("button").click();
}

const refusals = async () => (await host.client.getSession(sessionId, signal)).gate.refused;

function readIntent(intentId: string) {
  return store.database.db
    .selectFrom("submissionIntents")
    .select(["state", "requestDigest", "response"])
    .where("id", "=", intentId)
    .executeTakeFirstOrThrow();
}

test("three clicks on an approved form send once, and the answer stands in the intent", async () => {
  const driver = await drive();
  await click(driver, 2);
  await expect.poll(refusals, patient).toBe(2);
  expect(site.posts()).toBe(0);
  const intentId = await armInDatabase(driver.fence);
  await armGate(intentId, driver.fence);
  await click(driver, 3);
  await expect.poll(refusals, patient).toBe(4);
  await expect
    .poll(() => readIntent(intentId), patient)
    .toMatchObject({
      state: "dispatched",
      requestDigest: expect.stringMatching(/^[\da-f]{64}$/u),
      response: { status: 201, failed: null, redirects: 0, latched: false },
    });
  expect(site.posts()).toBe(1);
  await driver.close();
});

test.each(["approved", "aborted", "dispatched", "unknown"])(
  "nothing leaves for an intent that the database has as %s",
  async (state) => {
    const driver = await drive();
    const intentId = await armInDatabase(driver.fence, state);
    await armGate(intentId, driver.fence);
    await click(driver);
    await expect.poll(refusals, patient).toBe(1);
    expect(site.posts()).toBe(0);
    expect(await readIntent(intentId)).toMatchObject({ state, requestDigest: null });
    await driver.close();
  },
);

test("a rehearsal keeps whatever is clicked, and shows it to the holder of the fence alone", async () => {
  const driver = await drive();
  const { fence } = driver;
  const form = { url: site.url, target: { method: "POST", url: `${site.url}/apply` } };
  const tell = (command: GateCommand) =>
    host.client.commandGate(sessionId, { ...task, fence, command }, signal);
  expect((await tell({ do: "rehearse", form })).rehearsed).toBeUndefined();
  await click(driver, 2);
  await expect.poll(refusals, patient).toBe(2);
  expect(site.posts()).toBe(0);
  expect(await tell({ do: "disarm" })).toMatchObject({
    state: "closed",
    rehearsed: { method: "POST", url: `${site.url}/apply` },
  });
  expect(JSON.stringify(await host.client.listSessions(signal))).not.toContain("rehearsed");
  await driver.close();
  const next = await drive();
  const command = { do: "disarm" as const };
  const seen = await host.client.commandGate(
    sessionId,
    { ...task, fence: next.fence, command },
    signal,
  );
  expect(seen.rehearsed).toBeUndefined();
  await next.close();
});

test("a takeover closes the gate that was armed before it, and its driver can arm no more", async () => {
  const driver = await drive();
  const intentId = await armInDatabase(driver.fence);
  await armGate(intentId, driver.fence);
  const next = await drive();
  await click(next);
  await expect.poll(refusals, patient).toBe(1);
  await expect(armGate(intentId, driver.fence)).rejects.toMatchObject({ code: "FENCED" });
  // Armed by the newer one all the same, the database holds it to the fence it was armed for.
  await armGate(intentId, next.fence);
  await click(next);
  await expect.poll(refusals, patient).toBe(2);
  expect(site.posts()).toBe(0);
  expect(await readIntent(intentId)).toMatchObject({ state: "armed" });
  await next.close();
});

test("a gate of somebody else's session is an unknown one", async () => {
  const { fence, close } = await drive();
  const foreign = await store.newTask();
  const command = { do: "end_permit" as const };
  await expect(
    host.client.commandGate(sessionId, { ...foreign, fence, command }, signal),
  ).rejects.toMatchObject({ code: "SESSION_LOST" });
  await close();
});
