import { labelBefore, pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `<employer>.breezy.hr/p/<id>[-<title>][/apply]`. */
export function breezyAddress(url: URL): JobAddress | undefined {
  const employer = labelBefore(url, "breezy.hr");
  const [first, job] = pathOf(url);
  const id = /^[\da-f]{8,}(?=-|$)/u.exec(job ?? "")?.[0];
  if (employer === undefined || first !== "p" || job === undefined || id === undefined)
    return undefined;
  const formUrl = withPath(url, ["p", job, "apply"]);
  return { site: "breezy", jobKey: `breezy:${employer}/${id}`, formUrl };
}
