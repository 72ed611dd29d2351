import { adapters } from "./adapters.ts";
import type { Liveness } from "./liveness/liveness-of.ts";
import type { RecognisedPage } from "./recognise-page.ts";

/** Whether what an adapter relies on is still on a page of its site. */
export type Drift =
  /** Everything that such a page must have is there. */
  | { readonly kind: "holds" }
  /** Some of it is not; the names of the hooks. */
  | { readonly kind: "drifted"; readonly missing: readonly string[] }
  /** Nothing of it is: the page is filled like one of a site that nobody knows. */
  | { readonly kind: "falls_back" }
  /** A site that nobody knows: there is nothing to rely on. */
  | { readonly kind: "no_adapter" }
  /**
   * Nothing can be said. `not_open`: the page is not there to be looked at. `posting`: of this site's
   * postings nothing is relied on, only of its forms. `not_drawn`: the page did not draw itself.
   */
  | { readonly kind: "unchecked"; readonly why: "not_open" | "posting" | "not_drawn" };

export interface CheckedPage {
  readonly recognised: RecognisedPage;
  readonly liveness: Liveness;
}

export function judgeDrift({ recognised: { site, on, hooks }, liveness }: CheckedPage): Drift {
  const missing = hooks.filter(({ isSeen }) => !isSeen).map(({ name }) => name);
  if (on !== "unknown") {
    return missing.length === 0 ? { kind: "holds" } : { kind: "drifted", missing };
  }
  if (site === "generic") return { kind: "no_adapter" };
  if (liveness.kind === "unknown") return { kind: "unchecked", why: "not_drawn" };
  if (liveness.kind !== "open") return { kind: "unchecked", why: "not_open" };
  const isKnownPage = adapters[site].hooks.some((hook) => hook.on === liveness.page);
  return isKnownPage ? { kind: "falls_back" } : { kind: "unchecked", why: "posting" };
}
