import { randomUUID } from "node:crypto";
import type { BatchDetail } from "@valet/contracts";
import { type NewUser, makeNextOfBatch } from "@valet/db";
import type { GetPage } from "@valet/sites";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { collectQuestions } from "../batches/collect-questions.ts";

const boards = "job-boards.greenhouse.io";
const asked: string[] = [];
let api: ApiFixture;
let person: NewUser;
let other: NewUser;

/** Each board asks whether one has a boat, which nobody knows of anybody; one board does not answer. */
const getPage: GetPage = async (url) => {
  asked.push(url.href);
  if (url.pathname.includes("/silent/")) throw new Error("no answer");
  const field = (label: string, name: string) => ({ name, type: "input_text", values: [], label });
  const questions = [field("Name of your boat?", "question_7")].map(({ label, ...one }) => ({
    required: true,
    label,
    fields: [one],
  }));
  return { url, status: 200, headers: {}, text: JSON.stringify({ id: 1, title: "E", questions }) };
};

beforeAll(async () => {
  api = await openApiFixture({ getPage, allowPrivate: [`${boards}:443`] });
  person = await api.addPerson();
  other = await api.addPerson();
});
afterAll(() => api.close());

async function post(url: string, payload: object = {}, key?: string, as = person) {
  return api.app.inject({
    method: "POST",
    url,
    headers: { ...keyOf(as), ...(key === undefined ? {} : { "idempotency-key": key }) },
    payload,
  });
}

async function read(id: string, query = ""): Promise<BatchDetail> {
  return (await api.app.inject({ url: `/batches/${id}${query}`, headers: keyOf(person) })).json();
}

const newJob = () => `https://jobs.test/${randomUUID()}`;

async function newBody(jobUrls: readonly string[], more: object = {}) {
  return { jobUrls, resumeId: await api.addResumeOf(person.id), mode: "copilot", ...more };
}

async function accept(jobUrls: readonly string[], more: object = {}): Promise<BatchDetail> {
  const answer = await post("/batches", await newBody(jobUrls, more));
  expect(answer.statusCode).toBe(201);
  return answer.json().batch;
}

const collect = () => collectQuestions({ ...api.deps, db: api.db }, new AbortController().signal);

async function outboxOf(batchId: string): Promise<unknown[]> {
  const rows = await api.db
    .selectFrom("outbox")
    .select("message")
    .where("batchId", "=", batchId)
    .orderBy("id")
    .execute();
  return rows.map(({ message }) => message);
}

test("every line gets its verdict, and one that cannot be a job keeps no other from being one", async () => {
  const [job, applied] = [newJob(), newJob()];
  const { jobUrls: _, ...body } = await newBody([]);
  const earlier = await post("/tasks", { ...body, jobUrl: applied });
  const { jobs, counts } = await accept([
    job,
    `${job}?utm_source=mail#apply`,
    "no address",
    "https://10.0.0.1/job",
    applied,
    "https://www.linkedin.com/jobs/view/1",
    newJob(),
  ]);
  expect(jobs.map(({ state, code, duplicateOf }) => [state, code ?? duplicateOf])).toEqual([
    ["accepted", null],
    ["duplicate", 1],
    ["refused", "JOB_URL_INVALID"],
    ["refused", "JOB_URL_PRIVATE"],
    ["in_progress", null],
    ["refused", "SITE_FORBIDS_AUTOMATION"],
    ["accepted", null],
  ]);
  expect(jobs[4]?.task?.id).toBe(earlier.json().id);
  expect(counts).toMatchObject({ jobs: 7, byState: { accepted: 2, duplicate: 1, refused: 3 } });
});

test.each([
  ["no job", { jobUrls: [] }],
  ["more than may be", { jobUrls: Array.from({ length: 501 }, newJob) }],
  ["both ways at once", { jobUrls: [newJob()], jobs: [{ jobUrl: newJob() }] }],
  ["neither", { jobUrls: undefined }],
])("a batch of %s is refused", async (_, wrong) => {
  const answer = await post("/batches", { ...(await newBody([])), ...wrong });
  expect([answer.statusCode, answer.json().code]).toEqual([422, "VALIDATION"]);
});

