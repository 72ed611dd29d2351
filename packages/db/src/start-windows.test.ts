import { randomUUID } from "node:crypto";
import type { StartWindow } from "@valet/contracts";
import { dayOf } from "@valet/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { admitWaiting } from "./admit-waiting.ts";
import { createTask } from "./create-task.ts";
import { writeOwnLimits } from "./limits.ts";
import { queuePlaces } from "./queue-places.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { many, wide } from "./wide-limits.fixture.ts";
import { getTask, taskOf } from "./task-row.ts";

const monday = new Date("2026-11-23T12:00:00Z");
let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());
beforeEach(async () => {
  await sql`truncate tasks, person_limits cascade`.execute(store.db);
});

interface Asked {
  readonly window?: StartWindow;
  readonly runAt?: string;
  readonly key?: string;
}

async function person(timeZone: string | null, perDay = many) {
  const { userId, resumeId } = await store.newUser();
  const live = (zone: string | null) =>
    writeOwnLimits(store.db, userId, { limits: { perDay }, timeZone: zone });
  await live(timeZone);
  const apply = async ({ key, ...asked }: Asked, now = monday): Promise<string> => {
    const jobKey = `jobs.test/${key ?? randomUUID()}`;
    const body = { jobUrl: `https://${jobKey}`, resumeId, mode: "copilot" as const, ...asked };
    const idempotencyKey = key === undefined ? {} : { idempotencyKey: key };
    const input = { userId, body, jobKey, platform: "generic", ...idempotencyKey };
    return (await createTask(store.writer, input, now)).task.id;
  };
  return { userId, apply, moveTo: live };
}

const admit = (now: Date) =>
  admitWaiting(store.db, { now, limits: wide, isOwnHost: () => false, jitter: () => 0 });

/** As a clock ticks from one time to another, what is let start when; each ends at once. */
async function dayThrough(from: string, to: string, everyMinutes: number) {
  const starts: { readonly id: string; readonly at: Date }[] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += everyMinutes * 60_000) {
    const at = new Date(time);
    const { admitted } = await admit(at);
    if (admitted.length === 0) continue;
    starts.push(...admitted.map((id) => ({ id, at })));
    await store.db
      .updateTable("tasks")
      .set({ state: "completed", outcome: "confirmed", finishedAt: at, openedAt: at })
      .where("id", "in", admitted)
      .execute();
  }
  return starts;
}

test("it starts when its window opens, by the clock of its person", async () => {
  const ada = await person("Asia/Tokyo");
  const id = await ada.apply({ window: { from: "09:00", to: "09:30" } });
  const starts = await dayThrough("2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z", 60);
  expect(starts).toEqual([{ id, at: new Date("2026-11-24T00:00:00Z") }]);
});

test("the zone that a window names goes before the person's", async () => {
  const ada = await person("Asia/Tokyo");
  await ada.apply({ window: { from: "09:00", to: "09:30", timeZone: "Europe/Oslo" } });
  const starts = await dayThrough("2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z", 60);
  expect(starts.map(({ at }) => at.toISOString())).toEqual(["2026-11-24T08:00:00.000Z"]);
});

test("one that could not start while its window was open waits for the next, and says until when", async () => {
  const ada = await person("UTC");
  const id = await ada.apply({ window: { from: "23:00", to: "01:00" } });
  await admit(new Date("2026-11-24T01:00:00Z"));
  const task = await getTask(store.db, { id });
  expect((await queuePlaces(store.db, ada.userId, [task])).get(id)).toEqual({
    behind: 0,
    heldUpBy: "not_before",
    until: "2026-11-24T23:00:00.000Z",
  });
  expect(taskOf(task)).toMatchObject({ runAt: null, window: { from: "23:00", to: "01:00" } });
  expect((await admit(new Date("2026-11-25T00:59:59Z"))).admitted).toEqual([id]);
});

test("whoever moves to another zone takes the window along", async () => {
  const ada = await person("Asia/Tokyo");
  await ada.apply({ window: { from: "09:00", to: "09:30" } });
  await admit(new Date("2026-11-23T12:00:00Z"));
  await ada.moveTo("America/New_York");
  const starts = await dayThrough("2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z", 60);
  expect(starts.map(({ at }) => at.toISOString())).toEqual(["2026-11-23T14:00:00.000Z"]);
});

test("those outside their windows do not keep the others of their person waiting", async () => {
  const ada = await person("UTC");
  for (let count = 0; count < 12; count += 1) {
    await ada.apply({ window: { from: "23:00", to: "23:30" } });
  }
  const free = await ada.apply({});
  expect((await admit(new Date("2026-11-23T12:00:00Z"))).admitted).toEqual([free]);
});

test.each([
  // Clocks go forward and the night has 23 hours.
  ["Europe/Oslo", "2026-03-28T11:00:00Z", "2026-03-30T11:00:00Z"],
  ["Europe/Oslo", "2026-10-24T11:00:00Z", "2026-10-26T11:00:00Z"],
  ["America/New_York", "2026-10-31T15:00:00Z", "2026-11-02T15:00:00Z"],
  ["Asia/Kathmandu", "2026-10-31T15:15:00Z", "2026-11-02T11:15:00Z"],
])(
  "through two nights in %s what drips through a window keeps to the share of each day",
  async (zone, from, to) => {
    const ada = await person(zone, 3);
    for (let count = 0; count < 20; count += 1) {
      await ada.apply({ window: { from: "22:30", to: "04:30" } }, new Date(from));
    }
    const starts = await dayThrough(from, to, 30);
    const perDay = Map.groupBy(starts, ({ at }) => dayOf(at, zone));
    const days = [...perDay.values()].map((each) => each.length);
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, timeStyle: "short" });
    const shown = [...new Set(starts.map(({ at }) => clock.format(at)))].toSorted();
    // The first evening's three, after each midnight three, and on the second evening none are left of the day.
    expect([days, shown]).toEqual([
      [3, 3, 3],
      ["00:00", "22:30"],
    ]);
  },
);

test("a time that has passed is refused, but not a second time for what was accepted in time", async () => {
  const ada = await person(null);
  const passed = { runAt: "2026-11-23T11:58:59Z", key: randomUUID() };
  await expect(ada.apply(passed)).rejects.toMatchObject({
    code: "VALIDATION",
    details: { issues: [{ path: "body/runAt", problem: "is in the past" }] },
  });
  await expect(ada.apply({ runAt: "2027-12-01T00:00:00Z" })).rejects.toMatchObject({
    details: { issues: [{ path: "body/runAt" }] },
  });
  const soon = { runAt: "2026-11-23T11:59:30Z", key: randomUUID() };
  const id = await ada.apply(soon);
  expect(await ada.apply(soon, new Date("2026-11-24T12:00:00Z"))).toBe(id);
});
