import { setTimeout as delay } from "node:timers/promises";
import { detectWalls, readPageFacts } from "@valet/forms";
import type { Page } from "playwright";
import { type Liveness, livenessOf, type SeenPosting } from "./liveness-of.ts";

export interface PostingToRead extends Pick<SeenPosting, "asked" | "headers"> {
  readonly page: Page;
  /** How long a page that says nothing yet is waited for. Default 5 000. */
  readonly limitMs?: number;
}

const lookEveryMs = 250;

/** Whether the job of the page that stands open can still be applied for. Changes nothing. */
export async function readLiveness(
  { page, limitMs = 5_000, ...seen }: PostingToRead,
  signal: AbortSignal,
): Promise<Liveness> {
  const until = performance.now() + limitMs;
  for (;;) {
    const facts = await readPageFacts(page, signal);
    const captchas = await detectWalls({ page }, signal);
    const liveness = livenessOf({ ...seen, facts, captchas });
    if (liveness.kind !== "unknown" || performance.now() > until) return liveness;
    await delay(lookEveryMs, undefined, { signal });
  }
}
