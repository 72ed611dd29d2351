/**
 * What runs in this worker, so that a stop knows what it may cut off: work must finish, a wait for a
 * person goes on elsewhere, and a step that only waits for its child can be run again elsewhere.
 */
export interface InFlight {
  /** Runs `work` and counts it until it settles. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Inside of `during`: while `wait` lasts the step holds up no stop, since it resumes elsewhere. */
  parked<T>(wait: () => Promise<T>): Promise<T>;
  /** Inside of `during`: while `wait` lasts the step has no work of its own, only a child's. */
  onChild<T>(wait: () => Promise<T>): Promise<T>;
  counts(): InFlightCounts;
}

export interface InFlightCounts {
  readonly working: number;
  readonly onChildren: number;
}

export function createInFlight(): InFlight {
  let working = 0;
  let onChildren = 0;
  return {
    during: async (work) => {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    parked: async (wait) => {
      working -= 1;
      try {
        return await wait();
      } finally {
        working += 1;
      }
    },
    onChild: async (wait) => {
      working -= 1;
      onChildren += 1;
      try {
        return await wait();
      } finally {
        working += 1;
        onChildren -= 1;
      }
    },
    counts: () => ({ working, onChildren }),
  };
}
