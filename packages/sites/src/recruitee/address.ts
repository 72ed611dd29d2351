import { labelBefore, pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `<employer>.recruitee.com/[l/<language>/]o/<job>[/c/new]`. */
export function recruiteeAddress(url: URL): JobAddress | undefined {
  const employer = labelBefore(url, "recruitee.com");
  const path = pathOf(url);
  const at = path.indexOf("o");
  const job = at === -1 ? undefined : path[at + 1];
  if (employer === undefined || job === undefined) return undefined;
  const formUrl = withPath(url, [...path.slice(0, at), "o", job, "c", "new"]);
  return { site: "recruitee", jobKey: `recruitee:${employer}/${job.toLowerCase()}`, formUrl };
}
