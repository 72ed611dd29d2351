import { pathOf, withPath } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

/** `apply.workable.com/[<employer>/]j/<code>[/apply]`; the form is a page of its own. */
export function workableAddress(url: URL): JobAddress | undefined {
  if (url.hostname.toLowerCase() !== "apply.workable.com") return undefined;
  const path = pathOf(url);
  const at = path.indexOf("j");
  const code = at === -1 ? undefined : path[at + 1];
  if (code === undefined || !/^[\da-z]{6,}$/iu.test(code)) return undefined;
  const formUrl = withPath(url, [...path.slice(0, at), "j", code, "apply", ""]);
  return { site: "workable", jobKey: `workable:${code.toUpperCase()}`, formUrl };
}
