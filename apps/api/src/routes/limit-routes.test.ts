import { LimitsOverview } from "@valet/contracts";
import { type NewUser, admitWaiting, strikeHost } from "@valet/db";
import { defaultLimits } from "@valet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { Config } from "../config.ts";

let api: ApiFixture;
let admin: NewUser;
beforeAll(async () => {
  api = await openApiFixture();
  admin = await api.addPerson("admin");
});
afterAll(() => api.close());

async function read(person: NewUser): Promise<LimitsOverview> {
  const answer = await api.app.inject({ url: "/limits", headers: keyOf(person) });
  return LimitsOverview.parse(answer.json());
}

async function put(person: NewUser, payload: object) {
  return api.app.inject({ method: "PUT", url: "/limits", headers: keyOf(person), payload });
}

test("where nobody said anything everybody has what is built in", async () => {
  expect(await read(await api.addPerson())).toEqual({
    everybody: { ...defaultLimits, platforms: {}, hosts: {}, employers: {} },
    saidByAdmin: {},
    own: {},
    effective: defaultLimits.user,
    timeZone: "UTC",
    coolDowns: [],
    usage: { live: 0, lastMinute: 0, today: 0 },
  });
});

test("a person keeps themselves to less; more has no effect, and what is left out stays", async () => {
  const [person, other] = [await api.addPerson(), await api.addPerson()];
  const kicks = api.kicks();
  const answer = await put(person, { own: { live: 1, perDay: 100_000 } });
  expect(answer.json()).toMatchObject({
    own: { live: 1, perDay: 100_000 },
    effective: { live: 1, perMinute: 5, perDay: 200 },
  });
  // What waits may start now, or no more.
  expect(api.kicks()).toBe(kicks + 1);
  await put(person, { timeZone: "Europe/Oslo" });
  expect(await read(person)).toMatchObject({ own: { live: 1 }, timeZone: "Europe/Oslo" });
  await put(person, { own: {} });
  expect(await read(person)).toMatchObject({ effective: { live: 3 }, timeZone: "Europe/Oslo" });
  expect(await read(other)).toMatchObject({ own: {}, timeZone: "UTC" });
});

test("what everybody is kept to is an admin's to say, and admission keeps to it", async () => {
  const person = await api.addPerson();
  const everybody = { user: { live: 1 }, platforms: { greenhouse: { perDay: 7 } } };
  const refused = await put(person, { everybody });
  expect([refused.statusCode, refused.json()]).toMatchObject([
    403,
    { code: "FORBIDDEN", details: { scope: "admin" } },
  ]);
  expect((await put(admin, { everybody })).statusCode).toBe(200);
  expect(await read(person)).toMatchObject({
    everybody: { user: { live: 1, perMinute: 5 }, platforms: { greenhouse: { perDay: 7 } } },
    saidByAdmin: everybody,
    effective: { live: 1 },
  });
  // The fixture has each of its tasks started at once; then a second one may not start.
  await api.addTask(person.id);
  const { id } = await api.addTask(person.id);
  await api.db.updateTable("tasks").set({ admittedAt: null }).where("id", "=", id).execute();
  const look = { now: new Date(), limits: {}, isOwnHost: () => true, jitter: () => 0 };
  expect(await admitWaiting(api.db, look)).toMatchObject({
    admitted: [],
    heldUp: { person_live: 1 },
  });
  expect(await read(person)).toMatchObject({ usage: { live: 1, lastMinute: 1, today: 1 } });
  await put(admin, { everybody: {} });
  expect(await read(person)).toMatchObject({ saidByAdmin: {}, effective: { live: 3 } });
});

test.each([
  [
    "a platform that does not exist",
    { everybody: { platforms: { greenhous: {} } } },
    /greenhous\b.*greenhouse, lever/,
  ],
  ["none at all", { own: { live: 0 } }, /at least 1; to have nothing started, cancel/],
  ["a place that is no time zone", { timeZone: "Nowhere/Else" }, /is no time zone/],
  ["an unknown limit", { own: { lives: 1 } }, /VALIDATION/],
])("%s is refused with what to do instead, and nothing is changed", async (_, payload, words) => {
  const before = await read(admin);
  const answer = await put(admin, payload);
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toMatch(words);
  expect(await read(admin)).toEqual(before);
});

test("a platform that does not exist is refused in the configuration too", () => {
  const limits = Config.shape.VALET_LIMITS;
  expect(limits.safeParse('{"platforms":{"lever":{"perDay":2}}}').success).toBe(true);
  expect(limits.safeParse('{"platforms":{"levers":{"perDay":2}}}').success).toBe(false);
});

test("sites that are left alone are shown to whom they hold up, and to admins", async () => {
  const [held, other] = [await api.addPerson(), await api.addPerson()];
  await api.addTask(held.id, { jobUrl: "https://slow.test/1" });
  await strikeHost(api.db, "slow.test", { now: new Date() });
  const shown = { host: "slow.test", strikes: 1, until: expect.any(String) };
  expect((await read(held)).coolDowns).toEqual([shown]);
  expect((await read(other)).coolDowns).toEqual([]);
  expect((await read(admin)).coolDowns).toEqual([shown]);
});
