import { type TaskWriter, restartTask, writeTask } from "@valet/db";
import type { RunInput } from "./step-input.ts";
import { type Passed, superseded } from "./step-result.ts";

/**
 * Starts the application with the next epoch and lets this run pass. An approval that was given
 * stands if the form then holds exactly what was approved; after dispatch the new run only looks for
 * the outcome. A run that no longer owns the task changes nothing.
 */
export async function startAnew(
  writer: TaskWriter,
  { job, runId }: Pick<RunInput, "job" | "runId">,
): Promise<Passed> {
  await writeTask(writer, job.taskId, async (write) => {
    if (write.task.runId === runId) await restartTask(write);
  });
  return superseded;
}
