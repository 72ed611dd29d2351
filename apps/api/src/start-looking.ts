import { createBell } from "./create-bell.ts";

export interface Looking {
  /** There may be something to do. */
  kick(): void;
  /** Stops after the look that is under way, whose signal is aborted. */
  close(): Promise<void>;
}

interface LookingInput {
  /** `again`: at once, since there may be more. */
  readonly look: (signal: AbortSignal) => Promise<"again" | "wait">;
  readonly everyMs: number;
  /** Of the first of several looks that fail one after the other. */
  readonly onFault: (error: unknown) => void;
  readonly onMended?: () => void;
}

/** Looks again and again until it is closed, when it is kicked and now and then without. */
export function startLooking({ look, everyMs, onFault, onMended }: LookingInput): Looking {
  const bell = createBell();
  const stop = new AbortController();
  let isFailing = false;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        const next = await look(stop.signal);
        if (isFailing) onMended?.();
        isFailing = false;
        if (next === "again") continue;
      } catch (error) {
        // What was cut off is no fault.
        if (stop.signal.aborted) return;
        if (!isFailing) onFault(error);
        isFailing = true;
      }
      await bell.wait(everyMs, stop.signal);
    }
  }

  const running = run();
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await running;
    },
  };
}
