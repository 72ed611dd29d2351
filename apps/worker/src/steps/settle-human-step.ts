import { type HumanStepRow, closeHumanStep, getHumanStep, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";

/**
 * What became of a wait that is over. Still open means that the engine's wait ended without the person: from
 * here on it is closed to them, so that nobody is told yes and no at once.
 */
export function settleHumanStep(
  { writer }: WorkerDeps,
  { taskId, stepId }: { readonly taskId: string; readonly stepId: string },
): Promise<HumanStepRow> {
  return writeTask(writer, taskId, async (write) => {
    await closeHumanStep(write, stepId, "expired");
    return getHumanStep(write.trx, stepId);
  });
}
