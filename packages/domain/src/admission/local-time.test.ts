import { expect, test } from "vitest";
import { zonedTime } from "./local-time.ts";

test.each([
  ["Europe/Oslo", "2026-07-01T07:00:00.999Z", "2026-07-01T09:00:00+02:00"],
  ["America/St_Johns", "2026-11-23T12:00:00Z", "2026-11-23T08:30:00-03:30"],
  ["UTC", "2026-11-23T12:00:00Z", "2026-11-23T12:00:00+00:00"],
])("a clock in %s at %s shows %s", (zone, now, shown) => {
  expect(zonedTime(new Date(now), zone)).toBe(shown);
});
