import { setTimeout as delay } from "node:timers/promises";
import type { PageKind } from "@valet/forms";

/** What a page shows when the site has made up its mind about an application. */
const answers: ReadonlySet<PageKind["kind"]> = new Set([
  "confirmation",
  "already_applied",
  "form_with_errors",
  "site_error",
]);

const pollMs = 150;

/**
 * Looks at the page until it shows an answer or the time is up, and says what it saw last. A page
 * in the middle of a navigation cannot be read: that is not an answer either.
 */
export async function untilPageSettles(
  look: () => Promise<PageKind["kind"]>,
  { timeoutMs }: { readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<PageKind["kind"] | "unreachable"> {
  const deadline = Date.now() + timeoutMs;
  let seen: PageKind["kind"] | "unreachable" = "unreachable";
  for (;;) {
    signal.throwIfAborted();
    seen = await look().catch(() => "unreachable" as const);
    if (seen !== "unreachable" && answers.has(seen)) return seen;
    if (Date.now() >= deadline) return seen;
    await delay(pollMs, undefined, { signal });
  }
}
