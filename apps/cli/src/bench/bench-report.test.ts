import { expect, test } from "vitest";
import { benchReport } from "./bench-report.ts";
import { percentile } from "./percentile.ts";

test("percentiles are by nearest rank", () => {
  const sample = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];
  expect(percentile(sample, 0.5)).toBe(5);
  expect(percentile(sample, 0.95)).toBe(10);
  expect(percentile([], 0.5)).toBeNaN();
});

test("a median above its floor misses it, one at the floor holds", () => {
  const floors = { resumed: 300 };
  const rowsOf = (resumed: number[]) =>
    benchReport("demo", { resumed, other: [9999] }, floors).rows;
  expect(rowsOf([300, 300, 9000]).map(({ floor, holds }) => [floor, holds])).toEqual([
    [300, true],
    [null, true],
    [null, true],
    [null, true],
  ]);
  expect(rowsOf([301, 301, 1])[0]).toMatchObject({ what: "resumed p50", value: 301, holds: false });
});

test("what could not be measured does not hold", () => {
  expect(benchReport("demo", { resumed: [] }, { resumed: 300 }).rows[0]?.holds).toBe(false);
});
