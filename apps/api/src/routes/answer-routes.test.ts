import type { NewUser } from "@valet/db";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => void (api = await openApiFixture()));
beforeEach(async () => void (person = await api.addPerson()));
afterAll(() => api.close());

const put = (payload: object) =>
  api.app.inject({ method: "PUT", url: "/answers", headers: keyOf(person), payload });
const remove = (query: Record<string, string>) =>
  api.app.inject({ method: "DELETE", url: "/answers", headers: keyOf(person), query });
const list = async (q?: string, as = person) =>
  (
    await api.app.inject({
      url: "/answers",
      headers: keyOf(as),
      ...(q === undefined ? {} : { query: { q } }),
    })
  ).json();
const questionsOf = async (q?: string, as = person) =>
  (await list(q, as)).answers.map(({ question }: { question: string }) => question);

test("an answer is saved with the time, listed, exported with the profile and each person's own", async () => {
  expect(await list()).toEqual({ answers: [] });
  const saved = await put({ question: " A boat? ", answer: "No", scope: " Harbour Inc " });
  expect([saved.statusCode, saved.json()]).toEqual([
    200,
    {
      question: "A boat?",
      answer: "No",
      scope: "Harbour Inc",
      confirmedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    },
  ]);
  expect(await list()).toEqual({ answers: [saved.json()] });
  const profile = await api.app.inject({ url: "/profile", headers: keyOf(person) });
  expect(profile.json().application.savedAnswers).toEqual([saved.json()]);
  expect(await list(undefined, await api.addPerson())).toEqual({ answers: [] });
});

test("the list can be narrowed to words of the question", async () => {
  for (const question of ["Do you own a boat?", "Do you own a car?", "Votre bateau préféré ?"]) {
    await put({ question, answer: "Yes" });
  }
  expect(await questionsOf("OWN boat")).toEqual(["Do you own a boat?"]);
  expect(await questionsOf("prefere")).toEqual([]);
  expect(await questionsOf("Préféré?")).toEqual(["Votre bateau préféré ?"]);
  expect(await questionsOf("?")).toHaveLength(3);
});

test("an answer is deleted by the words of its question, once", async () => {
  await put({ question: "Do you own a boat?", answer: "Yes" });
  await put({ question: "Do you own a boat?", answer: "No", scope: "Harbour Inc" });
  const other = await remove({ question: "Do you own a boat?", scope: "Pier Ltd" });
  expect([other.statusCode, other.json().code]).toEqual([404, "NOT_FOUND"]);
  const deleted = await remove({ question: "do you own a BOAT", scope: "harbour inc" });
  expect([deleted.statusCode, deleted.json()]).toEqual([200, { deleted: true }]);
  expect((await list()).answers).toMatchObject([{ answer: "Yes" }]);
  await remove({ question: "Do you own a boat?" });
  const again = await remove({ question: "Do you own a boat?" });
  expect([again.statusCode, again.body]).toEqual([404, expect.not.stringContaining("boat")]);
});

test.each([
  ["no question", { answer: "canary" }],
  ["a question without words", { question: "?!", answer: "canary" }],
  ["no answer", { question: "canary?" }],
  ["an empty answer", { question: "canary?", answer: "  " }],
  ["no texts", { question: "canary?", answer: [] }],
  ["something that is no text", { question: "canary?", answer: { canary: true } }],
  ["a scope that says nothing", { question: "canary?", answer: "canary", scope: " " }],
  ["a question that is too long", { question: "canary".repeat(400), answer: "canary" }],
  ["an answer that is too long", { question: "canary?", answer: "canary".repeat(4_000) }],
  ["what Postgres cannot keep", { question: "canary?", answer: "canary\u0000" }],
  ["a time of one's own", { question: "a?", answer: "a", confirmedAt: "2026-01-01T00:00:00Z" }],
])("%s changes nothing and is not quoted", async (_what, payload) => {
  const answer = await put(payload);
  expect([answer.statusCode, answer.json().code]).toEqual([422, "VALIDATION"]);
  expect(answer.body).not.toContain("canary");
  expect(await list()).toEqual({ answers: [] });
});

test("an address with what Postgres cannot keep is refused like a body", async () => {
  const answer = await api.app.inject({ url: "/runs?platform=%00", headers: keyOf(person) });
  expect([answer.statusCode, answer.json().code]).toEqual([422, "VALIDATION"]);
});

test("what was saved at the same time is all there", async () => {
  const questions = Array.from({ length: 12 }, (_, index) => `Question ${index}?`);
  await Promise.all(questions.map((question) => put({ question, answer: "Yes" })));
  expect((await questionsOf()).sort()).toEqual(questions.sort());
});
