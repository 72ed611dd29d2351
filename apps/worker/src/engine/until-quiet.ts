import { setTimeout as delay } from "node:timers/promises";
import type { InFlight } from "./in-flight.ts";

interface UntilQuietLimits {
  /** Nothing may have run for this long: a step the engine had sent before the pause may still come. */
  readonly settleMs: number;
  /** Steps that wait for nothing but their children are left behind after this. */
  readonly leaveChildrenMs: number;
}

const lookEveryMs = 50;

/**
 * Waits until a worker that takes nothing new may stop, and says how many steps it leaves behind.
 * Those wait for children, which perhaps nobody can run before this worker is gone (it was the only
 * one); the engine runs them again elsewhere and finds the same children.
 */
export async function untilQuiet(
  inFlight: Pick<InFlight, "counts">,
  { settleMs, leaveChildrenMs }: UntilQuietLimits,
): Promise<number> {
  let ranAt = performance.now();
  let workedAt = ranAt;
  for (;;) {
    const now = performance.now();
    const { working, onChildren } = inFlight.counts();
    if (working > 0) workedAt = now;
    if (working + onChildren > 0) ranAt = now;
    else if (now - ranAt >= settleMs) return 0;
    if (onChildren > 0 && now - workedAt >= leaveChildrenMs) return onChildren;
    await delay(lookEveryMs);
  }
}
