import { type ReasonCode, StepName } from "@valet/contracts";
import { endTask, findTask, writeTask } from "@valet/db";
import { isEnded, judgeFailure } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot } from "../evidence/keep-evidence.ts";
import { releaseSession } from "./end-application.ts";
import { startAnew } from "./start-anew.ts";
import type { RunInput } from "./step-input.ts";

/**
 * A step failed for good: keeps a screenshot if the page lives, ends the task, gives the browser
 * back and writes one line. If no step said why, the task starts again. Safe to run twice and on any
 * worker.
 */
export async function onFailure(
  deps: WorkerDeps,
  { job, runId, errors }: RunInput & { readonly errors: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<{ readonly failedStep: string }> {
  const { taskId } = job;
  const step = StepName.options.find((name) => name in errors);
  const failedStep = step ?? "unknown";
  const task = await findTask(deps.db, { id: taskId });
  if (task === undefined || task.runId !== runId || isEnded(task.state)) return { failedStep };
  const error = step === undefined ? "" : (errors[step] ?? "");
  const verdict = judgeFailure({ error, epoch: task.epoch });
  if (verdict.kind === "restart") {
    await startAnew(deps.writer, { job, runId });
    deps.log.warn({ taskId, workflowRunId: runId, step: failedStep }, "application starts again");
    return { failedStep };
  }
  const { reason } = verdict;
  await keepLastLook(deps, { taskId, runId }, signal);
  await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return;
    await endTask(write, {
      outcome: "not_submitted",
      reason,
      message: messageOf(reason),
      ...(step === undefined ? {} : { step }),
    });
  });
  await releaseSession(deps, { taskId, runId }, signal);
  deps.log.error({ taskId, workflowRunId: runId, step: failedStep, reason }, "application failed");
  return { failedStep };
}

async function keepLastLook(
  deps: WorkerDeps,
  { taskId, runId }: { readonly taskId: string; readonly runId: string },
  signal: AbortSignal,
): Promise<void> {
  try {
    const { page } = await deps.sessions.attach({ runId, taskId }, signal);
    await keepScreenshot(deps, { taskId, kind: "failure", page }, signal);
  } catch (error) {
    deps.log.debug({ err: error, taskId }, "no screenshot of the failure");
  }
}

function messageOf(reason: ReasonCode): string {
  const what =
    reason === "SESSION_LOST"
      ? "The browser that held this application was lost."
      : reason === "PAGE_UNREACHABLE"
        ? "The job's site did not answer."
        : reason === "FIELD_NOT_WRITABLE"
          ? "The form did not keep the values that were filled in."
          : "The application could not be completed.";
  return `${what} Nothing was sent. You can start it again.`;
}
