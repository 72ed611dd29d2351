import { randomUUID } from "node:crypto";
import type { ParsedResume } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askForLostParse, askForParse, receiveResume } from "./ask-for-parse.ts";
import { createTask } from "./create-task.ts";
import { listEvents, listPersonEvents } from "./event-log.ts";
import { findSavedParse, keepParse } from "./resume-parses.ts";
import { type ResumeRow, findResume } from "./resumes.ts";
import { settleParse } from "./settle-parse.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { getTask } from "./task-row.ts";
import { listResumesWaitedFor, releaseWaitingTasks } from "./waiting-tasks.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const ada: ParsedResume = {
  resume: { basics: { name: "Ada Example" } },
  sources: { "/basics/name": { paragraph: 1, text: "Ada Example", confidence: 1 } },
};
const nothing: ParsedResume = { resume: { basics: {} }, sources: {} };

async function received(): Promise<ResumeRow> {
  const { userId } = await store.newUser();
  const id = randomUUID();
  return receiveResume(store.writer, {
    id,
    userId,
    fileName: "cv.pdf",
    contentType: "application/pdf",
    byteSize: 1,
    sha256: "00",
    storageKey: `resumes/${userId}/00`,
  });
}

async function known(): Promise<ResumeRow> {
  const { id, userId } = await received();
  await keepParse(store.db, { resumeId: id, epoch: 1 }, { parsed: ada, isRefined: false });
  await settleParse(store.writer, { resumeId: id, epoch: 1 });
  return found({ id, userId });
}

async function found(asked: { readonly id: string; readonly userId: string }): Promise<ResumeRow> {
  const row = await findResume(store.db, asked);
  if (row === undefined) throw new Error("The résumé is gone.");
  return row;
}

function messagesOf(resumeId: string) {
  return store.db
    .selectFrom("outbox")
    .select("message")
    .where("resumeId", "=", resumeId)
    .orderBy("id")
    .execute();
}

function applyWith({ id, userId }: ResumeRow) {
  const jobKey = `jobs.example.com/${randomUUID()}`;
  const body = { jobUrl: `https://${jobKey}`, resumeId: id, mode: "copilot" } as const;
  return createTask(store.writer, { userId, body, jobKey, platform: "generic" });
}

test("an upload is parsing, and the engine is asked in the same transaction", async () => {
  const row = await received();

  expect(row).toMatchObject({ state: "parsing", parseEpoch: 1, settledEpoch: 0 });
  expect(await messagesOf(row.id)).toEqual([{ message: { kind: "parse_resume", epoch: 1 } }]);
});

test("what came of it is in the person's log, gap-free among all else", async () => {
  const row = await known();
  await applyWith(row);
  const events = await listPersonEvents(store.db, { userId: row.userId, after: 0, limit: 10 });

  expect(events.map(({ position, event }) => [position, event.type, event.data])).toEqual([
    [1, "resume_state", { resumeId: row.id, state: "parsing" }],
    [2, "resume_state", { resumeId: row.id, state: "ready" }],
    [3, "state_change", { from: "created", to: "queued" }],
  ]);
  const rest = await listPersonEvents(store.db, { userId: row.userId, after: 1, limit: 1 });
  expect(rest.map(({ position }) => position)).toEqual([2]);
  expect(store.rung).toContainEqual({
    type: "resume_state",
    seq: 2,
    position: 2,
    resumeId: row.id,
    state: "ready",
  });
});

test("a document that cannot be read says why and keeps its file", async () => {
  const { id, userId, storageKey } = await received();
  await settleParse(store.writer, { resumeId: id, epoch: 1 }, "no_text");

  expect(await found({ id, userId })).toMatchObject({
    state: "parse_failed",
    failure: "no_text",
    storageKey,
  });
});

test("a parse without anything in it is a failed one", async () => {
  const { id, userId } = await received();
  await keepParse(store.db, { resumeId: id, epoch: 1 }, { parsed: nothing, isRefined: false });
  await settleParse(store.writer, { resumeId: id, epoch: 1 });

  expect(await found({ id, userId })).toMatchObject({
    state: "parse_failed",
    failure: "nothing_found",
  });
});

