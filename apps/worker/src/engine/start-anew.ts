import { NonDeterminismError } from "@hatchet-dev/typescript-sdk";
import { type TaskWriter, restartTask, writeTask } from "@valet/db";
import type { StepInput } from "../steps/step-input.ts";
import { type Passed, superseded } from "../steps/step-result.ts";

/**
 * Whether the engine refused to resume a durable step because it asked for another wait or child
 * than the log of its run holds: it was recorded by code with another sequence. Trying again cannot
 * help, since the log stays; a new run has a log of its own.
 */
export function isOtherWaitSequence(error: unknown): boolean {
  return error instanceof NonDeterminismError;
}

/**
 * Starts the application with the next epoch and lets this run pass. An approval that was given
 * stands if the form then holds exactly what was approved; after dispatch the new run only looks for
 * the outcome. A run that no longer owns the task changes nothing.
 */
export async function startAnew(
  writer: TaskWriter,
  { job, runId }: Pick<StepInput, "job" | "runId">,
): Promise<Passed> {
  await writeTask(writer, job.taskId, async (write) => {
    if (write.task.runId === runId) await restartTask(write);
  });
  return superseded;
}
