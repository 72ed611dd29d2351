import { labelBefore, pathOf } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/**
 * `<tenant>.wd<N>.myworkdayjobs.com/[locale/]<site>/job/[place/]<title>_<requisition>[-<n>]` or the
 * shared host `wd<N>.myworkdaysite.com/[locale/]recruiting/<tenant>/<site>/job/…`. One requisition may be
 * posted on several career sites and, with a number behind it, for several places.
 */
export function workdayAddress(url: URL): JobAddress | undefined {
  const path = pathOf(url);
  const tenant = tenantOf(url, path);
  const marks = path.flatMap((segment, at) => (/^(?:job|details)$/u.test(segment) ? [at] : []));
  const [at] = marks;
  if (tenant === undefined || at === undefined) return undefined;
  const rest = path.slice(at + 1);
  const end = rest.indexOf("apply");
  const posting = (end === -1 ? rest : rest.slice(0, end)).at(-1);
  const requisition = posting === undefined ? undefined : requisitionOf(posting);
  if (requisition === undefined) return undefined;
  return { site: "workday", jobKey: `workday:${tenant}/${requisition}`, formUrl: url };
}

/** Of whom the address is; undefined on any other host. */
export function tenantOf(url: URL, path: readonly string[]): string | undefined {
  const own = labelBefore(url, "myworkdayjobs.com");
  if (own !== undefined) return /^([^.]+)\.wd\d+$/u.exec(own)?.[1];
  if (!/^wd\d+$/u.test(labelBefore(url, "myworkdaysite.com") ?? "")) return undefined;
  return path[path.indexOf("recruiting") + 1]?.toLowerCase();
}

/** What stands behind the last underscore; titles have hyphens for everything else. */
function requisitionOf(posting: string): string | undefined {
  const requisition = posting.slice(posting.lastIndexOf("_") + 1).toLowerCase();
  if (requisition === "" || !posting.includes("_")) return undefined;
  // One digit behind a long number counts postings; a shorter number may have it as a part.
  return requisition.replace(/^(.*\d{4,})-\d$/u, "$1");
}
