import { randomUUID } from "node:crypto";
import type { Limits } from "@valet/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AdmitInput, admitWaiting } from "./admit-waiting.ts";
import { addBrowserSession, endBrowserSession } from "./browser-sessions.ts";
import { strikeHost } from "./cool-downs.ts";
import { createTask } from "./create-task.ts";
import { writeInstallationLimits, writeOwnLimits } from "./limits.ts";
import { queuePlaces } from "./queue-places.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { many, wide } from "./wide-limits.fixture.ts";
import { endTask } from "./task-progress.ts";
import { getTask } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());
beforeEach(async () => {
  await sql`truncate tasks, cool_downs, installation_limits, person_limits, session_hosts cascade`.execute(
    store.db,
  );
});

interface Asked {
  readonly host?: string;
  readonly priority?: "low" | "normal" | "high";
  readonly runAt?: string;
}

async function person() {
  const { userId, resumeId } = await store.newUser();
  const apply = async ({ host = "jobs.test", ...asked }: Asked = {}): Promise<string> => {
    const jobKey = `${host}/${randomUUID()}`;
    const body = { jobUrl: `https://${jobKey}`, resumeId, mode: "copilot" as const, ...asked };
    const { task } = await createTask(store.writer, { userId, body, jobKey, platform: "generic" });
    return task.id;
  };
  const applyOften = async (count: number, asked?: Asked): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push(await apply(asked));
    return ids;
  };
  return { userId, apply, applyOften };
}

async function admit(limits: Limits = wide, change: Partial<AdmitInput> = {}) {
  const input = { now: new Date(), limits, isOwnHost: () => false, jitter: () => 0, ...change };
  return admitWaiting(store.db, input);
}

const started = async (): Promise<string[]> => {
  const rows = await store.db.selectFrom("outbox").select("taskId").orderBy("id").execute();
  return rows.map(({ taskId }) => taskId ?? "");
};

async function end(taskId: string): Promise<void> {
  const how = { outcome: "not_submitted", reason: "CANCELLED", message: "Cancelled." } as const;
  await writeTask(store.writer, taskId, (write) => endTask(write, how));
}

test("what may start is asked of the engine once, by however many that look at once", async () => {
  const ids = await (await person()).applyOften(5);
  await Promise.all([admit(), admit(), admit(), admit()]);
  expect((await started()).toSorted()).toEqual(ids.toSorted());
});

test("a person has three at a time unless told otherwise, and the next when one ends", async () => {
  const ada = await person();
  const ids = await ada.applyOften(5);
  const limits = { ...wide, user: {} };
  await admit({ ...limits, user: { perMinute: many } });
  expect(await started()).toEqual(ids.slice(0, 3));
  await end(ids[0] ?? "");
  await admit({ ...limits, user: { perMinute: many } });
  expect(await started()).toEqual(ids.slice(0, 4));
});

test("one that waits for the person without a browser holds nobody up", async () => {
  const ada = await person();
  const [first = "", second = ""] = await ada.applyOften(2);
  const limits = { ...wide, user: { ...wide.user, live: 1 } };
  await admit(limits);
  const session = { id: randomUUID(), taskId: first, userId: ada.userId };
  await addBrowserSession(store.db, { ...session, hostId: "h", hostUrl: "http://h" });
  await store.db
    .updateTable("tasks")
    .set({ state: "awaiting_review" })
    .where("id", "=", first)
    .execute();
  await admit(limits);
  expect(await started()).toEqual([first]);
  await endBrowserSession(store.db, { sessionId: session.id, as: "hibernated" });
  await admit(limits);
  expect(await started()).toEqual([first, second]);
});

test("two hundred of one person keep nobody else waiting, and a person's urgent one goes first", async () => {
  const [ada, grace, edith] = [await person(), await person(), await person()];
  await ada.applyOften(20, { priority: "low" });
  const graces = await grace.applyOften(4, { priority: "low" });
  const limits = { ...wide, live: 4 };
  await admit(limits);
  const single = await edith.apply();
  const urgent = await grace.apply();
  for (const id of await started()) await end(id);
  await admit(limits);
  const second = (await started()).slice(4);
  expect(second.indexOf(single)).toBe(0);
  expect(second).toContain(urgent);
  expect(second.filter((id) => graces.includes(id)).length).toBeLessThan(2);
});

