import { z } from "zod";
import { identifyJob } from "../identify-job.ts";
import type { ReadJobKeys } from "../job-evidence.ts";
import { uuidOf } from "../uuid.ts";

const Published = z.object({
  id: z.string().regex(/^\d{1,30}$/u),
  uuid: z.string(),
  jobId: z.string().min(1).max(64).nullish(),
  company: z.object({ identifier: z.string().min(1).max(200) }).nullish(),
});

/**
 * A posting's address has its number, that of its form its UUID; both, and the job that several
 * publications may be of, stand in what is published. The posting's page leads to its form.
 */
export const smartRecruitersJobKeys: ReadJobKeys = (address, { published, leadsTo = [] }) => {
  const own = identifyJob(address).jobKey;
  return [...publishedKeys(own, published), ...linkedKeys(leadsTo)];
};

function publishedKeys(own: string, published: unknown): string[] {
  const { success, data } = Published.safeParse(published);
  const uuid = success ? uuidOf(data.uuid) : undefined;
  if (!success || uuid === undefined) return [];
  const both = [`smartrecruiters:${data.id}`, `smartrecruiters:${uuid}`];
  if (!both.includes(own)) return [];
  const company = data.company?.identifier.toLowerCase() ?? "";
  return data.jobId === null || data.jobId === undefined
    ? both
    : [...both, `smartrecruiters:${company}/job/${data.jobId.toLowerCase()}`];
}

/** A page with ways to the forms of several jobs is not the posting of one. */
function linkedKeys(leadsTo: readonly URL[]): string[] {
  const jobs = leadsTo
    .map((address) => identifyJob(address))
    .filter(({ site }) => site === "smartrecruiters");
  const keys = new Set(jobs.map(({ jobKey }) => jobKey));
  return keys.size === 1 ? [...keys] : [];
}
