import { ValetError } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import { adapters, identifyJob } from "@valet/sites";
import { applyOnce } from "../sites/apply-once.ts";
import { type PracticeSites, startPracticeSites } from "../sites/practice-sites.ts";
import { applicantOf, resumeToAttach, today } from "../sites/run-case.ts";
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
const seed = 1;
const mostTries = 3;

export interface MeasuredPairs {
  readonly pairs: readonly ApplicationPair[];
  /** Applications that their site did not confirm; their pairs are left out and made again. */
  readonly lost: { readonly guarded: number; readonly bare: number };
}

/**
 * The same applications with the guard and without it, in turns, and each kind first as often. The first
 * pair on each site is for the caches and counts for nothing.
 */
export async function measurePairs(
  { chromium, say }: { readonly chromium: string; readonly say: (text: string) => void },
  count: number,
  signal: AbortSignal,
): Promise<MeasuredPairs> {
  const sites = await startPracticeSites();
  const pairs: ApplicationPair[] = [];
  const lost = { guarded: 0, bare: 0 };
  try {
    const all = await sites.sites(seed);
    const postings = all.filter(({ name }) => siteNames.includes(name));
    for (let n = 0; pairs.length < count && n < mostTries * count; n += 1) {
      const { name = "", posting = "" } = postings[n % postings.length] ?? {};
      const round = Math.floor(n / postings.length);
      const apply = (isGuarded: boolean) =>
        applyTimed({ chromium, sites, posting, isGuarded }, signal);
      const isGuardedFirst = round % 2 === 0;
      const one = await apply(isGuardedFirst);
      const other = await apply(!isGuardedFirst);
      const [guarded, bare] = isGuardedFirst ? [one, other] : [other, one];
      if (guarded === undefined) lost.guarded += 1;
      if (bare === undefined) lost.bare += 1;
      if (round === 0 || guarded === undefined || bare === undefined) continue;
      pairs.push({ guarded, bare });
      say(
        `${pairs.length}/${count} ${name}: with the guard ${inWords(guarded)}, without ${inWords(bare)}`,
      );
    }
    return { pairs, lost };
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
}

async function applyTimed(
  { chromium, sites, posting, isGuarded }: ApplicationToTime,
  signal: AbortSignal,
): Promise<TimedApplication | undefined> {
  const adapter = adapters[identifyJob(new URL(posting)).site];
  const profile = applicantOf(seed);
  const values = textsIn(profile);
  const { hosts } = sites;
  const { page, arm, cpuMs, close } = await openPairedBrowser(
    { chromium, hosts, adapter, values, isGuarded },
    signal,
  );
  try {
    const resume = resumeToAttach();
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
    if (outcome !== "confirmation" || line === undefined) return undefined;
    if (others.length > 0) {
      throw new ValetError("INTERNAL", "An application was stored twice.", { isGuarded });
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
