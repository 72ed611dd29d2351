import type { UnansweredQuestion } from "@valet/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PersonNeeded,
  askPerson,
  closeHumanStep,
  findOpenHumanStep,
  finishByHandingBack,
  finishCaptcha,
  finishHumanStep,
  takeCode,
} from "./human-steps.ts";
import { getProfile } from "./profiles.ts";
import { answerQuestions, listTaskAnswers } from "./task-answers.ts";
import { type TestStore, claimAndFill, openTestStore } from "./task.fixture.ts";
import { endTask } from "./task-progress.ts";
import { listEvents } from "./event-log.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

async function newTask() {
  const task = await store.newTask();
  await claimAndFill(store.writer, task.id, `run-${task.id}`);
  return task;
}

const knot: UnansweredQuestion = { fieldId: "knot", question: "Your knot?", options: [] };
const boat: UnansweredQuestion = { fieldId: "boat", question: "A boat?", options: ["Yes", "No"] };

const needed = (kind: PersonNeeded["kind"], questions: UnansweredQuestion[] = []) => ({
  kind,
  asks: "Please.",
  asksAgain: "Once more, please.",
  url: "https://valet.example.com/tasks/1",
  questions,
});

const ask = (taskId: string, kind: PersonNeeded["kind"], questions?: UnansweredQuestion[]) =>
  writeTask(store.writer, taskId, (write) => askPerson(write, needed(kind, questions)));
const done = (taskId: string, stepId: string, code?: string) =>
  writeTask(store.writer, taskId, (write) => finishHumanStep(write, { stepId, code }));
const answer = (taskId: string, answers: Record<string, string | boolean>, remember = false) =>
  writeTask(store.writer, taskId, (write) => answerQuestions(write, { answers, remember }));

const eventsOf = async (taskId: string) =>
  (await listEvents(store.db, { taskId, after: 0, limit: 100 })).map(({ type, data }) => ({
    type,
    ...data,
  }));
const pushed = async (taskId: string) =>
  (
    await store.db
      .selectFrom("outbox")
      .select("message")
      .where("taskId", "=", taskId)
      .where(sql<boolean>`message->>'kind' = 'push_event'`)
      .execute()
  ).map(({ message }) => message);
const expire = (stepId: string) =>
  store.db
    .updateTable("humanSteps")
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where("id", "=", stepId)
    .execute();

test("a person is asked with kind, reason, link and deadline, and the waiting run is told when it is done", async () => {
  const task = await newTask();
  const { stepId, seconds } = await ask(task.id, "captcha");
  expect(seconds).toBe(600);
  expect(await findOpenHumanStep(store.db, task.id)).toMatchObject({
    id: stepId,
    kind: "captcha",
    reason: "Please.",
  });
  expect(await eventsOf(task.id)).toContainEqual(
    expect.objectContaining({ type: "human_needed", stepId, kind: "captcha", reason: "Please." }),
  );
  await writeTask(store.writer, task.id, finishCaptcha);
  expect(await pushed(task.id)).toEqual([
    {
      kind: "push_event",
      key: "captcha_solved",
      scope: `task:${task.id}:${stepId}`,
      payload: { taskId: task.id, stepId },
    },
  ]);
  expect(await eventsOf(task.id)).toContainEqual({ type: "human_done", stepId, outcome: "done" });
});

test("said twice, it is said once", async () => {
  const task = await newTask();
  const { stepId } = await ask(task.id, "sign_in");
  await done(task.id, stepId);
  await done(task.id, stepId);
  expect(await pushed(task.id)).toHaveLength(1);
});

test("a run that is started anew waits for the same step; another wall takes its place", async () => {
  const task = await newTask();
  const first = await ask(task.id, "captcha");
  expect((await ask(task.id, "captcha")).stepId).toBe(first.stepId);
  const second = await ask(task.id, "sign_in");
  expect(second.stepId).not.toBe(first.stepId);
  expect(await eventsOf(task.id)).toContainEqual({
    type: "human_done",
    stepId: first.stepId,
    outcome: "withdrawn",
  });
  await expect(done(task.id, first.stepId)).rejects.toMatchObject({ code: "NO_OPEN_STEP" });
});

test("what still stands is asked again in other words, within the same time", async () => {
  const task = await newTask();
  const first = await ask(task.id, "captcha");
  const before = await findOpenHumanStep(store.db, task.id);
  await done(task.id, first.stepId);
  await ask(task.id, "captcha");
  const again = await findOpenHumanStep(store.db, task.id);
  expect(again).toMatchObject({ reason: "Once more, please.", expiresAt: before?.expiresAt });
});

