import type { GatePolicy } from "@valet/browser";
import type { SiteAdapter } from "./site-adapter.ts";

/** What the gate of a browser has to know of the site that is opened in it. */
export function gatePolicyOf({ outcome, passes = [] }: SiteAdapter): GatePolicy {
  const { submit } = outcome ?? {};
  return {
    passes: passes.map(({ method, address }) => ({ method, address: address.source })),
    submits:
      submit === undefined ? [] : [{ method: submit.method, address: submit.address.source }],
  };
}
