import { type NewUser, type TaskRow, endTask, writeTask } from "@valet/db";
import { until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "./api.fixture.ts";
import { showReview } from "./review.fixture.ts";

let api: ApiFixture;
let person: NewUser;
let other: NewUser;
beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
  other = await api.addPerson();
});
afterAll(() => api?.close());

async function post(url: string, key?: string, payload: object = {}, as = person) {
  return api.app.inject({
    method: "POST",
    url,
    headers: { ...keyOf(as), ...(key === undefined ? {} : { "idempotency-key": key }) },
    payload,
  });
}

async function anEndedTask(): Promise<TaskRow> {
  const task = await api.addTask(person.id);
  await writeTask(api.writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "It failed." }),
  );
  return task;
}

const tasksOf = async (jobKey: string) =>
  (await api.db.selectFrom("tasks").select("id").where("jobKey", "=", jobKey).execute()).length;

test("a request that is sent again gets the first answer, and does nothing more", async () => {
  const { id, jobKey } = await anEndedTask();
  const first = await post(`/tasks/${id}/retry`, "again");
  const second = await post(`/tasks/${id}/retry`, "again");
  expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
  expect(second.body).toBe(first.body);
  expect(second.headers["content-type"]).toBe(first.headers["content-type"]);
  expect([first, second].map(({ headers }) => headers["idempotency-replayed"])).toEqual([
    undefined,
    "true",
  ]);
  expect(await tasksOf(jobKey)).toBe(2);
});

test("without a key the second one is told what stands in its way", async () => {
  const { id } = await anEndedTask();
  const codes = [await post(`/tasks/${id}/retry`), await post(`/tasks/${id}/retry`)];
  expect(codes.map(({ statusCode }) => statusCode)).toEqual([201, 409]);
});

test("a refusal is an answer too", async () => {
  const task = await api.addTask(person.id);
  const { id } = task;
  const first = await post(`/tasks/${id}/approve`, "refused", { digest: "d" });
  expect(first.statusCode).toBe(409);
  await showReview(api.writer, task);
  const second = await post(`/tasks/${id}/approve`, "refused", { digest: "d" });
  expect([second.statusCode, second.body]).toEqual([409, first.body]);
});

test.each([
  ["another body", (id: string) => [`/tasks/${id}/approve`, { digest: "other" }] as const],
  ["another address", (id: string) => [`/tasks/${id}/cancel`, { digest: "d" }] as const],
])("a key that comes with %s is refused", async (what, again) => {
  const { id } = await api.addTask(person.id);
  await post(`/tasks/${id}/approve`, what, { digest: "d" });
  const [url, payload] = again(id);
  const answer = await post(url, what, payload);
  expect([answer.statusCode, answer.json().code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
});

test("however many come at once, the work is done once and all that are answered get the same", async () => {
  const { id, jobKey } = await anEndedTask();
  const send = () => post(`/tasks/${id}/retry`, "twenty");
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  const done = answers.filter(({ statusCode }) => statusCode === 201);
  expect(new Set(done.map(({ body }) => body)).size).toBe(1);
  const others = answers.filter(({ statusCode }) => statusCode !== 201);
  expect(others.filter((answer) => answer.json().code !== "IDEMPOTENCY_KEY_IN_USE")).toEqual([]);
  expect(await tasksOf(jobKey)).toBe(2);
});

test("whoever comes while the work is done is told to wait, and then gets its answer", async () => {
  const { id } = await api.addTask(person.id);
  const url = `/tasks/${id}/cancel`;
  const isHeld = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holding = api.db.transaction().execute(async (trx) => {
    await trx.selectFrom("tasks").select("id").where("id", "=", id).forUpdate().execute();
    isHeld.resolve();
    await letGo.promise;
  });
  await isHeld.promise;
  const first = post(url, "held");
  const isBegun = () =>
    api.db.selectFrom("keptAnswers").select("key").where("key", "=", "held").executeTakeFirst();
  await until("the first is at work", async () => (await isBegun()) !== undefined);
  const second = await post(url, "held");
  letGo.resolve();
  await holding;
  expect([second.statusCode, second.json().code]).toEqual([409, "IDEMPOTENCY_KEY_IN_USE"]);
  expect(second.headers["retry-after"]).toBeDefined();
  const { body } = await first;
  const third = await post(url, "held");
  expect([body, third.statusCode]).toEqual([third.body, 200]);
});

test("the keys of two people have nothing to do with each other", async () => {
  const mine = await api.addTask(person.id);
  const theirs = await api.addTask(other.id);
  const answers = [
    await post(`/tasks/${mine.id}/cancel`, "shared"),
    await post(`/tasks/${theirs.id}/cancel`, "shared", {}, other),
  ];
  expect(answers.map((answer) => [answer.statusCode, answer.json().id])).toEqual([
    [200, mine.id],
    [200, theirs.id],
  ]);
});

test("what failed on our side is not kept", async () => {
  const { id } = await api.addTask(person.id);
  await api.db.schema.alterTable("task_events").renameTo("events_away").execute();
  const failed = await post(`/tasks/${id}/cancel`, "failed");
  await api.db.schema.alterTable("events_away").renameTo("task_events").execute();
  expect(failed.statusCode).toBeGreaterThanOrEqual(500);
  expect((await post(`/tasks/${id}/cancel`, "failed")).statusCode).toBe(200);
});

test("the same key under a key of another scope opens nothing", async () => {
  const { id } = await api.addTask(person.id);
  await post(`/tasks/${id}/cancel`, "scoped");
  const answer = await api.app.inject({
    method: "POST",
    url: `/tasks/${id}/cancel`,
    headers: { "idempotency-key": "scoped" },
  });
  expect(answer.statusCode).toBe(401);
});
