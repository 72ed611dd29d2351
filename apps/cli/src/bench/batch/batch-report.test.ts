import { expect, test } from "vitest";
import { type BatchSamples, batchReport } from "./batch-report.ts";
import type { ProcessKind } from "./process-kind.ts";

const spent = (machine: number, byKind: Partial<Record<ProcessKind, number>>) => ({
  machine,
  byKind: new Map(Object.entries(byKind) as [ProcessKind, number][]),
});
const times = {
  madeToConfirmed: 5_000,
  madeToFirstStep: 3_200,
  steps: {
    "start-browser": 100,
    "analyze-form": 200,
    "fill-fields": 700,
    "upload-resume": 150,
    "check-captcha": 10,
    submit: 300,
    verify: 200,
  },
  betweenSteps: 140,
};

/** Ten applications in so many milliseconds each; the bare script takes a second for each. */
function samplesOf(valetMs: number): BatchSamples {
  const bare = {
    confirmed: 10,
    tookMs: 10_000,
    processors: spent(20_000, { Chromium: 14_000, "bare script": 1_000 }),
    applicationMs: [1_900, 2_100],
    content: "",
  };
  const valet = {
    confirmed: 10,
    tookMs: 10 * valetMs,
    processors: spent(10 * valetMs, { Chromium: 15_000, Postgres: 10_000 }),
    applications: [times, times],
    queueWaitMs: 3_000,
    pooled: 8,
    content: "",
  };
  const turns = { valet: [valet, valet], bare: [bare, bare], bareFresh: [bare] };
  return { workers: 2, parallel: 4, cores: 2, ...turns };
}

function rowsOf(valetMs: number) {
  const { rows } = batchReport([samplesOf(valetMs)]);
  return (what: string) => rows.find((row) => row.what === `2 workers: ${what}`);
}

test.each([
  [1_600, 0.63, true],
  [1_667, 0.6, true],
  [1_750, 0.57, false],
])("of %i ms against a second the ratio is %f", (valetMs, value, holds) => {
  const row = rowsOf(valetMs)("Valet / bare");
  expect(row).toMatchObject({ value, holds, floor: 0.6, bound: "least" });
});

test("one group of workers that misses the floor misses it for all", () => {
  const { rows } = batchReport([{ ...samplesOf(1_500), workers: 1 }, samplesOf(2_000)]);
  expect(rows.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual([
    "2 workers: Valet / bare",
  ]);
});

test("processor time is told by whose it was, and what is nobody's is others'", () => {
  const row = rowsOf(3_000);
  expect(row("Valet, processor: all")?.value).toBe(3_000);
  expect(row("Valet, processor: Postgres")?.value).toBe(1_000);
  expect(row("Valet, processor: others")?.value).toBe(500);
  expect(row("bare, processor: others")?.value).toBe(500);
  expect(row("processor an application, bare / Valet")?.value).toBe(0.6);
  expect(row("Valet, processors busy")?.value).toBe(0.5);
});

test("what an application waits for is told apart from what it does", () => {
  const row = rowsOf(2_000);
  expect(row("Valet, made → let start")?.value).toBe(3_000);
  expect(row("Valet, let start → first step")?.value).toBe(200);
  expect(row("Valet, let start → confirmed")?.value).toBe(2_000);
  expect(row("Valet, between steps, all six")?.value).toBe(140);
  // Ten of two seconds in twenty seconds, where four could have run at a time.
  expect(row("Valet, places for browsers in use")?.value).toBe(0.25);
  expect(row("Valet, browsers that waited ready")?.value).toBe(0.8);
  expect(row("bare, one application")?.value).toBe(2_000);
});
