import { expect, test } from "vitest";
import { type CoolDown, coolDown } from "./cool-down.ts";

const minute = 60_000;
const start = new Date("2026-11-23T12:00:00Z");
const later = (ms: number) => new Date(start.getTime() + ms);
const lasts = ({ struckAt, until }: CoolDown) => (until.getTime() - struckAt.getTime()) / minute;

test("each time the wait is twice as long, a day at most", () => {
  let cooling: CoolDown | undefined;
  const waits: number[] = [];
  for (let strike = 1; strike <= 13; strike += 1) {
    cooling = coolDown(cooling, { now: cooling?.until ?? start });
    waits.push(lasts(cooling));
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_440, 1_440]);
});

test("what the site asks for is kept to, a day at most", () => {
  expect(lasts(coolDown(undefined, { now: start, retryAfterMs: 10 * minute }))).toBe(10);
  expect(lasts(coolDown(undefined, { now: start, retryAfterMs: 1 }))).toBe(1);
  expect(lasts(coolDown(undefined, { now: start, retryAfterMs: 1e12 }))).toBe(1_440);
});

test("those that were on their way when the first was turned away count with it", () => {
  const first = coolDown(undefined, { now: start });
  const second = coolDown(first, { now: later(1_000) });
  const third = coolDown(second, { now: later(2_000), retryAfterMs: 5 * minute });
  expect([second, third.strikes]).toEqual([first, 1]);
  expect(third.until).toEqual(later(2_000 + 5 * minute));
});

test("after a good day it begins anew", () => {
  const first = coolDown(undefined, { now: start });
  const again = coolDown(first, { now: later(2 * minute) });
  const next = coolDown(again, { now: later(25 * 60 * minute) });
  expect([again.strikes, next.strikes]).toEqual([2, 1]);
});
