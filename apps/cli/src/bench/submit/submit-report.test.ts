import { expect, test } from "vitest";
import { submitReport } from "./measure-submit.ts";

const times = { decision: [2, 3, 4], armToDispatched: [90, 100, 110] };

function pairsOf(guardedMs: number) {
  const pairs = [1_000, 1_100, 900].map((jobMs) => ({
    bare: { jobMs, storedMs: 40, cpuMs: 500 },
    guarded: { jobMs: jobMs + guardedMs, storedMs: 50, cpuMs: 505 },
  }));
  return { pairs, lost: { guarded: 0, bare: 0 } };
}

test.each([
  [80, 0.08, true],
  [81, 0.081, false],
  [-10, -0.01, true],
])("a guard that takes %i ms of a second costs %f", (more, value, holds) => {
  const { rows } = submitReport(pairsOf(more), times);
  const what = "guard's cost on the whole job";
  expect(rows.find((row) => row.what === what)).toMatchObject({ value, holds, floor: 0.08 });
});

test("every sample is told", () => {
  const { samples } = submitReport(pairsOf(10), times);
  expect(samples["whole job, guarded"]).toEqual([1_010, 1_110, 910]);
  expect(samples["cost of each pair (ratio)"]).toEqual([0.01, 0.009, 0.011]);
});
