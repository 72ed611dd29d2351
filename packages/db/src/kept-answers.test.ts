import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beginKeyedRequest, forgetKeyedRequest, keepAnswer } from "./kept-answers.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
let userId = "";
beforeAll(async () => {
  store = await openTestStore();
  ({ userId } = await store.newTask());
});
afterAll(() => store?.close());

const request = (key: string) => ({ userId, key, requestHash: "aa" });

async function begin(key: string): Promise<string> {
  const start = await beginKeyedRequest(store.db, request(key));
  return start.kind === "begun" ? start.tryId : start.kind;
}

/** As if it had begun this much earlier. */
function age(key: string, by: string) {
  return sql`update kept_answers set started_at = started_at - ${by}::interval where key = ${key}`.execute(
    store.db,
  );
}

test("of fifty at once one begins", async () => {
  const starts = await Promise.all(
    Array.from({ length: 50 }, () => beginKeyedRequest(store.db, request("fifty"))),
  );
  const kinds = starts.map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual(["begun", ...Array.from({ length: 49 }, () => "under_way")]);
});

test("what a process left behind is taken over, and its late answer is not kept", async () => {
  const lost = await begin("lost");
  await age("lost", "1 minute");
  expect(await begin("lost")).toBe("under_way");
  await age("lost", "2 minutes");
  const second = await begin("lost");
  await keepAnswer(store.db, { ...request("lost"), tryId: lost, status: 500, body: "late" });
  expect(await begin("lost")).toBe("under_way");
  await keepAnswer(store.db, { ...request("lost"), tryId: second, status: 201, body: "ours" });
  expect(await beginKeyedRequest(store.db, request("lost"))).toEqual({
    kind: "answered",
    status: 201,
    body: "ours",
  });
});

test("an answer is kept for a day", async () => {
  const tryId = await begin("day");
  await keepAnswer(store.db, { ...request("day"), tryId, status: 200, body: "{}" });
  await age("day", "23 hours");
  expect(await begin("day")).toBe("answered");
  await age("day", "2 hours");
  expect(await begin("day")).toMatch(/-/);
});

test("a try that came to nothing leaves the key free, but only its own", async () => {
  const tryId = await begin("free");
  await forgetKeyedRequest(store.db, { ...request("free"), tryId: userId });
  expect(await begin("free")).toBe("under_way");
  await forgetKeyedRequest(store.db, { ...request("free"), tryId });
  expect(await begin("free")).toMatch(/-/);
});
