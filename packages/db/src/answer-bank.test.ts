import { maxSavedAnswers } from "@valet/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deleteAnswer, listAnswers, saveAnswer, saveAnswers } from "./answer-bank.ts";
import type { Querier } from "./connect.ts";
import { getProfile, putProfile } from "./profiles.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const newUser = async () => (await store.newUser()).userId;
const bankOf = async (userId: string, words?: string) =>
  (await listAnswers(store.db, userId, words)).map(({ question, answer, scope }) =>
    [question, answer, scope].filter((part) => part !== undefined),
  );

test("an answer takes the place of the one to the same question, for all or for one company", async () => {
  const userId = await newUser();
  await saveAnswer(store.db, userId, { question: "A boat?", answer: "No" });
  await saveAnswer(store.db, userId, { question: "A boat?", answer: "Yes", scope: "Harbour Inc" });
  await saveAnswer(store.db, userId, { question: "Your knot?", answer: "Bowline" });
  await saveAnswer(store.db, userId, { question: " a BOAT (required) *", answer: ["Two"] });
  await saveAnswer(store.db, userId, { question: "A boat", answer: "One", scope: " harbour inc" });
  expect(await bankOf(userId)).toEqual([
    [" a BOAT (required) *", ["Two"]],
    ["A boat", "One", " harbour inc"],
    ["Your knot?", "Bowline"],
  ]);
  await deleteAnswer(store.db, userId, { question: "a boat" });
  await expect(deleteAnswer(store.db, userId, { question: "a boat" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await bankOf(userId)).toHaveLength(2);
});

test("what the bank held twice is once after it was answered again", async () => {
  const userId = await newUser();
  const savedAnswers = ["A boat?", "Your knot?", "a boat"].map((question) => ({
    question,
    answer: "Old",
  }));
  await putProfile(store.db, userId, { application: { over18: true, savedAnswers } });
  await saveAnswers(store.db, userId, [
    { question: "A boat", answer: "First" },
    { question: "A boat!", answer: "Second" },
  ]);
  expect(await bankOf(userId)).toEqual([
    ["A boat!", "Second"],
    ["Your knot?", "Old"],
  ]);
  expect((await getProfile(store.db, userId)).application?.over18).toBe(true);
});

test("facts are replaced without the answers, and with them where the profile names some", async () => {
  const userId = await newUser();
  await saveAnswer(store.db, userId, { question: "A boat?", answer: "No" });
  await putProfile(store.db, userId, { basics: { name: "Ada Example" } });
  expect(await bankOf(userId)).toEqual([["A boat?", "No"]]);
  await putProfile(store.db, userId, { application: { savedAnswers: [] } });
  expect(await getProfile(store.db, userId)).toEqual({ application: { savedAnswers: [] } });
});

const boat = { question: "A boat?", answer: "No" };
const knot = { question: "Your knot?", answer: "Bowline" };

test.each([
  ["an answer is saved", (userId: string) => saveAnswer(store.db, userId, knot)],
  ["answers are remembered", (userId: string) => saveAnswers(store.db, userId, [knot])],
  [
    "an answer is deleted",
    (userId: string) => deleteAnswer(store.db, userId, { question: "Old?" }),
  ],
  [
    "the facts are replaced",
    (userId: string) => putProfile(store.db, userId, { basics: { name: "Ada" } }),
  ],
])("while another answer is being saved %s, and neither is lost", async (_what, change) => {
  const userId = await newUser();
  await saveAnswer(store.db, userId, { question: "Old?", answer: "Yes" });
  const changed = await changeDuring(change, {
    userId,
    begin: (trx) => readToChange(trx, userId),
  });
  const alone = await newUser();
  await saveAnswer(store.db, alone, { question: "Old?", answer: "Yes" });
  await saveAnswer(store.db, alone, boat);
  await change(alone);
  expect(changed).toEqual(await contentOf(alone));
});

test("the first two answers of a person are both kept", async () => {
  const userId = await newUser();
  await changeDuring((id) => saveAnswer(store.db, id, knot), {
    userId,
    begin: (trx) => putProfile(trx, userId, {}),
  });
  expect(await bankOf(userId)).toEqual([
    ["A boat?", "No"],
    ["Your knot?", "Bowline"],
  ]);
});

/** Where whoever saves an answer has read the profile and not yet written it. */
const readToChange = (trx: Querier, userId: string) =>
  trx.selectFrom("profiles").select("profile").where("userId", "=", userId).forUpdate().execute();

/** What is there after a change that began when another answer was about to be saved. */
async function changeDuring(
  change: (userId: string) => Promise<unknown>,
  saving: { readonly userId: string; readonly begin: (trx: Querier) => Promise<unknown> },
) {
  const { userId, begin } = saving;
  let changed: Promise<unknown> = Promise.resolve();
  await store.db.transaction().execute(async (trx) => {
    await begin(trx);
    changed = change(userId);
    await expect.poll(countWaits).toBe(1);
    await saveAnswer(trx, userId, boat);
  });
  await changed;
  return contentOf(userId);
}

async function countWaits(): Promise<number | undefined> {
  const waiting = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(store.db);
  return waiting.rows[0]?.count;
}

async function contentOf(userId: string) {
  const { basics } = await getProfile(store.db, userId);
  return { basics, answers: await bankOf(userId) };
}

test("a full bank takes no other question; who has more may still replace and delete", async () => {
  const userId = await newUser();
  const savedAnswers = Array.from({ length: maxSavedAnswers }, (_, index) => ({
    question: `Question ${index}`,
    answer: "Yes",
  }));
  const tooMany = { application: { savedAnswers: [...savedAnswers, boat] } };
  await expect(putProfile(store.db, userId, tooMany)).rejects.toMatchObject({
    code: "ANSWER_LIMIT",
  });
  await putProfile(store.db, userId, { application: { savedAnswers } });
  await expect(saveAnswer(store.db, userId, boat)).rejects.toMatchObject({ code: "ANSWER_LIMIT" });
  await saveAnswer(store.db, userId, { question: "question 7", answer: "No" });
  expect(await bankOf(userId, "QUESTION 7!")).toContainEqual(["question 7", "No"]);
  const earlier = JSON.stringify(tooMany);
  await store.db
    .updateTable("profiles")
    .set({ profile: sql`${earlier}::text::jsonb` })
    .where("userId", "=", userId)
    .execute();
  await saveAnswer(store.db, userId, boat);
  await deleteAnswer(store.db, userId, { question: "Question 1" });
  expect(await bankOf(userId)).toHaveLength(maxSavedAnswers);
});
