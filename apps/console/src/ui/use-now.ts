import { useSyncExternalStore } from "react";

/** One clock for all that ticks alike, so that a page has one timer and not one a row. */
function createClock(everyMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = Date.now();
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      now = Date.now();
      timer ??= setInterval(() => {
        now = Date.now();
        for (const tell of listeners) tell();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => now,
  };
}

const seconds = createClock(1_000);
const halfMinutes = createClock(30_000);

/** In milliseconds since the epoch. */
export function useNow(every: "second" | "half-minute"): number {
  const clock = every === "second" ? seconds : halfMinutes;
  return useSyncExternalStore(clock.subscribe, clock.read);
}
