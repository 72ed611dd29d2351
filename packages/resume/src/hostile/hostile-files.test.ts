import { monitorEventLoopDelay } from "node:perf_hooks";
import { everyCaseOr, isSweep } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createResumeParser } from "../create-resume-parser.ts";
import { RefusalReason } from "../refusal.ts";
import { hostileFamilies } from "./hostile-families.ts";
import { type HostileOutcome, tryHostileFile } from "./try-hostile-file.ts";
import { pdfWith } from "./write-pdf.ts";

const { signal } = new AbortController();
const parser = createResumeParser();
const lag = monitorEventLoopDelay({ resolution: 1 });
const mostMs = 10_000;
const mostMb = 300;
const table: string[] = [];

beforeAll(async () => {
  // The first PDF loads what reads PDFs.
  await parser.parse(pdfWith(), signal);
});
afterAll(async () => {
  await parser.close();
  // eslint-disable-next-line no-console -- the table is what a sweep is run for
  if (isSweep) console.log([...table, `event loop p99 ${lag.percentile(99) / 1e6} ms`].join("\n"));
});

test.each(Object.entries(hostileFamilies))(
  "%s: each ends in a parse or a refusal, in time and within bounds",
  async (family, files) => {
    const outcomes: HostileOutcome[] = [];
    for (const file of files.slice(0, everyCaseOr(files.length, 3))) {
      outcomes.push(await tryHostileFile({ parser, lag }, file, signal));
    }
    table.push(rowOf(family, outcomes));
    const isTyped = ({ outcome }: HostileOutcome) =>
      outcome === "parsed" || RefusalReason.safeParse(outcome).success;
    const isBounded = ({ ms, deltaMb }: HostileOutcome) => ms <= mostMs && deltaMb <= mostMb;
    expect(outcomes.filter((one) => !isTyped(one) || !isBounded(one))).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(2);
  },
  everyCaseOr(30, 2) * 60_000,
);

function rowOf(family: string, outcomes: readonly HostileOutcome[]): string {
  const parsed = outcomes.filter(({ outcome }) => outcome === "parsed").length;
  const most = (of: (one: HostileOutcome) => number) => Math.max(...outcomes.map(of));
  const slowest = (most(({ ms }) => ms) / 1_000).toFixed(1);
  const [delta, child] = [most(({ deltaMb }) => deltaMb), most(({ childMb }) => childMb)];
  return `${family}: ${outcomes.length} files, ${outcomes.length - parsed} refused, ${parsed} parsed, slowest ${slowest} s, +${delta.toFixed(0)} MB, child ${child.toFixed(0)} MB`;
}

test("there are more than two hundred", () => {
  const files = Object.values(hostileFamilies).flat();
  expect(files.length).toBeGreaterThan(200);
  expect(new Set(files.map(({ name }) => name)).size).toBeGreaterThan(0.9 * files.length);
});
