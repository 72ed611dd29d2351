import { expect, test } from "vitest";
import { dayOf, startOfDay, startOfNextDay } from "./start-of-day.ts";

const at = (text: string) => new Date(text);

test.each([
  ["UTC", "2026-11-23T13:00:00Z", "2026-11-23T00:00:00.000Z"],
  ["UTC", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.000Z"],
  ["Europe/Oslo", "2026-11-23T22:59:59Z", "2026-11-22T23:00:00.000Z"],
  ["Europe/Oslo", "2026-11-23T23:00:00Z", "2026-11-23T23:00:00.000Z"],
  ["America/Los_Angeles", "2026-11-23T07:59:00Z", "2026-11-22T08:00:00.000Z"],
  ["Asia/Kathmandu", "2026-11-23T13:00:00Z", "2026-11-22T18:15:00.000Z"],
  ["Pacific/Kiritimati", "2026-11-23T13:00:00Z", "2026-11-23T10:00:00.000Z"],
  // Clocks go forward at 2, back at 3: the day began before, by the clock of then.
  ["Europe/Oslo", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00.000Z"],
  ["Europe/Oslo", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00.000Z"],
  // Here midnight itself was skipped: the day began at 1.
  ["America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00.000Z"],
])("the day in %s at %s began at %s", (zone, now, began) => {
  expect(startOfDay(at(now), zone).toISOString()).toBe(began);
});

test.each([
  ["Europe/Oslo", "2026-03-29T12:00:00Z", 23],
  ["Europe/Oslo", "2026-10-25T12:00:00Z", 25],
  ["Europe/Oslo", "2026-11-23T12:00:00Z", 24],
  ["Australia/Lord_Howe", "2026-10-04T12:00:00Z", 23.5],
  ["Australia/Lord_Howe", "2026-10-03T12:00:00Z", 24],
])("the day in %s around %s has %s hours", (zone, now, hours) => {
  const [from, to] = [startOfDay(at(now), zone), startOfNextDay(at(now), zone)];
  expect((to.getTime() - from.getTime()) / 3_600_000).toBe(hours);
});

test("through a year in every zone each day follows the one before, and begins where its name begins", () => {
  const zones = Intl.supportedValuesOf("timeZone").filter((_, index) => index % 23 === 0);
  for (const zone of zones) {
    let day = startOfDay(at("2026-01-01T12:00:00Z"), zone);
    for (let count = 0; count < 366; count += 9) {
      const next = startOfNextDay(day, zone);
      expect([zone, dayOf(next, zone) > dayOf(day, zone)]).toEqual([zone, true]);
      expect([zone, dayOf(new Date(next.getTime() - 1), zone)]).toEqual([zone, dayOf(day, zone)]);
      day = startOfDay(new Date(next.getTime() + 8 * 86_400_000), zone);
    }
  }
});
