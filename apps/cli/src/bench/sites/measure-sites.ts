import pMap from "p-map";
import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "../bench-report.ts";
import type { ScoreCase } from "../forms/form-score.ts";
import { percentile } from "../percentile.ts";
import { type PracticeBrowser, openPracticeBrowser } from "./open-practice-browser.ts";
import { type JudgedCase, type SiteCase, runCase } from "./run-case.ts";

export interface SitesReport extends BenchReport {
  /** Every application that did not go as planned. */
  readonly worst: readonly ScoreCase[];
}

const ordinarySeeds = 20;
const quickSeeds = 1;
/** Only applications that run alone tell how long one takes. */
const timedSeeds = 3;
const lanes = 3;

/** Applies on every practice site, under each of its quirks, and compares its ledger with the plan. */
export async function measureSites(
  { config, context, output }: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<SitesReport> {
  const place = { chromium: config.VALET_CHROMIUM, cwd: context.cwd };
  const { browser, sites, close } = await openPracticeBrowser(place, signal);
  try {
    const seeds = Array.from({ length: isQuick ? quickSeeds : ordinarySeeds }, (_, i) => i + 1);
    const judged = await runAll({ browser, sites, seeds, progress: output.progress }, signal);
    return sitesReport(judged);
  } finally {
    await close();
  }
}

interface CasesToRun extends Pick<PracticeBrowser, "browser" | "sites"> {
  readonly seeds: readonly number[];
  readonly progress: VerbDeps["output"]["progress"];
}

/** First those that tell how long an application takes, one by one; then the others, a site to a lane. */
async function runAll(
  { browser, sites, seeds, progress }: CasesToRun,
  signal: AbortSignal,
): Promise<JudgedCase[]> {
  const perSeed = await Promise.all(
    seeds.map(async (seed) => casesOf(seed, await sites.sites(seed))),
  );
  const cases = perSeed.flat();
  const isTimed = ({ quirk, seed }: SiteCase): boolean => quirk === undefined && seed <= timedSeeds;
  const judged: JudgedCase[] = [];
  const run = async (one: SiteCase): Promise<void> => {
    judged.push(await runCase({ browser, sites }, one, signal));
    if (judged.length % 20 !== 0) return;
    const wrong = judged.filter(({ faults }) => faults.length > 0).length;
    progress.write(`${judged.length} of ${cases.length} applications, ${wrong} not as planned\n`);
  };
  for (const one of cases.filter(isTimed)) await run(one);
  const names = [...new Set(cases.map(({ site }) => site.name))];
  const runSite = async (name: string): Promise<void> => {
    const ofSite = cases.filter((one) => one.site.name === name && !isTimed(one));
    for (const one of ofSite) await run(one);
  };
  await pMap(names, runSite, { concurrency: lanes });
  return judged;
}

/** Each site as it mostly is, and under each of its quirks. */
export function casesOf(seed: number, sites: readonly SiteCase["site"][]): SiteCase[] {
  return sites.flatMap((site) =>
    [undefined, ...site.quirks].map((quirk) => ({ site, seed, quirk })),
  );
}

function sitesReport(judged: readonly JudgedCase[]): SitesReport {
  const names = [...new Set(judged.map(({ site }) => site.name))];
  const perSite = names.flatMap((name) =>
    rowsOf(
      name,
      judged.filter(({ site }) => site.name === name),
    ),
  );
  const samples = names.flatMap((name) => {
    const sent = sentOf(judged.filter(({ site }) => site.name === name));
    return [
      [`${name}: URL to review`, sent.map(({ reviewMs }) => Math.round(reviewMs))] as const,
      [`${name}: URL to confirmed`, sent.map(({ endMs }) => Math.round(endMs))] as const,
    ];
  });
  const count = (pattern: RegExp): number =>
    judged.flatMap(({ faults }) => faults).filter((fault) => pattern.test(fault)).length;
  return {
    name: "sites",
    rows: [
      ...perSite,
      benchRow({ what: "applications", value: judged.length, unit: "count", floor: null }),
      benchRow({
        what: "values in honeypots",
        value: count(/^sent without a plan: honeypot/u),
        unit: "count",
        floor: 0,
      }),
      benchRow({
        what: "values sent without a plan",
        value: count(/^sent without a plan/u),
        unit: "count",
        floor: 0,
      }),
    ],
    samples: Object.fromEntries(samples),
    worst: judged
      .filter(({ faults }) => faults.length > 0)
      .map(({ site, seed, quirk, outcome, faults }) => ({
        set: site.name,
        where: `seed ${seed}, ${quirk?.name ?? "no quirk"}`,
        expected: quirk?.outcome ?? "confirmation",
        found: `${outcome}: ${faults.join("; ")}`,
      })),
  };
}

function rowsOf(name: string, judged: readonly JudgedCase[]): BenchRow[] {
  const right = judged.filter(({ faults }) => faults.length === 0).length;
  const sent = sentOf(judged);
  const p50 = (pick: (one: JudgedCase) => number): number =>
    sent.length === 0 ? 0 : round(percentile(sent.map(pick), 0.5));
  return [
    benchRow({
      what: `${name}: as planned (${judged.length} applications)`,
      value: right / judged.length,
      unit: "ratio",
      floor: 1,
      bound: "least",
    }),
    benchRow({
      what: `${name}: URL to review p50`,
      value: p50(({ reviewMs }) => reviewMs),
      floor: null,
    }),
    benchRow({
      what: `${name}: URL to confirmed p50`,
      value: p50(({ endMs }) => endMs),
      floor: null,
    }),
  ];
}

/** Those that tell how long an ordinary application takes. */
function sentOf(judged: readonly JudgedCase[]): JudgedCase[] {
  return judged.filter(
    ({ quirk, seed, outcome }) =>
      quirk === undefined && seed <= timedSeeds && outcome === "confirmation",
  );
}
