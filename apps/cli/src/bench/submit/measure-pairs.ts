import { createHash } from "node:crypto";
import { ValetError } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import { adapters, identifyJob } from "@valet/sites";
import { demoResume } from "../../demo/demo-resume.ts";
import { applyOnce } from "../sites/apply-once.ts";
import { type PracticeSites, startPracticeSites } from "../sites/practice-sites.ts";
import { applicantOf } from "../sites/run-case.ts";
import { type PairedBrowserInput, openPairedBrowser } from "./open-paired-browser.ts";

/** One application, in milliseconds. */
export interface TimedApplication {
  /** From asking for the posting to what the site says of the application. */
  readonly jobMs: number;
  /** From the click to the line in the site's ledger. */
  readonly storedMs: number;
  /** Of processors, for the whole of it. */
  readonly cpuMs: number;
}

export interface ApplicationPair {
  readonly guarded: TimedApplication;
  readonly bare: TimedApplication;
}

/** One whose form a script sends, and one whose form the browser sends. */
const siteNames = ["greenhouse", "lever"];
const today = "2026-11-21";

/** The same applications with the guard and without it, in turns, and each kind first as often. */
export async function measurePairs(
  { chromium, say }: { readonly chromium: string; readonly say: (text: string) => void },
  count: number,
  signal: AbortSignal,
): Promise<ApplicationPair[]> {
  const sites = await startPracticeSites();
  const pairs: ApplicationPair[] = [];
  try {
    for (let n = 0; n < count; n += 1) {
      const name = siteNames[n % siteNames.length];
      const seed = 1 + Math.floor(n / siteNames.length);
      const all = await sites.sites(seed);
      const site = all.find((one) => one.name === name);
      if (site === undefined) throw new ValetError("INTERNAL", "A practice site is missing.");
      const apply = (isGuarded: boolean) =>
        applyTimed({ chromium, sites, seed, posting: site.posting, isGuarded }, signal);
      const isGuardedFirst = Math.floor(n / siteNames.length) % 2 === 0;
      const first = await apply(isGuardedFirst);
      const second = await apply(!isGuardedFirst);
      const pair = isGuardedFirst
        ? { guarded: first, bare: second }
        : { guarded: second, bare: first };
      pairs.push(pair);
      const { guarded, bare } = pair;
      say(
        `${n + 1}/${count} ${site.name}: with the guard ${inWords(guarded)}, without ${inWords(bare)}`,
      );
    }
    return pairs;
  } finally {
    await sites.close();
  }
}

function inWords({ jobMs, cpuMs }: TimedApplication): string {
  return `${Math.round(jobMs)} ms (processor ${Math.round(cpuMs)} ms)`;
}

interface ApplicationToTime extends Pick<PairedBrowserInput, "chromium" | "isGuarded"> {
  readonly sites: PracticeSites;
  readonly posting: string;
  readonly seed: number;
}

async function applyTimed(
  { chromium, sites, posting, seed, isGuarded }: ApplicationToTime,
  signal: AbortSignal,
): Promise<TimedApplication> {
  const adapter = adapters[identifyJob(new URL(posting)).site];
  const profile = applicantOf(seed);
  const values = textsIn(profile);
  const { hosts } = sites;
  const { page, arm, cpuMs, close } = await openPairedBrowser(
    { chromium, hosts, adapter, values, isGuarded },
    signal,
  );
  try {
    const bytes = demoResume();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const resume = { bytes, sha256, fileName: "ada-example.pdf" };
    const before = (await sites.ledger()).length;
    let clickedAt = Number.NaN;
    const beforeClick = (form: FormPage): void => {
      arm(form);
      clickedAt = Date.now();
    };
    const cpuBefore = cpuMs();
    const startedAt = performance.now();
    await page.goto(posting, { waitUntil: "domcontentloaded", signal });
    const application = { page, adapter, profile, resume, today, beforeClick };
    const { outcome } = await applyOnce(application, signal);
    const jobMs = performance.now() - startedAt;
    const usedMs = cpuMs() - cpuBefore;
    const stored = (await sites.ledger())
      .slice(before)
      .filter((line) => line.kind === "application" && line.stored);
    const [line, ...others] = stored;
    if (outcome !== "confirmation" || line === undefined || others.length > 0) {
      throw new ValetError("INTERNAL", "An application of the benchmark was not stored once.", {
        outcome,
        stored: stored.length,
      });
    }
    return { jobMs, storedMs: Date.parse(line.at) - clickedAt, cpuMs: usedMs };
  } finally {
    await close();
  }
}

/** Every text in a profile: what the gate is told of the person. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
