import { setTimeout as delay } from "node:timers/promises";
import type { ValetClient } from "@valet/client";

export type Run = Awaited<ReturnType<ValetClient["getRun"]>>;
export type StepRun = Run["steps"][number];

const waitMs = 5_000;
const pauseMs = 50;

/**
 * The steps of an application that has ended, the last try of each. The last step notes its own end
 * a moment after the application's; that moment is waited for, at most 5 s.
 */
export async function endedRun(
  client: ValetClient,
  taskId: string,
  signal: AbortSignal,
): Promise<StepRun[]> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const steps = lastTries((await client.getRun(taskId, signal)).steps);
    const isWhole = steps.every(({ finishedAt }) => finishedAt !== null);
    if (isWhole || performance.now() > deadline) return steps;
    await delay(pauseMs, undefined, { signal });
  }
}

export function lastTries(steps: readonly StepRun[]): StepRun[] {
  return [...new Map(steps.map((step) => [step.name, step])).values()];
}
