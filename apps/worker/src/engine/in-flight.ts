/** Counts steps that must not be cut off; waits for a person are not among them. */
export interface InFlight {
  /** Runs `work` and counts it until it settles. */
  during<T>(work: () => Promise<T>): Promise<T>;
  count(): number;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  let running = 0;
  let waiting: (() => void)[] = [];
  return {
    during: async (work) => {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        if (running === 0) {
          for (const resolve of waiting) resolve();
          waiting = [];
        }
      }
    },
    count: () => running,
    idle: async () => {
      if (running > 0) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
  };
}
