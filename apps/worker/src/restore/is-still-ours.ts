import { type StepTry, findOwnedTask, isNewestTry } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";

/**
 * Whether a try that was cut off from its browser is still the one that has to go on. No later try and no
 * later run has cut it off then, so it was a person.
 */
export async function isStillOurs(
  { db }: Pick<WorkerDeps, "db">,
  {
    taskId,
    runId,
    turn,
  }: { readonly taskId: string; readonly runId: string; readonly turn: StepTry },
): Promise<boolean> {
  const task = await findOwnedTask(db, { taskId, runId });
  return task !== undefined && (await isNewestTry(db, turn));
}
