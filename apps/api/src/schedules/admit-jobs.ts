import { ValetError } from "@valet/contracts";
import type { JobToSchedule } from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import { identifyJob } from "@valet/sites/addresses";
import { admitJobUrl } from "../admit-job-url.ts";

/** Names that are looked up at a time. */
const atOnce = 16;

type Judged =
  | { readonly kind: "job"; readonly job: JobToSchedule }
  | { readonly kind: "refused"; readonly problem: string };

/** The jobs of a list. Throws `VALIDATION` with everything that is wrong with any of them. */
export async function admitJobs(
  policy: NetworkPolicy,
  addresses: readonly string[],
): Promise<JobToSchedule[]> {
  const judged: Judged[] = [];
  for (let from = 0; from < addresses.length; from += atOnce) {
    const some = addresses.slice(from, from + atOnce);
    judged.push(...(await Promise.all(some.map((address) => judge(policy, address)))));
  }
  const jobs: JobToSchedule[] = [];
  const issues: { readonly path: string; readonly problem: string }[] = [];
  const places = new Map<string, number>();
  for (const [place, one] of judged.entries()) {
    const path = `body/jobs/${place}`;
    if (one.kind === "refused") {
      issues.push({ path, problem: one.problem });
      continue;
    }
    const before = places.get(one.job.jobKey);
    if (before !== undefined) {
      issues.push({ path, problem: `is the same job as body/jobs/${before}` });
    }
    places.set(one.job.jobKey, before ?? place);
    jobs.push(one.job);
  }
  const [first] = issues;
  if (first === undefined) return jobs;
  throw new ValetError(
    "VALIDATION",
    `${issues.length} of ${addresses.length} addresses cannot be scheduled. Nothing was added. Correct or leave out what \`details.issues\` lists, first of all ${first.path}, which ${first.problem}`,
    { issues },
  );
}

async function judge(policy: NetworkPolicy, address: string): Promise<Judged> {
  try {
    const jobUrl = await admitJobUrl(policy, address);
    const { site, jobKey } = identifyJob(jobUrl);
    return { kind: "job", job: { jobUrl: jobUrl.href, jobKey, platform: site } };
  } catch (error) {
    if (!(error instanceof ValetError) || error.kind !== "user") throw error;
    return { kind: "refused", problem: `is refused: ${error.code}: ${error.message}` };
  }
}