test("no more start than may come to wait for their person, with those that wait already", async () => {
  const ada = await person();
  await ada.applyOften(5);
  const limits = { ...wide, awaiting: 3 };
  expect(await admit(limits)).toMatchObject({ heldUp: { awaiting: 2 } });
  const [first = "", second = ""] = await started();
  await store.db
    .updateTable("tasks")
    .set({ state: "awaiting_human" })
    .where("id", "in", [first, second])
    .execute();
  expect(await admit(limits)).toMatchObject({ admitted: [], heldUp: { awaiting: 2 } });
  await end(first);
  expect(await admit(limits)).toMatchObject({ admitted: [expect.any(String)] });
});

test("turns go round also where several start in one look", async () => {
  const people = await Promise.all([person(), person()]);
  const owners = new Map<string, number>();
  for (const [index, { applyOften }] of people.entries()) {
    for (const id of await applyOften(20)) owners.set(id, index);
  }
  const begun: string[] = [];
  const running: string[] = [];
  // Browsers come free by twos and by ones in turns.
  for (let look = 0; look < 20; look += 1) {
    for (const id of running.splice(0, 1 + (look % 2))) await end(id);
    const { admitted } = await admit({ ...wide, live: 2 });
    running.push(...admitted);
    begun.push(...admitted);
    const [one = 0, other = 0] = people.map(
      (_, index) => begun.filter((id) => owners.get(id) === index).length,
    );
    expect(Math.abs(one - other)).toBeLessThanOrEqual(1);
  }
});

test("there is room for as many as the hosts that live say", async () => {
  await (await person()).applyOften(5);
  const host = { id: "h1", url: "http://h1", report: JSON.stringify({ capacity: 2 }) };
  await store.db.insertInto("sessionHosts").values(host).execute();
  await store.db
    .insertInto("sessionHosts")
    .values({ ...host, id: "h2", seenAt: sql<Date>`now() - interval '1 minute'` })
    .execute();
  expect(await admit()).toMatchObject({ heldUp: { no_room: 3 } });
  expect(await started()).toHaveLength(2);
});

test("a host's own words are kept to: spacing from the last that has opened", async () => {
  const ada = await person();
  const [first = "", second = ""] = await ada.applyOften(2);
  const now = new Date();
  const limits = { ...wide, hosts: { "jobs.test": { spacingSeconds: 3 } } };
  await admit(limits, { now });
  expect(await started()).toEqual([first]);
  await store.db.updateTable("tasks").set({ openedAt: now }).where("id", "=", first).execute();
  const early = await admit(limits, { now: new Date(now.getTime() + 2_900) });
  expect(early).toMatchObject({ admitted: [], nextAt: new Date(now.getTime() + 3_000) });
  await admit(limits, { now: new Date(now.getTime() + 3_000) });
  expect(await started()).toEqual([first, second]);
});

test("a host that has turned somebody away is left alone, others are not", async () => {
  const ada = await person();
  const now = new Date();
  const turned = await ada.apply({ host: "full.test" });
  const other = await ada.apply({ host: "jobs.test" });
  const { until } = await strikeHost(store.db, "full.test", { now });
  await admit(wide, { now });
  expect(await started()).toEqual([other]);
  await admit(wide, { now: until });
  expect(await started()).toEqual([other, turned]);
});

test("nothing starts before its time", async () => {
  const ada = await person();
  const id = await ada.apply({ runAt: "2026-12-24T08:00:00+01:00" });
  await admit(wide, { now: new Date("2026-12-24T06:59:59Z") });
  expect(await started()).toEqual([]);
  await admit(wide, { now: new Date("2026-12-24T07:00:00Z") });
  expect(await started()).toEqual([id]);
});

test("an admin's words go before what is configured, a person's are kept to where they are less", async () => {
  const [ada, grace] = [await person(), await person()];
  await writeInstallationLimits(store.db, { user: { live: 2 } });
  await writeOwnLimits(store.db, grace.userId, { limits: { live: 1 }, timeZone: null });
  await ada.applyOften(4);
  await grace.applyOften(4);
  await admit();
  expect(await started()).toHaveLength(3);
});

