import { randomUUID } from "node:crypto";
import { Problem, Task } from "@valet/contracts";
import { type NewUser, endTask, writeTask } from "@valet/db";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiFixture, admitAll, keyOf, openApiFixture } from "./api.fixture.ts";

let api: ApiFixture;
let now = 0;
beforeAll(async () => {
  api = await openApiFixture({ queue: { most: 4, mostOfPerson: 3, now: () => now } });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.deleteFrom("tasks").execute();
  countAnew();
});

/** What was counted a second ago counts no more. */
function countAnew(): void {
  now += 1_000;
}

async function apply(person: NewUser, key: string = randomUUID()) {
  const resumeId = await api.addResumeOf(person.id);
  return applyWith(person, { key, resumeId });
}

async function applyWith(
  person: NewUser,
  { key, resumeId }: { readonly key: string; readonly resumeId: string },
) {
  return api.app.inject({
    method: "POST",
    url: "/tasks",
    headers: { ...keyOf(person), "idempotency-key": key },
    payload: { jobUrl: `https://jobs.test/${key}`, resumeId, mode: "copilot" },
  });
}

async function countTasks(): Promise<number> {
  return (await api.db.selectFrom("tasks").select("id").execute()).length;
}

test("as many of one person wait as may; one more is turned away before anything is stored", async () => {
  const person = await api.addPerson();
  for (let count = 0; count < 3; count += 1) expect((await apply(person)).statusCode).toBe(201);
  const refused = await apply(person);
  expect(refused.statusCode).toBe(429);
  expect(Problem.parse(refused.json())).toMatchObject({
    code: "QUEUE_FULL",
    details: { waiting: 3, whose: "yours" },
  });
  // Nothing was started so far, and nobody knows when something will be.
  expect(refused.headers["retry-after"]).toBe("60");
  expect(await countTasks()).toBe(3);
  expect((await apply(await api.addPerson())).statusCode).toBe(201);
});

test("everybody's queue has an end too, and whoever has begun to be started makes room", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => api.addPerson()));
  for (const person of people) expect((await apply(person)).statusCode).toBe(201);
  const late = await api.addPerson();
  const refused = await apply(late);
  expect([refused.statusCode, refused.json().details.whose]).toEqual([429, "everybody's"]);
  await admitAll(api.db);
  countAnew();
  expect((await apply(late)).statusCode).toBe(201);
});

test("when to come again follows from how fast applications were started lately", async () => {
  const person = await api.addPerson();
  for (let count = 0; count < 3; count += 1) await apply(person);
  await admitAll(api.db);
  countAnew();
  for (let count = 0; count < 3; count += 1) await apply(person);
  // Three in ten minutes.
  expect((await apply(person)).headers["retry-after"]).toBe("200");
});

test("while nothing starts it is when the first may, an hour at most", async () => {
  const person = await api.addPerson();
  for (let count = 0; count < 3; count += 1) await apply(person);
  const until = new Date(Date.now() + 24 * 3_600_000);
  await api.db.updateTable("tasks").set({ heldUpUntil: until }).execute();
  countAnew();
  expect((await apply(person)).headers["retry-after"]).toBe("3600");
});

test("what was accepted before is found with its key in a full queue as well", async () => {
  const person = await api.addPerson();
  const asked = { key: randomUUID(), resumeId: await api.addResumeOf(person.id) };
  const first = Task.parse((await applyWith(person, asked)).json());
  for (let count = 0; count < 2; count += 1) await apply(person);
  const again = await applyWith(person, asked);
  expect([again.statusCode, again.json().id]).toEqual([200, first.id]);
  expect((await apply(person)).statusCode).toBe(429);
});

test("what was refused for another reason, or was there already, takes no place", async () => {
  const person = await api.addPerson();
  const resumeId = await api.addResumeOf(person.id);
  const asked = { key: randomUUID(), resumeId };
  expect((await applyWith(person, asked)).statusCode).toBe(201);
  for (let tried = 0; tried < 4; tried += 1) {
    expect((await applyWith(person, asked)).statusCode).toBe(200);
    const foreign = { key: randomUUID(), resumeId: randomUUID() };
    expect((await applyWith(person, foreign)).statusCode).toBe(404);
  }
  expect((await apply(person)).statusCode).toBe(201);
});

test("a batch counts by its jobs, comes in where there is room for one, and is found again by its key", async () => {
  const person = await api.addPerson();
  const resumeId = await api.addResumeOf(person.id);
  const offer = (key: string) =>
    api.app.inject({
      method: "POST",
      url: "/batches",
      headers: { ...keyOf(person), "idempotency-key": key },
      payload: {
        jobUrls: [1, 2, 3, 4].map((job) => `https://jobs.test/${key}/${job}`),
        resumeId,
        mode: "copilot",
      },
    });
  const key = randomUUID();
  expect((await offer(key)).statusCode).toBe(201);
  for (const countedAnew of [false, true]) {
    if (countedAnew) countAnew();
    const refused = await offer(randomUUID());
    expect([refused.statusCode, refused.json().code]).toEqual([429, "QUEUE_FULL"]);
    expect((await apply(person)).statusCode).toBe(429);
  }
  expect((await offer(key)).statusCode).toBe(200);
  await api.db.deleteFrom("batches").execute();
});

test("of many that come at once no more are taken than there is room for", async () => {
  const person = await api.addPerson();
  const answers = await Promise.all(Array.from({ length: 8 }, () => apply(person)));
  const taken = answers.filter(({ statusCode }) => statusCode === 201);
  expect([taken.length, await countTasks()]).toEqual([3, 3]);
});

test("another try keeps its urgency and its hours, not the time at which the first was to start", async () => {
  const person = await api.addPerson();
  const resumeId = await api.addResumeOf(person.id);
  const window = { from: "22:00", to: "06:00" };
  const later = { runAt: new Date(Date.now() + 3_600_000).toISOString() };
  for (const when of [{ window }, later]) {
    const first = await api.app.inject({
      method: "POST",
      url: "/tasks",
      headers: keyOf(person),
      payload: {
        jobUrl: `https://jobs.test/${randomUUID()}`,
        resumeId,
        mode: "copilot",
        priority: "high",
        ...when,
      },
    });
    const { id } = Task.parse(first.json());
    await writeTask(api.writer, id, (write) =>
      endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." }),
    );
    const url = `/tasks/${id}/retry`;
    const again = await api.app.inject({ method: "POST", url, headers: keyOf(person) });
    const kept = { priority: "high", runAt: null, window: null, ...("window" in when ? when : {}) };
    expect(Task.parse(again.json())).toMatchObject(kept);
    countAnew();
  }
});

test("another try is turned away like a first one", async () => {
  const person = await api.addPerson();
  const { id } = Task.parse((await apply(person)).json());
  await writeTask(api.writer, id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." }),
  );
  countAnew();
  for (let count = 0; count < 3; count += 1) await apply(person);
  const headers = { ...keyOf(person), "idempotency-key": randomUUID() };
  const retry = { method: "POST", url: `/tasks/${id}/retry`, headers } as const;
  expect((await api.app.inject(retry)).json()).toMatchObject({ code: "QUEUE_FULL" });
  // That it came too soon is not the answer for good.
  await admitAll(api.db);
  countAnew();
  expect((await api.app.inject(retry)).statusCode).toBe(201);
});