test.each([
  [
    "fails",
    async (resumeId: string) => settleParse(store.writer, { resumeId, epoch: 2 }, "timeout"),
  ],
  [
    "finds nothing",
    async (resumeId: string) => {
      const tried = { resumeId, epoch: 2 };
      await keepParse(store.db, tried, { parsed: nothing, isRefined: false });
      return settleParse(store.writer, tried);
    },
  ],
])("a later parse that %s takes nothing away", async (_, come) => {
  const row = await known();
  const asked = await askForParse(store.writer, row);
  await come(row.id);
  const after = await found(row);

  expect(asked.state).toBe("ready");
  expect(after.state).toBe("ready");
  expect(after.failure).not.toBeNull();
  expect(await findSavedParse(store.db, row.id)).toEqual(ada);
});

test("what is said twice, or of a try that another has followed, counts for nothing", async () => {
  const row = await received();
  const lost = { resumeId: row.id, epoch: 1 };
  await askForLostParse(store.writer, lost);

  expect(await settleParse(store.writer, lost, "damaged")).toBeUndefined();
  expect((await found(row)).state).toBe("parsing");
  await settleParse(store.writer, { resumeId: row.id, epoch: 2 }, "damaged");
  expect(await settleParse(store.writer, { resumeId: row.id, epoch: 2 })).toBeUndefined();
  expect((await found(row)).failure).toBe("damaged");
});

test("an application waits in created, and starts when its résumé is ready", async () => {
  const row = await received();
  const { task } = await applyWith(row);
  const before = await releaseWaitingTasks(store.writer, row.id);
  await keepParse(store.db, { resumeId: row.id, epoch: 1 }, { parsed: ada, isRefined: false });
  await settleParse(store.writer, { resumeId: row.id, epoch: 1 });

  expect([task.state, task.pct, before]).toEqual(["created", 0, 0]);
  expect(await listResumesWaitedFor(store.db, 100)).toContain(row.id);
  expect(await releaseWaitingTasks(store.writer, row.id)).toBe(1);
  expect(await releaseWaitingTasks(store.writer, row.id)).toBe(0);
  expect((await getTask(store.db, { id: task.id })).state).toBe("queued");
  const events = await listEvents(store.db, { taskId: task.id, after: 0, limit: 10 });
  expect(events.map(({ seq, type, data }) => [seq, type, data])).toEqual([
    [1, "resume_state", { resumeId: row.id, state: "parsing" }],
    [2, "resume_state", { resumeId: row.id, state: "ready" }],
    [3, "state_change", { from: "created", to: "queued" }],
  ]);
  const messages = await store.db
    .selectFrom("outbox")
    .select("message")
    .where("taskId", "=", task.id)
    .execute();
  // Whether it may start is for others to say.
  expect(messages).toEqual([]);
});

test("an application whose résumé cannot be read ends, and says why", async () => {
  const row = await received();
  const { task } = await applyWith(row);
  await settleParse(store.writer, { resumeId: row.id, epoch: 1 }, "garbled");
  await releaseWaitingTasks(store.writer, row.id);

  expect(await getTask(store.db, { id: task.id })).toMatchObject({
    state: "failed",
    outcome: "not_submitted",
    reason: "RESUME_NOT_READY",
  });
});

test("nothing is started with a résumé that could not be read", async () => {
  const row = await received();
  await settleParse(store.writer, { resumeId: row.id, epoch: 1 }, "password");

  await expect(applyWith(row)).rejects.toMatchObject({
    code: "RESUME_NOT_READY",
    details: { resumeId: row.id, reason: "password" },
  });
});

test("none is left behind that is accepted while its résumé becomes ready", async () => {
  const row = await received();
  await keepParse(store.db, { resumeId: row.id, epoch: 1 }, { parsed: ada, isRefined: false });
  const finish = async () => {
    await settleParse(store.writer, { resumeId: row.id, epoch: 1 });
    await releaseWaitingTasks(store.writer, row.id);
  };
  const [accepted] = await Promise.all([
    Promise.all(Array.from({ length: 12 }, () => applyWith(row))),
    finish(),
  ]);
  const states = await Promise.all(
    accepted.map(async ({ task }) => (await getTask(store.db, { id: task.id })).state),
  );

  expect(states).toEqual(states.map(() => "queued"));
});
