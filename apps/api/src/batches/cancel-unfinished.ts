import { ValetError } from "@valet/contracts";
import { type TaskWriter, writeTask } from "@valet/db";
import { cancelTask } from "../cancel-task.ts";

/** Cancels each that may still be; one that was sent, or has ended meanwhile, stays what it is. */
export async function cancelUnfinished(
  writer: TaskWriter,
  taskIds: readonly string[],
): Promise<void> {
  for (const taskId of taskIds) {
    await writeTask(writer, taskId, cancelTask).catch((error: unknown) => {
      if (!(error instanceof ValetError) || !past.has(error.code)) throw error;
    });
  }
}

const past: ReadonlySet<string> = new Set(["ILLEGAL_TRANSITION", "ALREADY_SUBMITTED"]);
