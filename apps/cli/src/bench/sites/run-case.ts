import { createHash } from "node:crypto";
import type { Profile } from "@valet/contracts";
import type { FileToAttach } from "@valet/forms";
import { identifyJob, adapters } from "@valet/sites";
import { demoProfile } from "../../demo/demo-profile.ts";
import { demoResume } from "../../demo/demo-resume.ts";
import type { OfflineBrowser } from "../../offline/open-offline-browser.ts";
import { type TriedApplication, applyOnce } from "./apply-once.ts";
import { judgeApplication } from "./judge-application.ts";
import type { LedgerLine, PracticeSite, PracticeSites } from "./practice-sites.ts";

/** One application of the suite. */
export interface SiteCase {
  readonly site: PracticeSite;
  readonly seed: number;
  /** None: the site as it mostly is. */
  readonly quirk: PracticeSite["quirks"][number] | undefined;
}

export interface JudgedCase extends SiteCase {
  readonly outcome: TriedApplication["outcome"];
  /** How many of the application's fields were planned. */
  readonly fields: number;
  readonly faults: readonly string[];
  readonly reviewMs: number;
  readonly endMs: number;
}

export const today = "2026-11-21";
const ethnicities = ["No", "Yes", "decline"];

/** The applicant of a seed, with what only equal-opportunity questions ask. */
export function applicantOf(seed: number): Profile {
  const hispanic = ethnicities[seed % ethnicities.length] ?? "decline";
  const demographics = { gender: "Male", veteran: "decline", hispanic, race: "Two or More Races" };
  return { ...demoProfile, application: { ...demoProfile.application, demographics } };
}

/** The applicant's résumé, with the hash that the site's ledger is to show. */
export function resumeToAttach(): FileToAttach {
  const bytes = demoResume();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, fileName: "ada-example.pdf" };
}

/** Ends before which no application may leave. */
const nothingSent: ReadonlySet<string> = new Set(["no_form", "closed", "wall"]);

/** Applies once on a practice site and compares what arrived with what was planned. */
export async function runCase(
  { browser, sites }: { readonly browser: OfflineBrowser; readonly sites: PracticeSites },
  one: SiteCase,
  signal: AbortSignal,
): Promise<JudgedCase> {
  const url = new URL(one.site.posting);
  if (one.quirk !== undefined) url.searchParams.set("quirk", one.quirk.name);
  const before = (await sites.ledger()).length;
  const { page, close } = await browser.open(url.href, signal);
  try {
    const resume = resumeToAttach();
    const adapter = adapters[identifyJob(url).site];
    const tried = await applyOnce(
      { page, adapter, profile: applicantOf(one.seed), resume, today },
      signal,
    );
    const lines = (await sites.ledger()).slice(before);
    // Applications on other sites may be under way.
    const ofSite = lines.filter(({ site }) => site === one.site.name);
    const stored = ofSite.filter(
      ({ kind, stored: isStored }) => kind === "application" && isStored,
    );
    const expected = one.quirk?.outcome ?? "confirmation";
    return { ...one, ...tried, ...judged(tried, { stored, expected, sha256: resume.sha256 }) };
  } finally {
    await close();
  }
}

function judged(
  tried: TriedApplication,
  {
    stored,
    expected,
    sha256,
  }: {
    readonly stored: readonly LedgerLine[];
    readonly expected: string;
    readonly sha256: string;
  },
): Pick<JudgedCase, "fields" | "faults"> {
  const isSent = expected === "confirmation" || stored.length > 0;
  const faults = isSent ? judgeApplication(tried, stored[0]) : [];
  if (tried.outcome !== expected) faults.push(`ended as ${tried.outcome}, not ${expected}`);
  if (nothingSent.has(expected) && stored.length > 0) faults.push("something was sent");
  if (stored.length > 1) faults.push(`stored ${stored.length} times`);
  if (stored[0] !== undefined && stored[0].file?.sha256 !== sha256) {
    faults.push("the résumé that arrived is not the one that was attached");
  }
  return {
    fields: tried.fields.filter(({ planned }) => planned?.action === "fill").length,
    faults,
  };
}
