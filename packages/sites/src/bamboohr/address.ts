import { labelBefore, pathOf } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `<employer>.bamboohr.com/careers/<number>`, in old links `/jobs/view.php?id=<number>`. */
export function bambooHrAddress(url: URL): JobAddress | undefined {
  const employer = labelBefore(url, "bamboohr.com");
  const [first, second] = pathOf(url);
  const id = first === "careers" ? second : first === "jobs" ? url.searchParams.get("id") : null;
  if (employer === undefined || !/^\d+$/u.test(id ?? "")) return undefined;
  return { site: "bamboohr", jobKey: `bamboohr:${employer}/${id}`, formUrl: url };
}
