import { labelBefore, pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `<employer>.teamtailor.com/[<language>/]jobs/<number>[-<title>][/applications/new]`. */
export function teamtailorAddress(url: URL): JobAddress | undefined {
  const employer = labelBefore(url, "teamtailor.com");
  const path = pathOf(url);
  const at = path.indexOf("jobs");
  const job = at === -1 ? undefined : path[at + 1];
  const id = /^\d+(?=-|$)/u.exec(job ?? "")?.[0];
  if (employer === undefined || job === undefined || id === undefined) return undefined;
  const formUrl = withPath(url, [...path.slice(0, at), "jobs", job, "applications", "new"]);
  return { site: "teamtailor", jobKey: `teamtailor:${employer}/${id}`, formUrl };
}
