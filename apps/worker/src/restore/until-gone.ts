import { setTimeout as delay } from "node:timers/promises";
import type { LiveSession } from "../live-sessions.ts";

/** The news that a page died may come a little after the first command that failed because of it. */
const newsLimitMs = 1_000;

/**
 * After an error on a page: waits a moment for the news that the page is gone. What the first failing
 * command says (a destroyed context, a field that kept no value) does not tell.
 */
export async function untilGone({ gone }: LiveSession): Promise<void> {
  if (gone.aborted) return;
  await delay(newsLimitMs, undefined, { signal: gone }).catch(() => undefined);
}
