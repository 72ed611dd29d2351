import { labelBefore, pathOf } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `<portal>-<employer>.icims.com/jobs/<number>/…`; the portals of one employer share the numbers. */
export function icimsAddress(url: URL): JobAddress | undefined {
  const label = labelBefore(url, "icims.com");
  const [first, id] = pathOf(url);
  if (label === undefined || first !== "jobs" || !/^\d+$/u.test(id ?? "")) return undefined;
  const employer = label.slice(label.indexOf("-") + 1);
  return { site: "icims", jobKey: `icims:${employer}/${id}`, formUrl: url };
}
