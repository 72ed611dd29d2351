import { pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";
import { uuidOf } from "../uuid.ts";

const hosts = /^jobs(?:\.eu)?\.lever\.co$/u;

/** `jobs.lever.co/<employer>/<job>[/apply|/thanks]`; the form is a page of its own. */
export function leverAddress(url: URL): JobAddress | undefined {
  if (!hosts.test(url.hostname.toLowerCase())) return undefined;
  const [employer, job] = pathOf(url);
  const id = uuidOf(job);
  if (employer === undefined || job === undefined || id === undefined) return undefined;
  const formUrl = withPath(url, [employer, job, "apply"]);
  return { site: "lever", jobKey: `lever:${id}`, formUrl };
}
