import { attachToBrowser } from "@valet/browser";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type LiveSession,
  type LiveSite,
  buttonAt,
  fieldAt,
  openLiveSession,
  startLiveSite,
} from "./live-session.fixture.ts";
import type { RfbViewer } from "./rfb-viewer.fixture.ts";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
import { type TestHost, startTestHost, testSettings } from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(600_000);
const patient = { timeout: 20_000 };
let store: TaskStore;
let site: LiveSite;
let host: TestHost;

beforeAll(async () => {
  store = await openTaskStore();
  site = await startLiveSite();
  const settings = { ...testSettings, displayProgram: "/usr/bin/Xtigervnc" };
  host = await startTestHost({ database: store.database, settings, maxSessions: 4 });
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

interface AtTheButton {
  readonly session: LiveSession;
  readonly viewer: RfbViewer;
  press(): void;
}

/** A person in control who has filled the form. */
async function takeSeat(): Promise<AtTheButton> {
  const session = await openLiveSession({ host, store }, `${site.url}/`, signal);
  const viewer = await session.look(await session.takeControl());
  viewer.click(fieldAt.x, fieldAt.y);
  viewer.type("Ada");
  await viewer.picture();
  return { session, viewer, press: () => viewer.click(buttonAt.x, buttonAt.y) };
}

const readPress = ({ session: { sessionId, task } }: AtTheButton) =>
  host.client.readPress(sessionId, task, signal);

/** As soon as the press has been kept. */
async function untilPressed(seat: AtTheButton) {
  await expect.poll(() => readPress(seat).catch(() => undefined), patient).toBeDefined();
  return readPress(seat);
}

const pressesPassedOn = async ({ session }: AtTheButton) =>
  (
    await store.database.db
      .selectFrom("outbox")
      .select("message")
      .where("taskId", "=", session.task.taskId)
      .execute()
  ).flatMap(({ message }) => (JSON.stringify(message).includes("submit_pressed") ? [message] : []));

/** The attempt and the approval that a worker writes once it has read the page. */
async function approve(
  { session: { sessionId, task } }: AtTheButton,
  { fence, pressDigest }: { readonly fence: number; readonly pressDigest: string },
): Promise<string> {
  const { db } = store.database;
  const { taskId, userId } = task;
  await db.updateTable("tasks").set({ runId: "run-1" }).where("id", "=", taskId).execute();
  const digest = "v1:00";
  const { id: approvalId } = await db
    .insertInto("approvals")
    .values({
      taskId,
      userId,
      mode: "act",
      digest,
      sessionId,
      fence,
      pressDigest,
      expiresAt: new Date(Date.now() + 30_000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const jobKey = `jobs.example.com/${taskId}`;
  const { id } = await db
    .insertInto("submissionIntents")
    .values({ taskId, userId, jobKey, state: "approved", digest, approvalId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

function armForPress(
  { session: { sessionId, task } }: AtTheButton,
  given: {
    readonly fence: number;
    readonly intentId: string;
    readonly pressDigest: string;
  },
) {
  const { fence, intentId, pressDigest } = given;
  const form = { url: `${site.url}/`, target: { method: "POST", url: `${site.url}/apply` } };
  const command = { do: "arm_for_press" as const, intentId, pressDigest, form };
  return host.client.commandGate(sessionId, { ...task, fence, command }, signal);
}

const stateOf = async (intentId: string) =>
  (
    await store.database.db
      .selectFrom("submissionIntents")
      .select("state")
      .where("id", "=", intentId)
      .executeTakeFirstOrThrow()
  ).state;

const refusals = async ({ session }: AtTheButton) =>
  (await host.client.getSession(session.sessionId, signal)).gate.refused;

test("a press is kept and passed on; once approved, the same press is sent and control ends", async () => {
  const seat = await takeSeat();
  await expect(readPress(seat)).rejects.toMatchObject({ code: "NO_OPEN_STEP" });
  const sentBefore = site.posts();
  seat.press();
  const press = await untilPressed(seat);
  const { sessionId, task } = seat.session;
  await expect
    .poll(() => pressesPassedOn(seat), patient)
    .toEqual([
      {
        kind: "push_event",
        key: "submit_pressed",
        scope: `task:${task.taskId}:${sessionId}`,
        payload: { taskId: task.taskId, sessionId },
      },
    ]);
  const intentId = await approve(seat, press);
  await armForPress(seat, { ...press, intentId });
  seat.press();
  expect(await seat.viewer.closed).toEqual({ code: 4006, reason: "sent" });
  await expect.poll(() => site.posts() - sentBefore, patient).toBe(1);
  expect(await stateOf(intentId)).toBe("dispatched");
  // Workers get in again, and nothing more leaves.
  const worker = await seat.session.attach();
  await worker.page.evaluate(
    "fetch('/apply', { method: 'POST', body: 'Ada' }).catch(() => undefined)",
  );
  expect(site.posts() - sentBefore).toBe(1);
  await worker.close();
});

test("a press that differs from the one that was read is kept, and is a new one", async () => {
  const seat = await takeSeat();
  const sentBefore = site.posts();
  seat.press();
  const press = await untilPressed(seat);
  const intentId = await approve(seat, press);
  await armForPress(seat, { ...press, intentId });
  seat.viewer.click(fieldAt.x, fieldAt.y);
  seat.viewer.type("!");
  await seat.viewer.picture();
  const before = await refusals(seat);
  seat.press();
  await expect.poll(() => refusals(seat), patient).toBe(before + 1);
  await expect
    .poll(async () => (await readPress(seat)).pressDigest, patient)
    .not.toBe(press.pressDigest);
  expect(await stateOf(intentId)).toBe("approved");
  expect(site.posts() - sentBefore).toBe(0);
  await expect.poll(async () => (await pressesPassedOn(seat)).length, patient).toBe(2);
});

test.each<[string, (seat: AtTheButton) => Promise<unknown>]>([
  [
    "after its time",
    async (seat) => {
      const press = await untilPressed(seat);
      const intentId = await approve(seat, press);
      await store.database.db
        .updateTable("approvals")
        .set({ expiresAt: new Date() })
        .where("taskId", "=", seat.session.task.taskId)
        .execute();
      await armForPress(seat, { ...press, intentId });
    },
  ],
  [
    "that the database does not know as approved",
    async (seat) => {
      const press = await untilPressed(seat);
      await approve(seat, { ...press, pressDigest: "cd".repeat(32) });
      await armForPress(seat, { ...press, intentId: crypto.randomUUID() });
    },
  ],
])("a press %s is kept", async (_, arm) => {
  const seat = await takeSeat();
  const sentBefore = site.posts();
  seat.press();
  await arm(seat);
  const before = await refusals(seat);
  seat.press();
  await expect.poll(() => refusals(seat), patient).toBe(before + 1);
  expect(site.posts() - sentBefore).toBe(0);
});

test("once control has ended nothing that was approved for it leaves, and it cannot be armed", async () => {
  const seat = await takeSeat();
  const sentBefore = site.posts();
  seat.press();
  const press = await untilPressed(seat);
  const intentId = await approve(seat, press);
  await armForPress(seat, { ...press, intentId });
  await seat.session.release();
  await expect(readPress(seat)).rejects.toMatchObject({ code: "NO_OPEN_STEP" });
  await expect(armForPress(seat, { ...press, intentId })).rejects.toMatchObject({
    code: "NO_OPEN_STEP",
  });
  const again = await seat.session.look(await seat.session.takeControl());
  const before = await refusals(seat);
  again.click(buttonAt.x, buttonAt.y);
  await expect.poll(() => refusals(seat), patient).toBe(before + 1);
  await expect(armForPress(seat, { ...press, intentId })).rejects.toMatchObject({ code: "FENCED" });
  expect(site.posts() - sentBefore).toBe(0);
  expect(await stateOf(intentId)).toBe("approved");
});

test("who reads the page under a person's hands sees it and can do nothing to it", async () => {
  const seat = await takeSeat();
  seat.press();
  const { relayUrl } = await untilPressed(seat);
  const reader = await attachToBrowser(relayUrl, signal);
  const { page } = reader;
  expect(await page.evaluate("document.querySelector('input').value")).toBe("Ada");
  await expect(page.keyboard.press("x")).rejects.toThrow(/reads does not act/u);
  await expect(page.mouse.click(200, 140)).rejects.toThrow(/reads does not act/u);
  await expect(page.goto(`${site.url}/elsewhere`)).rejects.toThrow(/reads does not act/u);
  expect(await page.evaluate("location.pathname")).toBe("/");
  await seat.session.release();
  await expect(page.evaluate("1")).rejects.toThrow(/closed/u);
  await expect(attachToBrowser(relayUrl, signal)).rejects.toMatchObject({ code: "FENCED" });
  expect(await seat.session.value()).toBe("Ada");
});
