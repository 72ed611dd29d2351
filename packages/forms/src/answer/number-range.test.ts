import { expect, test } from "vitest";
import { numberRange } from "./number-range.ts";

test.each([
  ["1-3 years", [1, 3], [0, 4]],
  ["Less than 2 years", [0, 1], [2]],
  ["5+ years", [5, 30], [4]],
  ["£40k – £50k", [40_000, 50_000], [39_999]],
  ["40-50k", [45_000], [45]],
  ["$120,000 to $150,000", [120_000], [12]],
  ["40.000 € bis 50.000 €", [45_000], [45]],
  ["3.3-3.59", [3.4], [3.6]],
  ["More than 10", [11], [10]],
  ["7", [7], [6, 8]],
])("%s", (option, inside, outside) => {
  const range = numberRange(option);
  expect(inside.map((value) => range?.holds(value))).toEqual(inside.map(() => true));
  expect(outside.map((value) => range?.holds(value))).toEqual(outside.map(() => false));
});

test("words alone are no range", () => {
  expect(numberRange("Several years")).toBeUndefined();
});
