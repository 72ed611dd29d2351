import { randomUUID } from "node:crypto";
import { Resolution, Task } from "@valet/contracts";
import {
  type NewUser,
  type TaskRow,
  endTask,
  findIntent,
  getTask,
  listAnswersInAdvance,
  listEvents,
  listLiveIntents,
  recordSubmitResponse,
  storeAnswersInAdvance,
  writeTask,
} from "@valet/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { dispatch, showReview } from "../review.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

async function post(url: string, payload: object = {}) {
  return api.app.inject({ method: "POST", url, headers: keyOf(person), payload });
}

const resolve = (task: TaskRow, payload: object) => post(`/tasks/${task.id}/resolve`, payload);
const retry = (task: TaskRow) => post(`/tasks/${task.id}/retry`);

const codeOf = (answer: Awaited<ReturnType<typeof post>>) => [
  answer.statusCode,
  answer.json().code,
];

async function sentTask(): Promise<TaskRow> {
  const task = await api.addTask(person.id);
  const { digest } = await showReview(api.writer, task);
  await post(`/tasks/${task.id}/approve`, { digest });
  await dispatch(api.writer, task);
  return task;
}

async function end(task: TaskRow, outcome: "unconfirmed" | "not_submitted" = "unconfirmed") {
  const reason = outcome === "unconfirmed" ? "NO_PROOF" : "STEP_FAILED";
  await writeTask(api.writer, task.id, (write) =>
    endTask(write, { outcome, reason, message: "It has ended." }),
  );
}

/** Sent, and nobody knows whether it arrived. */
async function unknownTask(status?: number): Promise<TaskRow> {
  const task = await sentTask();
  if (status !== undefined) {
    const { id: intentId = "" } = (await findIntent(api.db, task.id)) ?? {};
    const at = "2026-01-02T03:04:05.000Z";
    const response = { status, failed: null, redirects: 0, latched: false, at };
    await recordSubmitResponse(api.db, { intentId, response });
  }
  await end(task);
  return task;
}

const typesOf = async ({ id }: TaskRow) =>
  (await listEvents(api.db, { taskId: id, after: 0, limit: 100 })).map(({ type }) => type);

describe("what a person says of an application", () => {
  test.each([
    ["confirmed", "completed", "confirmed", "completed"],
    ["already_applied", "completed", "rejected", "completed"],
    ["rejected", "failed", "rejected", "failed"],
    ["not_submitted", "failed", "rejected", "failed"],
  ])("%s is kept in the attempt, the task and its log", async (outcome, state, intent, event) => {
    const task = await unknownTask();
    const answer = await resolve(task, { outcome });
    expect(answer.statusCode).toBe(200);
    expect(Resolution.parse(answer.json())).toMatchObject({
      task: { id: task.id, state, outcome, reason: "STATED_BY_PERSON" },
      resubmission: null,
    });
    expect(await findIntent(api.db, task.id)).toMatchObject({
      state: intent,
      decidedBy: "person",
      evidence: { verdict: outcome },
    });
    expect((await typesOf(task)).at(-1)).toBe(event);
    const { userId, jobKey } = task;
    const held = await listLiveIntents(api.db, { userId, jobKeys: [jobKey] });
    expect(held).toHaveLength(state === "completed" ? 1 : 0);
  });

  test("said twice is said once; said otherwise is refused", async () => {
    const task = await unknownTask();
    await resolve(task, { outcome: "confirmed" });
    const events = await typesOf(task);
    expect((await resolve(task, { outcome: "confirmed" })).statusCode).toBe(200);
    expect(await typesOf(task)).toEqual(events);
    for (const outcome of ["not_submitted", "rejected", "already_applied"])
      expect(codeOf(await resolve(task, { outcome, acceptDuplicateRisk: true }))).toEqual([
        409,
        "CONTRADICTS_EVIDENCE",
      ]);
  });

  test.each([200, 302])(
    "that it was not sent needs the risk accepted after a %i",
    async (status) => {
      const task = await unknownTask(status);
      for (const outcome of ["not_submitted", "rejected"])
        expect(codeOf(await resolve(task, { outcome }))).toEqual([409, "DUPLICATE_RISK"]);
      expect(await findIntent(api.db, task.id)).toMatchObject({ state: "unknown" });
      const accepted = { outcome: "not_submitted", acceptDuplicateRisk: true };
      expect((await resolve(task, accepted)).statusCode).toBe(200);
    },
  );

  test("a bad answer of the site asks for no acceptance", async () => {
    const task = await unknownTask(503);
    expect((await resolve(task, { outcome: "not_submitted" })).statusCode).toBe(200);
  });

  test("changes nothing where nothing is unknown", async () => {
    const running = await sentTask();
    expect(codeOf(await resolve(running, { outcome: "confirmed" }))).toEqual([
      409,
      "TASK_IN_PROGRESS",
    ]);
    const unsent = await api.addTask(person.id);
    await end(unsent, "not_submitted");
    for (const body of [
      { outcome: "confirmed" },
      { outcome: "not_submitted" },
      { resubmit: true, acceptDuplicateRisk: true },
    ])
      expect(codeOf(await resolve(unsent, body))).toEqual([409, "CONTRADICTS_EVIDENCE"]);
  });

  test("is an outcome that a person can know, and nothing else", async () => {
    const task = await unknownTask();
    for (const body of [
      {},
      { outcome: "unconfirmed" },
      { outcome: "sent" },
      { outcome: "confirmed", resubmit: true },
      { resubmit: false },
      { outcome: "confirmed", note: "x" },
    ])
      expect(codeOf(await resolve(task, body))).toEqual([422, "VALIDATION"]);
  });
});

