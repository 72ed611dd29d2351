import { setTimeout as delay } from "node:timers/promises";
import type { SiteAnswer } from "@valet/forms";

/** What a page shows when the site has made up its mind about an application. */
const answers: ReadonlySet<SiteAnswer["kind"]> = new Set([
  "confirmation",
  "already_applied",
  "form_with_errors",
  "site_error",
  "wall",
]);

const pollMs = 150;

interface Unreachable {
  readonly kind: "unreachable";
}
const unreachable: Unreachable = { kind: "unreachable" };

/**
 * Looks at the page until it shows an answer or the time is up, and says what it saw last. A page
 * in the middle of a navigation cannot be read: that is not an answer either.
 */
export async function untilPageSettles(
  look: () => Promise<SiteAnswer>,
  { timeoutMs }: { readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<SiteAnswer | Unreachable> {
  const deadline = Date.now() + timeoutMs;
  let seen: SiteAnswer | Unreachable = unreachable;
  for (;;) {
    signal.throwIfAborted();
    seen = await look().catch(() => unreachable);
    if (seen.kind !== "unreachable" && answers.has(seen.kind)) return seen;
    if (Date.now() >= deadline) return seen;
    await delay(pollMs, undefined, { signal });
  }
}
