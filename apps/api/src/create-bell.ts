/** Wakes a loop that waits for news; a ring between two waits is not lost. */
export interface Bell {
  ring(): void;
  /** Returns at the next ring, after `timeoutMs`, or when the signal is aborted. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  const sleepers = new Set<() => void>();
  return {
    ring() {
      if (sleepers.size === 0) rung = true;
      for (const wake of sleepers) wake();
    },
    wait(timeoutMs, signal) {
      if (rung || signal.aborted) {
        rung = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(wake, timeoutMs);
        signal.addEventListener("abort", wake, { once: true });
        sleepers.add(wake);

        function wake(): void {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          sleepers.delete(wake);
          resolve();
        }
      });
    },
  };
}
