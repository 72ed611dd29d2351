import { expect, test } from "vitest";
import { limitsAtOwnHost, limitsOf, mergeLimits } from "./resolve-limits.ts";

const start = { platform: "lever", host: "jobs.lever.co", employer: "lever/oakfield" };

test("where nobody said anything a person has three browsers and a system ten", () => {
  expect(limitsOf(start, {})).toMatchObject({
    personLive: 3,
    platformLive: 10,
    personPerMinute: 5,
  });
});

test("what is said of one by name goes before what is said of all", () => {
  const limits = limitsOf(start, {
    platform: { live: 7, perMinute: 70 },
    platforms: { lever: { live: 4 }, greenhouse: { live: 1 } },
    hosts: { "jobs.lever.co": { spacingSeconds: 9 } },
    employers: { "lever/oakfield": { perDay: 2 } },
  });
  expect(limits).toMatchObject({
    platformLive: 4,
    platformPerMinute: 70,
    hostSpacingMs: 9_000,
    employerPerDay: 2,
  });
});

test("a person may want less than everybody has, and never gets more", () => {
  const everybody = { user: { live: 5, perDay: 20 } };
  expect(limitsOf(start, everybody, { live: 2, perDay: 900 })).toMatchObject({
    personLive: 2,
    personPerDay: 20,
  });
});

test("later words go before earlier ones, group by group", () => {
  const merged = mergeLimits(
    { live: 3, user: { live: 1, perDay: 2 }, hosts: { a: { live: 1 } } },
    { user: { live: 9 }, hosts: { b: { live: 2 } } },
  );
  expect(merged).toMatchObject({
    live: 3,
    user: { live: 9, perDay: 2 },
    hosts: { a: { live: 1 }, b: { live: 2 } },
  });
});

test("a site of one's own has only what is said of it by name", () => {
  const limits = limitsAtOwnHost(limitsOf(start, {}), { spacingSeconds: 2 });
  expect(limits).toMatchObject({ personLive: 3, personPerMinute: Infinity, hostSpacingMs: 2_000 });
});
