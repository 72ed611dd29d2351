import { expect, test } from "vitest";
import { judgeCron, nextCronTime } from "./cron-times.ts";

test.each([
  "30 9 * * mon-fri",
  "*/5 * * * *",
  "0 0 29 2 *",
  "@daily",
  " 0  9 1,15 jan-mar 1 ",
  "58,1 9 * * *",
])("%s are times to run at", (cron) => {
  expect(judgeCron(cron)).toEqual({ kind: "fine" });
});

test.each([
  ["", "has 1 fields"],
  ["* * *", "has 3 fields"],
  ["0 */5 * * * *", "has 6 fields"],
  ["60 * * * *", 'says "60" for the minute'],
  ["0 25 * * *", 'says "25" for the hour'],
  ["0 9 32 * *", 'says "32" for the day of month'],
  ["0 9 0 * *", 'says "0" for the day of month'],
  ["0 9 * 13 *", 'says "13" for the month'],
  ["0 9 * * fun", 'says "fun" for the weekday'],
  ["0 17-9 * * *", 'says "17-9" for the hour'],
  ["*/0 9 * * *", 'says "*/0" for the minute'],
  ["0 9 31 2 *", "a day that never comes"],
  ["@reboot", "has 1 fields"],
])("%j are not: it %s", (cron, problem) => {
  expect(judgeCron(cron)).toEqual({ kind: "refused", problem: expect.stringContaining(problem) });
});

test.each(["* * * * *", "*/4 * * * *", "0,3 9 * * *", "1,58 * * * *", "58,1 0,23 * * *"])(
  "%s comes too often",
  (cron) => {
    expect(judgeCron(cron)).toMatchObject({ problem: expect.stringContaining("five minutes") });
  },
);

test.each([
  ["30 2 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T01:00", "2026-03-30T00:30"]],
  ["30 2 * * *", "2026-10-24T12:00:00Z", ["2026-10-25T00:30", "2026-10-26T01:30"]],
  ["0 9 * * *", "2026-10-24T12:00:00Z", ["2026-10-25T08:00", "2026-10-26T08:00"]],
  ["*/30 * * * *", "2026-10-25T00:15:00Z", ["2026-10-25T00:30", "2026-10-25T01:00"]],
])("%s after %s in Oslo, where clocks change", (cron, after, expected) => {
  const first = nextCronTime(cron, "Europe/Oslo", new Date(after));
  const second = nextCronTime(cron, "Europe/Oslo", first ?? new Date(0));
  expect([first, second].map((time) => time?.toISOString().slice(0, 16))).toEqual(expected);
});
