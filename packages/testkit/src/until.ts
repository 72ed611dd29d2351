import { setTimeout as delay } from "node:timers/promises";

const shortestPauseMs = 40;
const longestPauseMs = 250;

/**
 * Waits until `look` gives something other than undefined or false. Looks again and again in place
 * of a sleep, less often the longer it takes, since looking takes from what is waited for; fails
 * after `timeoutMs` with what it waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > timeoutMs) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`);
    await delay(Math.min(longestPauseMs, shortestPauseMs + waitedMs / 20));
  }
}
