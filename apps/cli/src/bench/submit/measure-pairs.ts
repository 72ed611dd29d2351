import { createHash } from "node:crypto";
import { ValetError } from "@valet/contracts";
import { adapters, identifyJob } from "@valet/sites";
import { demoProfile } from "../../demo/demo-profile.ts";
import { demoResume } from "../../demo/demo-resume.ts";
import { applyOnce } from "../sites/apply-once.ts";
import { type PracticeSites, startPracticeSites } from "../sites/practice-sites.ts";
import { type PairedBrowserInput, openPairedBrowser } from "./open-paired-browser.ts";

/** One application, in milliseconds. */
export interface TimedApplication {
  /** From asking for the posting to what the site says of the application. */
  readonly jobMs: number;
  /** From the click to the line in the site's ledger. */
  readonly storedMs: number;
}

export interface ApplicationPair {
  readonly guarded: TimedApplication;
  readonly bare: TimedApplication;
}

/** Sites whose adapters know the request that sends the application: what a session's gate knows, too. */
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
      const all = await sites.sites(1 + Math.floor(n / siteNames.length));
      const site = all.find((one) => one.name === name);
      if (site === undefined) throw new ValetError("INTERNAL", "A practice site is missing.");
      const apply = (isGuarded: boolean) =>
        applyTimed({ chromium, sites, posting: site.posting, isGuarded }, signal);
      const isGuardedFirst = Math.floor(n / siteNames.length) % 2 === 0;
      const first = await apply(isGuardedFirst);
      const second = await apply(!isGuardedFirst);
      const pair = isGuardedFirst
        ? { guarded: first, bare: second }
        : { guarded: second, bare: first };
      pairs.push(pair);
      const { guarded, bare } = pair;
      say(
        `${n + 1}/${count} ${site.name}: ${Math.round(guarded.jobMs)} ms with the guard, ${Math.round(bare.jobMs)} ms without`,
      );
    }
    return pairs;
  } finally {
    await sites.close();
  }
}

interface ApplicationToTime extends Pick<PairedBrowserInput, "chromium" | "isGuarded"> {
  readonly sites: PracticeSites;
  readonly posting: string;
}

async function applyTimed(
  { chromium, sites, posting, isGuarded }: ApplicationToTime,
  signal: AbortSignal,
): Promise<TimedApplication> {
  const adapter = adapters[identifyJob(new URL(posting)).site];
  const values = textsIn(demoProfile);
  const { hosts } = sites;
  const { page, arm, close } = await openPairedBrowser(
    { chromium, hosts, adapter, values, isGuarded },
    signal,
  );
  try {
    const bytes = demoResume();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const resume = { bytes, sha256, fileName: "ada-example.pdf" };
    const before = (await sites.ledger()).length;
    let clickedAt = Number.NaN;
    const beforeClick = (): void => {
      arm();
      clickedAt = Date.now();
    };
    const startedAt = performance.now();
    await page.goto(posting, { waitUntil: "domcontentloaded", signal });
    const application = { page, adapter, profile: demoProfile, resume, today, beforeClick };
    const { outcome } = await applyOnce(application, signal);
    const jobMs = performance.now() - startedAt;
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
    return { jobMs, storedMs: Date.parse(line.at) - clickedAt };
  } finally {
    await close();
  }
}

/** Every text in a profile: what the gate is told of the person. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
