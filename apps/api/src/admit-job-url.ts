import { type NetworkPolicy, assertPublicAddress, parseJobUrl } from "@valet/domain";
import { assertSiteAllowed } from "@valet/sites/addresses";

/** A job's address that Valet may open. Throws `JOB_URL_*` and `SITE_FORBIDS_AUTOMATION`. */
export async function admitJobUrl(policy: NetworkPolicy, text: string): Promise<URL> {
  const jobUrl = parseJobUrl(text);
  assertSiteAllowed(jobUrl);
  await assertPublicAddress(policy, jobUrl);
  return jobUrl;
}
