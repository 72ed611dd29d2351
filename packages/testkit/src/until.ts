import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until `look` gives something other than undefined or false. Looks again and again in place
 * of a sleep; fails after `timeoutMs` with what it waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`);
    await delay(40);
  }
}
