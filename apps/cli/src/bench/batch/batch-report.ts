import { StepName } from "@valet/contracts";
import { type BenchReport, type BenchRow, benchRow, round } from "../bench-report.ts";
import { processKinds } from "./process-kind.ts";
import type { BareTurn } from "./run-bare-turn.ts";
import type { ApplicationTimes, ValetTurn } from "./run-valet-turn.ts";
import { type Turn, perMinute } from "./turn.ts";

/** The turns with one number of workers. */
export interface BatchSamples {
  readonly workers: number;
  /** Applications at a time, on all sides. */
  readonly parallel: number;
  /** Of the machine. */
  readonly cores: number;
  readonly valet: readonly ValetTurn[];
  /** A pool of browsers, each application in a new context of one. */
  readonly bare: readonly BareTurn[];
  /** A pool of browsers, each application in one that nobody has used. */
  readonly bareFresh: readonly BareTurn[];
}

/** Of the pooled bare script's throughput. */
const leastShare = 0.6;

export function batchReport(all: readonly BatchSamples[]): BenchReport {
  return {
    name: "batch",
    rows: [...all.flatMap(throughputRows), ...all.flatMap(whereTheRestGoes)],
    samples: Object.assign({}, ...all.map(samplesOf)),
  };
}

function throughputRows(samples: BatchSamples): BenchRow[] {
  const { parallel, valet, bare, bareFresh } = samples;
  const who = inWords(samples);
  const rate = (turns: readonly Turn[]) => mean(turns.map(perMinute));
  const share = (turns: readonly Turn[]) => Math.round((rate(valet) / rate(turns)) * 100) / 100;
  const rateRow = (what: string, turns: readonly Turn[]) =>
    benchRow({ what, value: round(rate(turns)), unit: "per minute", floor: null });
  return [
    benchRow({
      what: `${who}: Valet / bare`,
      value: share(bare),
      unit: "ratio",
      floor: leastShare,
      bound: "least",
    }),
    benchRow({
      what: `${who}: Valet / bare, a fresh browser each`,
      value: share(bareFresh),
      unit: "ratio",
      floor: null,
    }),
    benchRow({ what: `${who}: browsers at a time`, value: parallel, unit: "count", floor: null }),
    rateRow(`${who}: Valet`, valet),
    rateRow(`${who}: bare`, bare),
    rateRow(`${who}: bare, a fresh browser each`, bareFresh),
  ];
}

/**
 * Two things alone make one side slower than the other: more processor time for each application, and
 * processors that idle while an application waits for something else.
 */
function whereTheRestGoes(samples: BatchSamples): BenchRow[] {
  const { parallel, cores, valet, bare, bareFresh } = samples;
  const who = inWords(samples);
  const sides: [string, readonly Turn[]][] = [
    ["Valet", valet],
    ["bare", bare],
    ["bare, fresh", bareFresh],
  ];
  const times = valet.flatMap(({ applications }) => applications);
  const queueWaitMs = mean(valet.map((turn) => turn.queueWaitMs));
  const meanOf = (of: (one: ApplicationTimes) => number) => mean(times.map(of));
  const inPlace = meanOf(({ madeToConfirmed }) => madeToConfirmed) - queueWaitMs;
  const timeRow = (what: string, ms: number) =>
    benchRow({ what: `${who}: Valet, ${what}`, value: Math.round(ms), floor: null });
  const ratioRow = (what: string, value: number) =>
    benchRow({ what: `${who}: ${what}`, value: hundredths(value), unit: "ratio", floor: null });
  return [
    ratioRow("processor an application, bare / Valet", ownProcessor(bare) / ownProcessor(valet)),
    ...sides.map(([side, turns]) =>
      ratioRow(
        `${side}, processors busy`,
        mean(turns.map(({ processors, tookMs }) => processors.machine / tookMs / cores)),
      ),
    ),
    ...sides.flatMap(([side, turns]) => processorRows(`${who}: ${side}`, turns)),
    ratioRow(
      "Valet, places for browsers in use",
      mean(valet.map(({ confirmed, tookMs }) => (confirmed * inPlace) / tookMs / parallel)),
    ),
    ratioRow(
      "Valet, browsers that waited ready",
      mean(valet.map(({ pooled, confirmed }) => pooled / confirmed)),
    ),
    timeRow("made → let start", queueWaitMs),
    timeRow(
      "let start → first step",
      meanOf(({ madeToFirstStep }) => madeToFirstStep) - queueWaitMs,
    ),
    ...StepName.options.map((name) =>
      timeRow(
        `step ${name}`,
        meanOf(({ steps }) => steps[name]),
      ),
    ),
    timeRow(
      "between steps, all six",
      meanOf(({ betweenSteps }) => betweenSteps),
    ),
    timeRow("let start → confirmed", inPlace),
    ...sides.slice(1).map(([side], index) =>
      benchRow({
        what: `${who}: ${side}, one application`,
        value: Math.round(
          mean([bare, bareFresh][index]?.flatMap(({ applicationMs }) => applicationMs) ?? []),
        ),
        floor: null,
      }),
    ),
  ];
}

/** Processor time an application, without that of others. */
function ownProcessor(turns: readonly Turn[]): number {
  const used = turns.flatMap(({ processors }) => [...processors.byKind.values()]);
  return sum(used) / sum(turns.map(({ confirmed }) => confirmed));
}

/** Processor time an application, by whose it was; `others` is what else ran on the machine. */
function processorRows(who: string, turns: readonly Turn[]): BenchRow[] {
  const confirmed = sum(turns.map((turn) => turn.confirmed));
  const each = (of: (turn: Turn) => number) => sum(turns.map(of)) / confirmed;
  const row = (what: string, ms: number) =>
    benchRow({ what: `${who}, processor: ${what}`, value: Math.round(ms), floor: null });
  const known = processKinds
    .filter((kind) => turns.some(({ processors }) => processors.byKind.has(kind)))
    .map((kind) => ({ kind, ms: each(({ processors }) => processors.byKind.get(kind) ?? 0) }));
  const all = each(({ processors }) => processors.machine);
  const others = all - sum(known.map(({ ms }) => ms));
  return [
    row("all", all),
    ...known.map(({ kind, ms }) => row(kind, ms)),
    row("others", Math.max(0, others)),
  ];
}

function samplesOf(samples: BatchSamples): BenchReport["samples"] {
  const { valet, bare, bareFresh } = samples;
  const who = inWords(samples);
  const rates = (turns: readonly Turn[]) => turns.map((turn) => round(perMinute(turn)));
  return {
    [`${who}: Valet (per minute)`]: rates(valet),
    [`${who}: bare (per minute)`]: rates(bare),
    [`${who}: bare, a fresh browser each (per minute)`]: rates(bareFresh),
    [`${who}: Valet, made → confirmed`]: valet.flatMap(({ applications }) =>
      applications.map(({ madeToConfirmed }) => madeToConfirmed),
    ),
    [`${who}: bare, one application`]: bare.flatMap(({ applicationMs }) => applicationMs),
    [`${who}: bare, fresh, one application`]: bareFresh.flatMap(
      ({ applicationMs }) => applicationMs,
    ),
  };
}

function inWords({ workers }: Pick<BatchSamples, "workers">): string {
  return workers === 1 ? "1 worker" : `${workers} workers`;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
