import type { CreateTaskBody } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAnswersInAdvance } from "./answers-in-advance.ts";
import { createTask } from "./create-task.ts";
import { listTaskAnswers } from "./task-answers.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

async function request(extra: { readonly idempotencyKey?: string; readonly jobKey?: string } = {}) {
  const { userId, resumeId } = await store.newUser();
  const body: CreateTaskBody = { jobUrl: "https://jobs.example.com/1", resumeId, mode: "copilot" };
  return { userId, body, jobKey: "jobs.example.com/1", platform: "generic", ...extra };
}

test("a task is queued, and nothing is asked of the engine before it may start", async () => {
  const { task, created } = await createTask(store.writer, await request());
  expect({ created, state: task.state, epoch: task.epoch, host: task.host }).toEqual({
    created: true,
    state: "queued",
    epoch: 1,
    host: "jobs.example.com",
  });
  const waiting = await store.db
    .selectFrom("outbox")
    .select("message")
    .where("taskId", "=", task.id)
    .execute();
  expect(waiting).toEqual([]);
});

test("twenty requests at once with one idempotency key make one task", async () => {
  const input = await request({ idempotencyKey: "k1" });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => createTask(store.writer, input)),
  );
  expect(new Set(answers.map(({ task }) => task.id)).size).toBe(1);
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
});

test("an idempotency key cannot be used for something else", async () => {
  const input = await request({ idempotencyKey: "k2" });
  await createTask(store.writer, input);
  const other = { ...input, body: { ...input.body, mode: "autopilot" as const } };
  await expect(createTask(store.writer, other)).rejects.toMatchObject({
    code: "IDEMPOTENCY_KEY_REUSED",
  });
});

test("answers in advance are stored with the task, belong to the request and are read back", async () => {
  const input = await request({ idempotencyKey: "k3" });
  const answers = [
    { question: "A boat?", answer: true },
    { question: "Knots", answer: ["Bowline", "Reef"] },
  ];
  const asked = { ...input, body: { ...input.body, answers } };
  const { task } = await createTask(store.writer, asked);
  expect(await createTask(store.writer, asked)).toMatchObject({ created: false });
  expect(await listTaskAnswers(store.db, task.id)).toEqual([
    { fieldId: null, question: "A boat?", answer: "Yes" },
    { fieldId: null, question: "Knots", answer: ["Bowline", "Reef"] },
  ]);
  expect(await listAnswersInAdvance(store.db, task.id)).toEqual([
    { question: "A boat?", answer: "Yes" },
    { question: "Knots", answer: ["Bowline", "Reef"] },
  ]);
  for (const others of [undefined, [{ question: "A boat?", answer: false }]]) {
    const other = { ...asked, body: { ...input.body, ...(others && { answers: others }) } };
    await expect(createTask(store.writer, other)).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  }
});

test("an answer that cannot be stored leaves no task behind", async () => {
  const input = await request();
  const answers = [1, 2].map(() => ({ question: "A boat?", answer: "Yes" }));
  const wrong = { ...input, body: { ...input.body, answers } };
  await expect(createTask(store.writer, wrong)).rejects.toThrow("task_answers_pkey");
  expect(await createTask(store.writer, input)).toMatchObject({ created: true });
});

test("a second application for one job is refused and names the first", async () => {
  const input = await request();
  const { task } = await createTask(store.writer, input);
  await expect(createTask(store.writer, input)).rejects.toMatchObject({
    code: "TASK_IN_PROGRESS",
    details: { taskId: task.id },
  });
});

test("somebody else's résumé is an unknown résumé", async () => {
  const [mine, theirs] = [await request(), await request()];
  const stolen = { ...mine, body: { ...mine.body, resumeId: theirs.body.resumeId } };
  await expect(createTask(store.writer, stolen)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
