import { greenhouseJobKeys } from "./greenhouse/job-keys.ts";
import { identifyJob } from "./identify-job.ts";
import type { JobEvidence, ReadJobKeys } from "./job-evidence.ts";
import type { SiteName } from "./site-names.ts";
import { smartRecruitersJobKeys } from "./smartrecruiters/job-keys.ts";

const readers: Partial<Record<SiteName, ReadJobKeys>> = {
  greenhouse: greenhouseJobKeys,
  smartrecruiters: smartRecruitersJobKeys,
};

/**
 * Every key one job goes by, that of its address first. Mirror boards show one job under several addresses
 * that nothing but the site's own data tells to be one. Two jobs are the same when they share any key: a
 * guard against applying twice must hold all keys of a job, and look for all keys of the next.
 */
export function jobKeysOf(
  address: URL,
  evidence: JobEvidence = {},
): readonly [string, ...string[]] {
  const { site, jobKey } = identifyJob(address);
  const further = readers[site]?.(address, evidence) ?? [];
  return [jobKey, ...new Set(further.filter((key) => key !== jobKey))];
}
