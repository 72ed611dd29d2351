import { expect, test } from "vitest";
import { formatDuration } from "./format-duration.ts";

test.each([
  [0, "0 ms"],
  [812.4, "812 ms"],
  [1234, "1.2 s"],
  [125_000, "2 min 05 s"],
  [11_520_000, "3 h 12 min"],
])("%d ms is written as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
