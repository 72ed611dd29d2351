import { expect, test } from "vitest";
import { judgeStartTime } from "./start-time.ts";

test.each([
  [-60_001, "past"],
  [-60_000, "fine"],
  [0, "fine"],
  [366 * 86_400_000, "fine"],
  [366 * 86_400_000 + 1, "too_far"],
])("%i ms from now is %s", (ahead, judged) => {
  const now = new Date("2026-11-23T12:00:00Z");
  expect(judgeStartTime(new Date(now.getTime() + ahead), now)).toBe(judged);
});