test("handing the browser back says that what was to be done in it is done", async () => {
  const task = await newTask();
  const handBack = () => writeTask(store.writer, task.id, finishByHandingBack);
  await ask(task.id, "captcha");
  await handBack();
  expect(await pushed(task.id)).toHaveLength(1);
  expect(await findOpenHumanStep(store.db, task.id)).toBeUndefined();
  await handBack();
  const { stepId } = await ask(task.id, "email_code");
  await handBack();
  expect(await findOpenHumanStep(store.db, task.id)).toMatchObject({ id: stepId });
  expect(await pushed(task.id)).toHaveLength(1);
});

test("after its time nothing counts any more, whatever was said", async () => {
  const task = await newTask();
  const { stepId } = await ask(task.id, "email_code");
  await expire(stepId);
  await expect(done(task.id, stepId, "ABCD2345")).rejects.toMatchObject({ code: "NO_OPEN_STEP" });
  await writeTask(store.writer, task.id, (write) => closeHumanStep(write, stepId, "expired"));
  await expect(done(task.id, stepId, "ABCD2345")).rejects.toMatchObject({ code: "NO_OPEN_STEP" });
  expect(await pushed(task.id)).toEqual([]);
});

test("the person's own limit counts", async () => {
  const task = await newTask();
  await store.db
    .updateTable("tasks")
    .set({ waitLimits: { captcha: 20 } })
    .where("id", "=", task.id)
    .execute();
  expect((await ask(task.id, "captcha")).seconds).toBe(20);
});

test("another person's or another application's step is one that does not exist", async () => {
  const [task, other] = [await newTask(), await newTask()];
  const { stepId } = await ask(task.id, "sign_in");
  await expect(done(other.id, stepId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(done(task.id, "no-uuid")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a code is asked for where there is one, read once, and gone at the end of the application", async () => {
  const task = await newTask();
  const { stepId } = await ask(task.id, "email_code");
  await expect(done(task.id, stepId)).rejects.toMatchObject({ code: "CODE_REQUIRED" });
  await done(task.id, stepId, "ABCD2345");
  expect(await takeCode(store.db, stepId)).toBe("ABCD2345");
  expect(await takeCode(store.db, stepId)).toBeUndefined();
  const again = await ask(task.id, "email_code");
  await done(task.id, again.stepId, "WXYZ6789");
  await writeTask(store.writer, task.id, async (write) => {
    await endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Stopped." });
  });
  expect(await takeCode(store.db, again.stepId)).toBeUndefined();
  const signIn = await newTask();
  const wall = await ask(signIn.id, "sign_in");
  await expect(done(signIn.id, wall.stepId, "ABCD2345")).rejects.toMatchObject({
    code: "INVALID_ANSWER",
  });
});

test("answers are for this application; they must be choices, and all of them", async () => {
  const task = await newTask();
  const { stepId, seconds } = await ask(task.id, "question", [knot, boat]);
  expect(seconds).toBe(86_400);
  await expect(done(task.id, stepId)).rejects.toMatchObject({ code: "INVALID_ANSWER" });
  await expect(answer(task.id, { knot: "Bowline" })).rejects.toMatchObject({
    code: "INVALID_ANSWER",
    details: { fieldIds: ["boat"] },
  });
  await expect(answer(task.id, { knot: " ", boat: "Yes" })).rejects.toMatchObject({
    details: { fieldIds: ["knot"] },
  });
  await expect(answer(task.id, { knot: "Bowline", boat: "Maybe" })).rejects.toMatchObject({
    details: { fieldIds: ["boat"] },
  });
  await expect(answer(task.id, { knot: "Bowline", boat: "Yes", mast: "x" })).rejects.toMatchObject({
    code: "UNKNOWN_FIELD",
    details: { fieldIds: ["mast"] },
  });
  expect(await listTaskAnswers(store.db, task.id)).toEqual([]);
  await answer(task.id, { knot: "Bowline", boat: true });
  await answer(task.id, { knot: "Bowline", boat: true });
  expect(await listTaskAnswers(store.db, task.id)).toEqual([
    { fieldId: "knot", question: "Your knot?", answer: "Bowline" },
    { fieldId: "boat", question: "A boat?", answer: "Yes" },
  ]);
  expect(await pushed(task.id)).toHaveLength(1);
  expect((await getProfile(store.db, task.userId)).application?.savedAnswers ?? []).toEqual([]);
});

test("remembered answers are in the profile, once", async () => {
  const task = await newTask();
  await ask(task.id, "question", [knot]);
  await answer(task.id, { knot: "Bowline" }, true);
  await ask(task.id, "question", [{ ...knot, fieldId: "other" }]);
  await answer(task.id, { other: "Reef" }, true);
  const { application } = await getProfile(store.db, task.userId);
  expect(application?.savedAnswers?.filter(({ question }) => question === knot.question)).toEqual([
    expect.objectContaining({ question: "Your knot?", answer: "Reef" }),
  ]);
});
