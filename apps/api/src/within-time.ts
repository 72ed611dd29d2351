import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";

/** Gives up waiting after `limitMs` with `TIMEOUT`; the work itself goes on unseen. */
export async function withinTime<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const tooLate = delay(limitMs, undefined, { signal: stop.signal }).then(() => {
    throw new ValetError("TIMEOUT", "There was no answer in time. Try again.", { limitMs });
  });
  // Aborting the timer rejects it when nobody waits for it any more.
  tooLate.catch(() => {});
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    stop.abort();
  }
}
