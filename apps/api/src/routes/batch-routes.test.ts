import { randomUUID } from "node:crypto";
import type { BatchDetail } from "@valet/contracts";
import { type NewUser, listUnfinishedOfBatch, makeNextOfBatch } from "@valet/db";
import type { GetPage } from "@valet/sites";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { collectQuestions } from "../batches/collect-questions.ts";

let api: ApiFixture;
let person: NewUser;
let other: NewUser;

/** What boards publish of their forms; each asks for a name, which is known, and for a boat, which is not. */
const getPage: GetPage = async (url) => {
  if (url.host !== "boards-api.greenhouse.io") return undefined;
  const ask = (label: string, name: string) => ({
    required: true,
    label,
    fields: [{ name, type: "input_text", values: [] }],
  });
  const job = { id: 1, title: "Engineer", questions: [ask("Name of your boat?", "question_7")] };
  return { url, status: 200, headers: {}, text: JSON.stringify(job) };
};

beforeAll(async () => {
  api = await openApiFixture({ getPage });
  api.deps.networkPolicy.lookUpHost = async () => ["93.184.215.14"];
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

async function newBody(jobUrls: readonly string[]) {
  return { jobUrls, resumeId: await api.addResumeOf(person.id), mode: "copilot" };
}

const collect = () => collectQuestions(api.deps_collect(), new AbortController().signal);
