import { expect, test } from "vitest";
import { type AdmissionInput, type WaitingStart, admitStarts } from "./admit-starts.ts";
import { limitsAtOwnHost, limitsOf } from "./resolve-limits.ts";

const now = new Date("2026-11-23T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const ahead = (ms: number) => new Date(now.getTime() + ms);
const site = { platform: "lever", host: "jobs.lever.co", employer: null };
const wide = limitsAtOwnHost(
  limitsOf(site, { user: { live: 900 }, platform: { live: 900 }, host: { live: 900 } }),
);

function starts(userId: string, count: number, change: Partial<WaitingStart> = {}): WaitingStart[] {
  return Array.from({ length: count }, (_, index) => ({
    taskId: `${userId}${index + 1}`,
    userId,
    ...site,
    limits: wide,
    timeZone: "UTC",
    ...change,
  }));
}

function admit(queues: readonly (readonly WaitingStart[])[], change: Partial<AdmissionInput> = {}) {
  return admitStarts({
    now,
    queues,
    room: Infinity,
    waits: Infinity,
    live: [],
    recent: [],
    today: [],
    paces: [],
    jitter: () => 0,
    ...change,
  });
}

test("people take turns, whoever was served longest ago first", () => {
  const { admitted } = admit([starts("a", 200), starts("b", 3), starts("c", 1)], { room: 8 });
  expect(admitted).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "b3", "a4"]);
});

test("whoever may not start now does not hold up those behind", () => {
  const other = { host: "boards.greenhouse.io", platform: "greenhouse" };
  const queue = [...starts("a", 2, { limits: { ...wide, hostLive: 1 } }), ...starts("x", 1, other)];
  expect(admit([queue])).toEqual({
    admitted: ["a1", "x1"],
    heldUp: [{ taskId: "a2", by: "host_live", until: null }],
  });
});

test.each([
  [
    "person_live",
    { personLive: 3 },
    { live: [{ userId: "a", platform: "x", host: "x", count: 3 }] },
  ],
  [
    "platform_live",
    { platformLive: 3 },
    { live: [{ userId: "b", platform: "lever", host: "x", count: 3 }] },
  ],
  [
    "host_live",
    { hostLive: 3 },
    { live: [{ userId: "b", platform: "x", host: "jobs.lever.co", count: 3 }] },
  ],
  ["no_room", {}, { room: 3, live: [{ userId: "b", platform: "x", host: "x", count: 3 }] }],
  ["awaiting", {}, { waits: 3, live: [{ userId: "b", platform: "x", host: "x", count: 3 }] }],
  ["host_spacing", { hostSpacingMs: 1 }, { paces: [pace({ isOpening: true })] }],
] as const)("%s holds one up for as long as nobody knows", (by, limits, change) => {
  const queue = starts("a", 1, { limits: { ...wide, ...limits } });
  expect(admit([queue], change)).toEqual({
    admitted: [],
    heldUp: [{ taskId: "a1", by, until: null }],
  });
  expect(admit([queue]).admitted).toEqual(["a1"]);
});

test.each([
  ["person_per_minute", { personPerMinute: 2 }, "a", ahead(20_000)],
  ["platform_per_minute", { platformPerMinute: 2 }, "b", ahead(20_000)],
  ["host_per_minute", { hostPerMinute: 2 }, "b", ahead(20_000)],
  ["host_per_minute", { hostPerMinute: 1 }, "b", ahead(50_000)],
] as const)("%s comes back a minute after it was taken", (by, limits, userId, until) => {
  const queue = starts("a", 1, { limits: { ...wide, ...limits } });
  const recent = [ago(70_000), ago(40_000), ago(10_000)].map((admittedAt) => ({
    userId,
    platform: "lever",
    host: "jobs.lever.co",
    admittedAt,
  }));
  expect(admit([queue], { recent }).heldUp).toEqual([{ taskId: "a1", by, until }]);
});

test.each([
  ["person_per_day", { personPerDay: 4 }, { platform: "x", employer: "x" }],
  ["platform_per_day", { platformPerDay: 4 }, { platform: "lever", employer: "x" }],
  ["employer_per_day", { employerPerDay: 4 }, { platform: "x", employer: "lever/oakfield" }],
] as const)("%s lasts until the person's day ends", (by, limits, counted) => {
  const queue = starts("a", 2, {
    employer: "lever/oakfield",
    timeZone: "America/New_York",
    limits: { ...wide, ...limits },
  });
  const until = new Date("2026-11-24T05:00:00Z");
  const three = [{ userId: "a", count: 3, ...counted }];
  expect(admit([queue], { today: three })).toEqual({
    admitted: ["a1"],
    heldUp: [{ taskId: "a2", by, until }],
  });
  const others = [{ userId: "b", count: 30, ...counted }];
  expect(admit([queue], { today: others }).admitted).toEqual(["a1", "a2"]);
});

test("between two that open a page at a host there is the spacing, and a little more for each", () => {
  const queue = starts("a", 1, { limits: { ...wide, hostSpacingMs: 3_000 } });
  const paces = [pace({ lastOpenedAt: ago(3_500) })];
  expect(admit([queue], { paces }).admitted).toEqual(["a1"]);
  expect(admit([queue], { paces, jitter: () => 1 }).heldUp).toEqual([
    { taskId: "a1", by: "host_spacing", until: ahead(1_000) },
  ]);
});

test("of those that wait for a host with spacing one starts at a time", () => {
  const queue = starts("a", 3, { limits: { ...wide, hostSpacingMs: 3_000 } });
  expect(admit([queue]).admitted).toEqual(["a1"]);
});

test("a host that has turned somebody away is left alone until it is over", () => {
  const paces = [pace({ coolingUntil: ahead(60_000) })];
  expect(admit([starts("a", 1)], { paces }).heldUp).toEqual([
    { taskId: "a1", by: "cooling_down", until: ahead(60_000) },
  ]);
  expect(admit([starts("a", 1)], { paces: [pace({ coolingUntil: ago(1) })] }).admitted).toEqual([
    "a1",
  ]);
});

function pace(change: Partial<AdmissionInput["paces"][number]>) {
  const none = { lastOpenedAt: null, isOpening: false, coolingUntil: null };
  return { host: "jobs.lever.co", ...none, ...change };
}
