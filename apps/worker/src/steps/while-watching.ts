import { setTimeout as delay } from "node:timers/promises";

export interface Watch {
  /** A number that grows as the work gets on. */
  readonly look: () => Promise<number>;
  readonly onProgress: () => Promise<void>;
  readonly intervalMs: number;
}

/** Does the work and tells meanwhile that it gets on. What becomes of the watching never harms the work. */
export async function whileWatching<T>(
  work: () => Promise<T>,
  { look, onProgress, intervalMs }: Watch,
): Promise<T> {
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    let last = await look();
    for (;;) {
      await delay(intervalMs, undefined, { signal: over.signal });
      const now = await look();
      if (now > last) await onProgress();
      last = Math.max(last, now);
    }
  };
  // It ends with the work; a look that fails ends it early, and the step then has its usual time.
  const watching = watch().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
    await watching;
  }
}
