import { pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";
import { uuidOf } from "../uuid.ts";

/** The hosted board, and pages of the employer that embed it and name the job in `ashby_jid`. */
export function ashbyAddress(url: URL): JobAddress | undefined {
  if (url.hostname.toLowerCase() !== "jobs.ashbyhq.com") {
    const embedded = uuidOf(url.searchParams.get("ashby_jid"));
    if (embedded === undefined) return undefined;
    return { site: "ashby", jobKey: `ashby:${embedded}`, formUrl: url };
  }
  const [employer, job] = pathOf(url);
  const id = uuidOf(job);
  if (employer === undefined || job === undefined || id === undefined) return undefined;
  const formUrl = withPath(url, [employer, job, "application"]);
  return { site: "ashby", jobKey: `ashby:${id}`, formUrl };
}
