import { setTimeout as delay } from "node:timers/promises";

/** Asks again until the condition answers with a value; undefined when the time is up. */
export async function pollUntil<T>(
  condition: () => Promise<T | undefined>,
  {
    timeoutMs,
    intervalMs = 50,
    signal,
  }: { readonly timeoutMs: number; readonly intervalMs?: number; readonly signal: AbortSignal },
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const found = await condition();
    if (found !== undefined) return found;
    if (performance.now() >= deadline) return undefined;
    await delay(intervalMs, undefined, { signal });
  }
}

/** The page was being replaced while a script ran in it. */
export function isNavigating(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /execution context was destroyed|cannot find context|frame was detached|because of a navigation|navigating and changing/iu.test(
      thrown.message,
    )
  );
}