test("a day's share comes back when the person's own day begins", async () => {
  const ada = await person();
  await writeOwnLimits(store.db, ada.userId, {
    limits: { perDay: 2 },
    timeZone: "America/New_York",
  });
  await ada.applyOften(4);
  await admit(wide, { now: new Date("2026-11-01T03:30:00Z") });
  expect(await started()).toHaveLength(2);
  await admit(wide, { now: new Date("2026-11-01T03:59:59Z") });
  expect(await started()).toHaveLength(2);
  await admit(wide, { now: new Date("2026-11-01T04:00:00Z") });
  expect(await started()).toHaveLength(4);
});

test("through 51 hours, looked at every quarter of an hour, each gets their share of each of their own days, at its beginning", async () => {
  const perDay = 3;
  // In the first of them clocks go back in these hours: its first of November has 25.
  const zones = ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati"];
  const people = await Promise.all(
    zones.map(async (timeZone) => {
      const somebody = await person();
      await writeOwnLimits(store.db, somebody.userId, { limits: { perDay }, timeZone });
      return { timeZone, ids: await somebody.applyOften(perDay * 4) };
    }),
  );
  const quarterMs = 15 * 60_000;
  const beginning = Date.parse("2026-10-31T02:00:00Z");
  const seen = new Map<string, { readonly count: number; readonly first: string }>();
  for (let ms = beginning; ms <= beginning + 51 * 3_600_000; ms += quarterMs) {
    const { admitted } = await admit(wide, { now: new Date(ms) });
    for (const id of admitted) {
      const { timeZone = "" } = people.find(({ ids }) => ids.includes(id)) ?? {};
      // Told by another clock than the rule's own.
      const [day, time = ""] = new Date(ms).toLocaleString("sv", { timeZone }).split(" ");
      const { count = 0, first = time } = seen.get(`${timeZone} ${day}`) ?? {};
      seen.set(`${timeZone} ${day}`, { count: count + 1, first });
      await end(id);
    }
  }
  expect(Object.fromEntries(seen)).toEqual({
    "America/New_York 2026-10-30": { count: 3, first: "22:00:00" },
    "America/New_York 2026-10-31": { count: 3, first: "00:00:00" },
    "America/New_York 2026-11-01": { count: 3, first: "00:00:00" },
    "America/New_York 2026-11-02": { count: 3, first: "00:00:00" },
    "Australia/Lord_Howe 2026-10-31": { count: 3, first: "13:00:00" },
    "Australia/Lord_Howe 2026-11-01": { count: 3, first: "00:00:00" },
    "Australia/Lord_Howe 2026-11-02": { count: 3, first: "00:00:00" },
    "Asia/Kathmandu 2026-10-31": { count: 3, first: "07:45:00" },
    "Asia/Kathmandu 2026-11-01": { count: 3, first: "00:00:00" },
    "Asia/Kathmandu 2026-11-02": { count: 3, first: "00:00:00" },
    "Pacific/Kiritimati 2026-10-31": { count: 3, first: "16:00:00" },
    "Pacific/Kiritimati 2026-11-01": { count: 3, first: "00:00:00" },
    "Pacific/Kiritimati 2026-11-02": { count: 3, first: "00:00:00" },
  });
});

test("whoever waits can see behind how many, and why", async () => {
  const ada = await person();
  const ids = await ada.applyOften(3);
  await admit({ ...wide, user: { ...wide.user, live: 1 } });
  const tasks = await Promise.all(ids.map((id) => getTask(store.db, { id })));
  const places = await queuePlaces(store.db, ada.userId, tasks);
  expect(ids.map((id) => places.get(id))).toEqual([
    undefined,
    { behind: 0, heldUpBy: "person_live", until: null },
    { behind: 1, heldUpBy: "person_live", until: null },
  ]);
});

test("how long what starts has waited is told by platform, from its time on where it had one", async () => {
  const ada = await person();
  const [soon, late] = await ada.applyOften(2);
  const now = new Date();
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  const change = async (id = "", values: { createdAt: Date; notBefore?: Date }) =>
    store.db.updateTable("tasks").set(values).where("id", "=", id).execute();
  await change(soon, { createdAt: ago(40) });
  await change(late, { createdAt: ago(4_000), notBefore: ago(20) });
  const { waits } = await admit(wide, { now });
  expect(waits.map(({ platform }) => platform)).toEqual(["generic", "generic"]);
  const seconds = waits.map((wait) => wait.seconds).toSorted((a, b) => a - b);
  expect(seconds).toEqual([20, 40]);
});
