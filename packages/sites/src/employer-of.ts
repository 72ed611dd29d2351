import { isGreenhouseHost } from "./greenhouse/address.ts";
import { labelBefore, pathOf } from "./host-label.ts";
import type { SiteName } from "./site-names.ts";
import { tenantOf } from "./workday/address.ts";

/** Longer names, and such with other signs, are none that a vendor gives out. */
const named = /^[\p{L}\p{N}][\p{L}\p{N} ._&'+-]{0,99}$/u;

/**
 * What the address of a job calls the employer, in lower case: unique on its site, so that applications to one
 * employer can be counted. Undefined where the address says nothing of them. Pure.
 */
export function employerOf(url: URL, site: SiteName): string | undefined {
  const name = readers[site](url)?.trim().toLowerCase();
  return name !== undefined && named.test(name) ? name : undefined;
}

const readers: Readonly<Record<SiteName, (url: URL) => string | undefined>> = {
  greenhouse: (url) => {
    if (!isGreenhouseHost(url)) return ownHost(url);
    const [board] = pathOf(url);
    return board === "embed" ? (url.searchParams.get("for") ?? undefined) : board;
  },
  lever: firstOfPath,
  ashby: (url) =>
    url.hostname.toLowerCase() === "jobs.ashbyhq.com" ? firstOfPath(url) : ownHost(url),
  workday: (url) => tenantOf(url, pathOf(url)),
  smartrecruiters: (url) => {
    const path = pathOf(url);
    return path[0] === "oneclick-ui" ? path[path.indexOf("company") + 1] : path[0];
  },
  icims: (url) => {
    const label = labelBefore(url, "icims.com");
    return label?.slice(label.indexOf("-") + 1);
  },
  // Short links name the job alone.
  workable: (url) =>
    pathOf(url).find((segment, at, path) => segment !== "j" && path[at + 1] === "j"),
  bamboohr: (url) => labelBefore(url, "bamboohr.com"),
  recruitee: (url) => labelBefore(url, "recruitee.com"),
  teamtailor: (url) => labelBefore(url, "teamtailor.com"),
  breezy: (url) => labelBefore(url, "breezy.hr"),
  generic: ownHost,
};

function firstOfPath(url: URL): string | undefined {
  return pathOf(url)[0];
}

/** An employer who shows their jobs themselves is known by where. */
function ownHost(url: URL): string {
  return url.hostname.replace(/^www\./iu, "");
}