test("a batch of which nothing is left to do is done at once, and asks nobody", async () => {
  const batch = await accept(["no address"]);
  expect(batch).toMatchObject({ state: "done", questions: [] });
  expect(await outboxOf(batch.id)).toEqual([]);
});

test("the same idempotency key gives the same batch, with another body it is refused", async () => {
  const body = await newBody([newJob(), newJob()]);
  const first = await post("/batches", body, "batch-key");
  const again = await post("/batches", body, "batch-key");
  expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
  expect(again.json().batch.id).toBe(first.json().batch.id);
  const changed = await post("/batches", { ...body, mode: "autopilot" }, "batch-key");
  expect([changed.statusCode, changed.json().code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
});

test("what all forms ask is asked once, before anything starts, and its answer starts it", async () => {
  const urls = [1, 2, 3].map((job) => `https://${boards}/acme/jobs/${7000 + job}`);
  const batch = await accept([...urls, `https://${boards}/silent/jobs/7009`]);
  expect(batch).toMatchObject({ state: "collecting", questions: [] });
  await collect();
  const asking = await read(batch.id);
  expect(asking.state).toBe("asking");
  expect(asking.questions).toMatchObject([
    { question: "Name of your boat?", lines: [1, 2, 3], answer: null },
  ]);
  expect(await outboxOf(batch.id)).toEqual([]);
  const wrong = await post(`/batches/${batch.id}/answers`, { answers: { other: "x" } });
  expect([wrong.statusCode, wrong.json().code]).toEqual([422, "VALIDATION"]);
  const answers = { [asking.questions[0]?.id ?? ""]: "Argo" };
  const answered = await post(`/batches/${batch.id}/answers`, { answers });
  expect([answered.statusCode, answered.json().state]).toEqual([200, "running"]);
  expect(await outboxOf(batch.id)).toEqual([{ kind: "start_batch", epoch: 1 }]);
  const late = await post(`/batches/${batch.id}/answers`, { answers });
  expect([late.statusCode, late.json().code]).toEqual([409, "ILLEGAL_TRANSITION"]);
});

test("a batch that shall start now asks no site and no person", async () => {
  const before = asked.length;
  const now = await accept([`https://${boards}/acme/jobs/8001`], { start: "now" });
  await collect();
  expect([now.state, asked.length]).toEqual(["running", before]);
  const later = await accept([`https://${boards}/acme/jobs/8002`]);
  const started = await post(`/batches/${later.id}/answers`, { start: "now" });
  expect(started.json().state).toBe("running");
  expect(await outboxOf(later.id)).toEqual([{ kind: "start_batch", epoch: 1 }]);
});

test("what a batch has made is cancelled with it, what it has not made never is made", async () => {
  const { id } = await accept([newJob(), newJob(), newJob()], { start: "now" });
  await makeNextOfBatch(api.writer, id);
  const cancelled = await post(`/batches/${id}/cancel`);
  expect([cancelled.statusCode, cancelled.json().state]).toEqual([200, "cancelled"]);
  expect(await makeNextOfBatch(api.writer, id)).toBe("none");
  const { jobs } = await read(id);
  expect(jobs.map(({ state, task }) => [state, task?.state])).toEqual([
    ["started", "cancelled"],
    ["cancelled", undefined],
    ["cancelled", undefined],
  ]);
  expect((await post(`/batches/${id}/cancel`)).statusCode).toBe(200);
});

test("its jobs come in pages, and nobody else finds it", async () => {
  const { id } = await accept([newJob(), newJob(), newJob()]);
  const first = await read(id, "?limit=2");
  expect([first.jobs.map(({ line }) => line), first.nextLine]).toEqual([[1, 2], 2]);
  const rest = await read(id, "?limit=2&after=2");
  expect([rest.jobs.map(({ line }) => line), rest.nextLine]).toEqual([[3], null]);
  const foreign = await post(`/batches/${id}/cancel`, {}, undefined, other);
  expect(foreign.statusCode).toBe(404);
});