describe("starting once more", () => {
  test("is refused while it may be with the site, and says what to do first", async () => {
    const task = await unknownTask();
    const answer = await retry(task);
    expect(codeOf(answer)).toEqual([409, "OUTCOME_UNKNOWN"]);
    expect(answer.json().message).toContain("resolve");
    expect(codeOf(await retry(await sentTask()))).toEqual([409, "TASK_IN_PROGRESS"]);
  });

  test("is refused once it is with the site", async () => {
    for (const outcome of ["confirmed", "already_applied"]) {
      const task = await unknownTask();
      await resolve(task, { outcome });
      expect(codeOf(await retry(task))).toEqual([409, "ALREADY_APPLIED"]);
    }
  });

  test("goes on with the answers that were given in advance", async () => {
    const answers = [{ question: "A boat?", answer: "Yes" }];
    const unsent = await api.addTask(person.id, { answers });
    await end(unsent, "not_submitted");
    const again = (await retry(unsent)).json();
    expect(await listAnswersInAdvance(api.db, again.id)).toEqual(answers);
  });

  test("gives a new application where nothing was sent, and one only", async () => {
    const task = await api.addTask(person.id);
    await end(task, "not_submitted");
    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(task)));
    const started = answers.filter(({ statusCode }) => statusCode === 201);
    expect(started).toHaveLength(1);
    const again = Task.parse(started[0]?.json());
    const { jobUrl, jobKey, resumeId, mode } = task;
    expect(again).toMatchObject({ jobUrl, jobKey, resumeId, mode, state: "queued" });
    const refused = answers.filter(({ statusCode }) => statusCode === 409);
    expect(refused.map((answer) => answer.json())).toEqual(
      Array.from({ length: 9 }, () =>
        expect.objectContaining({ code: "TASK_IN_PROGRESS", details: { taskId: again.id } }),
      ),
    );
    expect(await getTask(api.db, { id: task.id })).toMatchObject({ outcome: "not_submitted" });
  });

  test.each(["rejected", "not_submitted"])(
    "is allowed after a person said that it was %s",
    async (outcome) => {
      const task = await unknownTask();
      await resolve(task, { outcome });
      expect((await retry(task)).statusCode).toBe(201);
    },
  );
});

describe("sending once more what may have arrived", () => {
  const wish = { resubmit: true, acceptDuplicateRisk: true };

  test("needs the risk accepted", async () => {
    const task = await unknownTask();
    expect(codeOf(await resolve(task, { resubmit: true }))).toEqual([409, "DUPLICATE_RISK"]);
  });

  test("of twenty wishes at once one makes a new application, which then takes the old one's place", async () => {
    const task = await unknownTask();
    const inAdvance = [{ question: "A boat?", answer: "Yes" }];
    await storeAnswersInAdvance(api.db, task.id, inAdvance);
    const answers = await Promise.all(Array.from({ length: 20 }, () => resolve(task, wish)));
    const granted = answers.filter(({ statusCode }) => statusCode === 200);
    expect(granted).toHaveLength(1);
    const { resubmission } = Resolution.parse(granted[0]?.json());
    const again = await getTask(api.db, { id: resubmission?.id ?? "" });
    expect(await listAnswersInAdvance(api.db, again.id)).toEqual(inAdvance);
    await showReview(api.writer, again);
    const newer = await findIntent(api.db, again.id);
    expect(await findIntent(api.db, task.id)).toMatchObject({
      state: "unknown",
      supersededBy: newer?.id,
    });
    const late = await resolve(task, { outcome: "confirmed" });
    expect(codeOf(late)).toEqual([409, "ILLEGAL_TRANSITION"]);
    expect(late.json().details).toEqual({ taskId: again.id });
  });
});

test("fifty requests for one job at once start one application", async () => {
  const jobUrl = `https://boards.greenhouse.test/${randomUUID()}`;
  const resumeId = await api.addResumeOf(person.id);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      post("/tasks", { jobUrl: `${jobUrl}?utm_source=${index}`, resumeId, mode: "autopilot" }),
    ),
  );
  const started = answers.filter(({ statusCode }) => statusCode === 201);
  expect(started).toHaveLength(1);
  const refused = answers.filter(({ statusCode }) => statusCode === 409);
  expect(refused).toHaveLength(49);
  for (const answer of refused)
    expect(answer.json()).toMatchObject({
      code: "TASK_IN_PROGRESS",
      details: { taskId: started[0]?.json().id },
    });
  const consents = await api.db
    .selectFrom("standingConsents")
    .select("scope")
    .where("userId", "=", person.id)
    .execute();
  expect(consents).toEqual([{ scope: { taskId: started[0]?.json().id } }]);
});
