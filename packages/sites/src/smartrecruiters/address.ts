import { pathOf } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";
import { uuidOf } from "../uuid.ts";

const hosts = /^(?:jobs|careers)\.smartrecruiters\.com$/u;

/**
 * `jobs.smartrecruiters.com/<employer>/<number>-<title>` is the posting; its form lies under
 * `/oneclick-ui/company/<employer>/publication/<uuid>`, whose number only the site itself can tell.
 */
export function smartRecruitersAddress(url: URL): JobAddress | undefined {
  if (!hosts.test(url.hostname.toLowerCase())) return undefined;
  const path = pathOf(url);
  const id =
    path[0] === "oneclick-ui" ? publicationOf(path) : /^\d+(?=-|$)/u.exec(path[1] ?? "")?.[0];
  return id === undefined
    ? undefined
    : { site: "smartrecruiters", jobKey: `smartrecruiters:${id}`, formUrl: url };
}

function publicationOf(path: readonly string[]): string | undefined {
  return uuidOf(path[path.indexOf("publication") + 1]);
}
