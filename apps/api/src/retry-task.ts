import { type ErrorCode, ValetError } from "@valet/contracts";
import { type TaskRow, findIntent } from "@valet/db";
import { judgeRetry } from "@valet/domain";
import { type AcceptTaskDeps, acceptTask, bodyOf } from "./accept-task.ts";

/**
 * Starts an application once more, as a new one: what has ended stays ended. Its job is held by one
 * live attempt at most, so whatever happens meanwhile nothing is sent twice.
 *
 * @throws `OUTCOME_UNKNOWN` when it may be with the site, `ALREADY_APPLIED` when it is,
 * `TASK_IN_PROGRESS` while it, or another one for the same job, is on its way.
 */
export async function retryTask(deps: AcceptTaskDeps, task: TaskRow): Promise<TaskRow> {
  const intent = await findIntent(deps.writer.db, task.id);
  const judged = judgeRetry({ outcome: task.outcome, intentState: intent?.state ?? null });
  if (judged.kind === "refused") throw refusal(judged.code, task);
  const body = await bodyOf(deps.writer.db, task);
  const accepted = await acceptTask(deps, { userId: task.userId, body });
  return accepted.task;
}

function refusal(code: ErrorCode, { id: taskId, state, outcome }: TaskRow): ValetError {
  switch (code) {
    case "OUTCOME_UNKNOWN":
      return new ValetError(
        code,
        "This application was sent and nobody knows whether it arrived. Nothing was started, because a second one could be a duplicate. Say first what became of it (POST /tasks/:id/resolve, `valet resolve`).",
        { taskId, outcome },
      );
    case "ALREADY_APPLIED":
      return new ValetError(code, "You have already applied for this job. Nothing was started.", {
        taskId,
        outcome,
      });
    default:
      return new ValetError(
        code,
        "This application is still on its way. Nothing was started. Follow it, or cancel it first.",
        { taskId, state },
      );
  }
}
