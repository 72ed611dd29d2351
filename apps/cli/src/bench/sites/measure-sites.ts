import { openOfflineBrowser } from "../../offline/open-offline-browser.ts";
import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "../bench-report.ts";
import type { ScoreCase } from "../forms/form-score.ts";
import { percentile } from "../percentile.ts";
import { startPracticeSites } from "./practice-sites.ts";
import { type JudgedCase, type SiteCase, runCase } from "./run-case.ts";

export interface SitesReport extends BenchReport {
  /** Every application that did not go as planned. */
  readonly worst: readonly ScoreCase[];
}

const ordinarySeeds = 20;
const quickSeeds = 1;

/** Applies on every practice site, under each of its quirks, and compares its ledger with the plan. */
export async function measureSites(
  { config, context, output }: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<SitesReport> {
  const sites = await startPracticeSites();
  try {
    const place = { chromium: config.VALET_CHROMIUM, cwd: context.cwd };
    const practiceHosts = sites.hosts;
    const browser = await openOfflineBrowser(
      { ...place, network: true, javaScript: true, practiceHosts },
      signal,
    );
    try {
      const judged: JudgedCase[] = [];
      for (let seed = 1; seed <= (isQuick ? quickSeeds : ordinarySeeds); seed += 1) {
        for (const one of casesOf(seed, await sites.sites(seed))) {
          judged.push(await runCase({ browser, sites }, one, signal));
        }
        const wrong = judged.filter(({ faults }) => faults.length > 0).length;
        output.progress.write(
          `seed ${seed}: ${judged.length} applications, ${wrong} not as planned\n`,
        );
      }
      return sitesReport(judged);
    } finally {
      await browser.close();
    }
  } finally {
    await sites.close();
  }
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
  return judged.filter(({ quirk, outcome }) => quirk === undefined && outcome === "confirmation");
}
