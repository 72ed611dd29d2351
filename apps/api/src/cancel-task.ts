import { ValetError } from "@valet/contracts";
import { type TaskWrite, endTask, enqueue, findAskedRun, findIntent } from "@valet/db";
import { isEnded, mayHaveBeenSent } from "@valet/domain";

/**
 * Ends a task as the person asked, and has its run cancelled. A second time it changes nothing.
 *
 * @throws `ILLEGAL_TRANSITION` when it has ended otherwise, `ALREADY_SUBMITTED` once something may
 * have been sent.
 */
export async function cancelTask(write: TaskWrite): Promise<void> {
  const { trx, task } = write;
  if (task.state === "cancelled") return;
  if (isEnded(task.state)) {
    throw new ValetError(
      "ILLEGAL_TRANSITION",
      "This application has already come to its end, so there is nothing to cancel. Nothing was changed.",
      { state: task.state, outcome: task.outcome },
    );
  }
  const intent = await findIntent(trx, task.id);
  if (intent !== undefined && mayHaveBeenSent(intent.state)) {
    throw new ValetError(
      "ALREADY_SUBMITTED",
      "This application has already been sent, so it cannot be cancelled. Nothing was changed. Its outcome is being determined.",
      { state: task.state },
    );
  }
  const runId = task.runId ?? (await findAskedRun(trx, { taskId: task.id, epoch: task.epoch }));
  await endTask(write, {
    outcome: "not_submitted",
    reason: "CANCELLED",
    message: "You cancelled this application. Nothing was sent.",
  });
  if (runId !== undefined) await enqueue(trx, task.id, { kind: "cancel_run", runId });
}
