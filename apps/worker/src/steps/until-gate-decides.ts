import { setTimeout as delay } from "node:timers/promises";
import type { GateView } from "@valet/browser";

/** A click whose page has sent nothing for so long did nothing; a page that checks its fields needs less. */
const quietMs = 3_000;
const lookEveryMs = 50;

/**
 * After a click: until the application has left or was kept, or the page has sent nothing for a while.
 * One that is being decided is always waited for, since whoever closed the gate meanwhile would keep
 * back what the database has just let go, and nobody could say any more that it never left. The session
 * host ends every decision itself.
 */
export async function untilGateDecides(
  {
    view,
    before,
    forMs = quietMs,
  }: {
    readonly view: () => Promise<GateView>;
    readonly before: GateView;
    readonly forMs?: number;
  },
  signal: AbortSignal,
): Promise<GateView> {
  const deadline = performance.now() + forMs;
  for (;;) {
    const now = await view();
    const hasDecided = now.state === "spent" || now.state === "closed";
    const isQuiet = now.state !== "deciding" && performance.now() >= deadline;
    if (hasDecided || now.refused > before.refused || isQuiet) return now;
    await delay(lookEveryMs, undefined, { signal });
  }
}
