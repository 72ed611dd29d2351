import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";

export interface Patience {
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly limitMs: number;
  readonly lookEveryMs: number;
}

/**
 * Looks until there is something other than undefined or false, and gives it.
 *
 * @throws `TIMEOUT`, naming what was waited for.
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | false>,
  { signal, limitMs, lookEveryMs }: Patience,
): Promise<Found> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new ValetError("TIMEOUT", `Not in time: ${what}.`);
    await delay(lookEveryMs, undefined, { signal });
  }
}
