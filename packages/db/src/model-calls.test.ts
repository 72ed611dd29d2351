import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFormMeanings, keepFormMeanings } from "./form-meanings.ts";
import { type ModelUse, reserveModelCall, settleModelCall, taskSpend } from "./model-calls.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const caps = { taskMicrodollars: 100, dayMicrodollars: 1_000 };

async function aTask(owner?: { readonly userId: string; readonly resumeId: string }) {
  const task = await store.newTask(owner === undefined ? {} : { owner });
  const use: ModelUse = {
    purpose: "meanings",
    userId: task.userId,
    about: { taskId: task.id },
  };
  const reserve = (microdollars: number, own = caps) =>
    reserveModelCall(store.db, { use, model: "claude-test", microdollars, caps: own });
  return { task, use, reserve };
}

test("however many ask at once, what is reserved stays below the cap", async () => {
  const { task, reserve } = await aTask();
  const ids = await Promise.all(Array.from({ length: 24 }, () => reserve(20)));

  expect(ids.filter((id) => id !== undefined)).toHaveLength(5);
  expect(await taskSpend(store.db, task.id)).toMatchObject({ calls: 5, usd: 0.0001 });
});

test("what was reserved and not spent may be spent by the next; what was spent may not", async () => {
  const { task, reserve } = await aTask();
  const id = (await reserve(100)) ?? "";
  expect(await reserve(1)).toBeUndefined();
  await settleModelCall(store.db, { id, inputTokens: 12, outputTokens: 3, microdollars: 40 });
  await settleModelCall(store.db, { id, inputTokens: 0, outputTokens: 0, microdollars: 0 });

  expect(await reserve(61)).toBeUndefined();
  expect(await taskSpend(store.db, task.id)).toEqual({
    calls: 1,
    inputTokens: 12,
    outputTokens: 3,
    usd: 0.00004,
  });
  expect(await reserve(60)).toEqual(expect.any(String));
});

test("the cap of a day holds over all that a person does, résumés too, and for that person alone", async () => {
  const owner = await store.newUser();
  const [one, two] = [await aTask(owner), await aTask(owner)];
  const tight = { taskMicrodollars: 100, dayMicrodollars: 150 };
  expect(await one.reserve(80, tight)).toEqual(expect.any(String));
  const resume: ModelUse = {
    purpose: "resume",
    userId: owner.userId,
    about: { resumeId: owner.resumeId },
  };
  const parse = { use: resume, model: "claude-test", microdollars: 60, caps: tight };

  expect(await reserveModelCall(store.db, parse)).toEqual(expect.any(String));
  expect(await reserveModelCall(store.db, parse)).toBeUndefined();
  expect(await two.reserve(11, tight)).toBeUndefined();
  expect(await two.reserve(10, tight)).toEqual(expect.any(String));
  expect(await (await aTask()).reserve(100, tight)).toEqual(expect.any(String));
});

test("what a worker that died had reserved counts for a day, what was spent for as long as the application", async () => {
  const { use, reserve } = await aTask();
  const old = { use, model: "claude-test", microdollars: 60, caps };
  const [lost, spent] = [await reserveModelCall(store.db, old), await reserve(30)];
  const settled = { id: spent ?? "", inputTokens: 1, outputTokens: 1, microdollars: 30 };
  await settleModelCall(store.db, settled);
  expect(await reserve(20)).toBeUndefined();
  await store.db
    .updateTable("modelCalls")
    .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
    .where("id", "in", [lost ?? "", spent ?? ""])
    .execute();

  expect(await reserve(71)).toBeUndefined();
  expect(await reserve(70)).toEqual(expect.any(String));
});

test("an application that no model was asked for has cost nothing", async () => {
  const nothing = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };

  expect(await taskSpend(store.db, randomUUID())).toEqual(nothing);
});

test("meanings of a layout are there for the next who comes to it, the newest word counts", async () => {
  const form = { host: "jobs.test", signature: "aa" };
  expect(await findFormMeanings(store.db, form)).toBeUndefined();
  await keepFormMeanings(store.db, form, { q1: "phone", q2: "unknown" });
  await keepFormMeanings(store.db, form, { q1: "email" });

  expect(await findFormMeanings(store.db, form)).toEqual({ q1: "email" });
  expect(await findFormMeanings(store.db, { ...form, host: "other.test" })).toBeUndefined();
  expect(await findFormMeanings(store.db, { ...form, signature: "bb" })).toBeUndefined();
});
