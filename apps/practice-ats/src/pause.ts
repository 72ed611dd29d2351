import { setTimeout } from "node:timers/promises";

/** Waits, but not beyond the moment the server stops. */
export async function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal: stopping });
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}
