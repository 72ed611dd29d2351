import type { StartWindow } from "@valet/contracts";
import { expect, test } from "vitest";
import { nextOpening } from "./start-window.ts";

const at = (text: string) => new Date(text);
const oslo = "Europe/Oslo";

function opening(window: StartWindow, zone: string, now: string): string[] {
  const { opensAt, closesAt } = nextOpening(window, zone, at(now));
  return [opensAt, closesAt].map((time) => time.toISOString().slice(0, 16));
}

test.each([
  ["before it opens", "2026-11-23T07:59:00Z", ["2026-11-23T08:00", "2026-11-23T16:00"]],
  ["while it is open", "2026-11-23T12:00:00Z", ["2026-11-23T08:00", "2026-11-23T16:00"]],
  ["at the moment it closes", "2026-11-23T16:00:00Z", ["2026-11-24T08:00", "2026-11-24T16:00"]],
])("a window of the day, %s", (_, now, expected) => {
  expect(opening({ from: "09:00", to: "17:00" }, oslo, now)).toEqual(expected);
});

test.each([
  ["before midnight", "2026-11-23T22:30:00Z", ["2026-11-23T21:00", "2026-11-24T05:00"]],
  ["after midnight", "2026-11-24T04:59:00Z", ["2026-11-23T21:00", "2026-11-24T05:00"]],
  ["by day", "2026-11-24T05:00:00Z", ["2026-11-24T21:00", "2026-11-25T05:00"]],
])("a window over midnight, %s", (_, now, expected) => {
  expect(opening({ from: "22:00", to: "06:00" }, oslo, now)).toEqual(expected);
});

test("days are those on which it opens: Friday's night goes on into Saturday, Saturday's is not there", () => {
  const window: StartWindow = { from: "22:00", to: "06:00", days: ["fri"] };
  // 2026-11-28 is a Saturday.
  expect(opening(window, "UTC", "2026-11-28T05:00:00Z")).toEqual([
    "2026-11-27T22:00",
    "2026-11-28T06:00",
  ]);
  expect(opening(window, "UTC", "2026-11-28T23:00:00Z")).toEqual([
    "2026-12-04T22:00",
    "2026-12-05T06:00",
  ]);
});

test.each([
  // Clocks go from 2 to 3 on 29 March: at 1 UTC.
  ["opens in it", { from: "02:30", to: "04:00" }, ["2026-03-29T01:00", "2026-03-29T02:00"]],
  ["closes in it", { from: "01:00", to: "02:30" }, ["2026-03-29T00:00", "2026-03-29T01:00"]],
  ["spans it", { from: "01:30", to: "03:30" }, ["2026-03-29T00:30", "2026-03-29T01:30"]],
  ["lies in it", { from: "02:15", to: "02:45" }, ["2026-03-30T00:15", "2026-03-30T00:45"]],
])("where an hour is skipped, a window that %s", (_, window, expected) => {
  expect(opening(window, oslo, "2026-03-28T20:00:00Z")).toEqual(expected);
});

test.each([
  // Clocks go back from 3 to 2 on 25 October: at 1 UTC.
  ["opens in it", { from: "02:30", to: "04:00" }, ["2026-10-25T00:30", "2026-10-25T03:00"]],
  ["closes in it", { from: "01:00", to: "02:30" }, ["2026-10-24T23:00", "2026-10-25T00:30"]],
  ["lies in it", { from: "02:15", to: "02:45" }, ["2026-10-25T00:15", "2026-10-25T00:45"]],
])("where an hour comes twice, a window that %s opens once", (_, window, expected) => {
  expect(opening(window, oslo, "2026-10-24T20:00:00Z")).toEqual(expected);
  const closed = at(`${expected[1]}:00Z`);
  expect(nextOpening(window, oslo, closed).opensAt.getTime()).toBeGreaterThan(
    closed.getTime() + 20 * 3_600_000,
  );
});

test("half an hour and midnight itself can be skipped too", () => {
  expect(
    opening({ from: "02:10", to: "02:40" }, "Australia/Lord_Howe", "2026-10-03T12:00:00Z"),
  ).toEqual(["2026-10-03T15:30", "2026-10-03T15:40"]);
  expect(
    opening({ from: "00:00", to: "08:00" }, "America/Santiago", "2026-09-06T02:00:00Z"),
  ).toEqual(["2026-09-06T04:00", "2026-09-06T11:00"]);
});

test("through a year in many zones openings follow each other, and each is said alike from before and from within", () => {
  const zones = Intl.supportedValuesOf("timeZone").filter((_, index) => index % 37 === 0);
  const odd: string[] = [];
  for (const zone of zones) {
    let now = at("2026-01-01T12:00:00Z");
    for (let count = 0; count < 60; count += 1) {
      const { opensAt, closesAt } = nextOpening({ from: "23:15", to: "03:15" }, zone, now);
      const within = nextOpening({ from: "23:15", to: "03:15" }, zone, opensAt);
      const hours = (closesAt.getTime() - opensAt.getTime()) / 3_600_000;
      const isSame = within.opensAt.getTime() === opensAt.getTime();
      if (!isSame || closesAt <= now || hours < 3 || hours > 5)
        odd.push(`${zone} ${now.toISOString()}`);
      now = new Date(closesAt.getTime() + 5 * 86_400_000);
    }
  }
  expect([zones.length > 5, odd]).toEqual([true, []]);
});
