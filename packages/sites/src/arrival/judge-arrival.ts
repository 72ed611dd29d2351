import { identifyJob } from "../identify-job.ts";
import { forbiddingSite } from "../refuse-site.ts";
import { isSignInAddress } from "../sign-in-address.ts";
import { siteOfHost } from "../site-domains.ts";
import { bearsName, employerNames, folded, ownDomain } from "./employer-names.ts";

/** Where the way to a job has led. Only `asked_job` and `moved` may be filled in. */
export type Arrival =
  | { readonly kind: "asked_job" }
  /**
   * On another site, which the person is told. `isProved`: it names the same job; else it is the
   * employer's by its name, or the address that was asked for named no job of a known system.
   */
  | { readonly kind: "moved"; readonly host: string; readonly isProved: boolean }
  | { readonly kind: "other_job"; readonly jobKey: string }
  /** The system's list of jobs, or another page of it that names none. */
  | { readonly kind: "no_job" }
  | { readonly kind: "sign_in"; readonly host: string }
  /** A site whose terms do not let Valet in. */
  | { readonly kind: "forbidden"; readonly host: string }
  /** A site that nothing ties to the employer. */
  | { readonly kind: "other_site"; readonly host: string };

export interface ArrivedAt {
  readonly asked: URL;
  readonly opened: URL;
  /** Addresses of the frames of the page: an employer's own page frames the system's form. */
  readonly frames?: readonly URL[];
  /** The employer as the page that was asked for, or the task, names it. */
  readonly company?: string;
  /** Further keys of the job that was asked for, as `jobKeysOf` gives them. */
  readonly jobKeys?: readonly string[];
}

/** Whether the page that opened belongs to the job that was asked for. Pure. */
export function judgeArrival({ asked, opened, frames = [], company, jobKeys }: ArrivedAt): Arrival {
  const host = opened.hostname.toLowerCase();
  if (forbiddingSite(opened) !== undefined) return { kind: "forbidden", host };
  const wanted = identifyJob(asked);
  const isSameSite = ownDomain(asked.hostname) === ownDomain(host);
  const found = jobsAt([opened, ...frames]);
  const keys = new Set([wanted.jobKey, ...(jobKeys ?? [])]);
  if (found.some(({ jobKey }) => keys.has(jobKey))) return movedUnless(isSameSite, host, true);
  if (isSignInAddress(opened) && found.length === 0) {
    return isSameSite ? { kind: "asked_job" } : { kind: "sign_in", host };
  }
  if (wanted.site === "generic") return movedUnless(isSameSite, host, false);
  const [other] = found;
  if (other !== undefined) {
    return areComparable(wanted.jobKey, other.jobKey)
      ? { kind: "other_job", jobKey: other.jobKey }
      : { kind: "asked_job" };
  }
  if (siteOfHost(opened) !== "generic") return { kind: "no_job" };
  const names = [...employerNames(asked), ...(company === undefined ? [] : [folded(company)])];
  return isSameSite || bearsName(opened, names)
    ? movedUnless(isSameSite, host, false)
    : { kind: "other_site", host };
}

function movedUnless(isSameSite: boolean, host: string, isProved: boolean): Arrival {
  return isSameSite ? { kind: "asked_job" } : { kind: "moved", host, isProved };
}

/** A page that names a job is that job's; frames tell only where it names none. */
function jobsAt(addresses: readonly URL[]) {
  const named = addresses.map((address) => identifyJob(address));
  const [ofPage] = named;
  if (ofPage !== undefined && ofPage.site !== "generic") return [ofPage];
  return named.filter(({ site }) => site !== "generic");
}

/** SmartRecruiters calls one job by a number on its posting and by a UUID on its form. */
function areComparable(one: string, other: string): boolean {
  const isOfIt = [one, other].every((key) => key.startsWith("smartrecruiters:"));
  return !isOfIt || isNumbered(one) === isNumbered(other);
}

function isNumbered(key: string): boolean {
  return /:\d+$/u.test(key);
}
