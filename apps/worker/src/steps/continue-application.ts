import type { ContinueApplicationInput, JobApplicationInput } from "@valet/contracts";
import { type TaskRow, findIntent, findOwnedTask } from "@valet/db";
import { mayHaveBeenSent } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import { analyzeForm } from "./analyze-form.ts";
import { endApplication } from "./end-application.ts";
import { type RunFillPage, fillFields } from "./fill-fields.ts";
import { endUnhelped } from "./person-texts.ts";
import { settleHumanStep } from "./settle-human-step.ts";
import type { StepInput } from "./step-input.ts";
import { type Passed, type UploadResumeOutput, isPassed, sent, superseded } from "./step-result.ts";
import { uploadResume } from "./upload-resume.ts";

export type Continuation = ContinueApplicationInput &
  Pick<StepInput, "turn" | "workerId"> & {
    readonly runFillPage: RunFillPage;
    /** Gives the step more time while its pages get on. */
    readonly onProgress: () => Promise<void>;
  };

/**
 * Goes on from the page on which the application stopped for a person, through the steps that were passed
 * over. Nobody is believed: each step looks at the page again, and what still stands is asked once more.
 * A wait that nobody ended in time ends the application. Safe to run again.
 */
export async function continueApplication(
  deps: WorkerDeps,
  input: Continuation,
  signal: AbortSignal,
): Promise<UploadResumeOutput | Passed> {
  const { taskId, runId, turn, workerId, at } = input;
  const task = await findOwnedTask(deps.db, { taskId, runId });
  if (task === undefined) return superseded;
  const step = await settleHumanStep(deps, input);
  // By the person themselves, in the live view.
  const intent = await findIntent(deps.db, taskId);
  if (intent !== undefined && mayHaveBeenSent(intent.state)) return sent;
  if (step.state !== "done") {
    return endApplication(deps, { taskId, runId, end: endUnhelped(step) }, signal);
  }
  const own: StepInput = { job: jobOf(task), runId, turn, workerId };
  let { disagreements } = input;
  if (at === "analyze-form") {
    const analyzed = await analyzeForm(deps, own, signal);
    if (isPassed(analyzed)) return analyzed;
    ({ disagreements } = analyzed);
  }
  if (at !== "upload-resume") {
    const { runFillPage, onProgress } = input;
    const filled = await fillFields(
      deps,
      { ...own, disagreements, runFillPage, onProgress },
      signal,
    );
    if (isPassed(filled)) return filled;
  }
  await input.onProgress();
  return uploadResume(deps, { ...own, disagreements }, signal);
}

function jobOf({ id, batchId, ...task }: TaskRow): JobApplicationInput {
  const { jobUrl, userId, resumeId, mode, platform } = task;
  const of = batchId === null ? {} : { batchId };
  return { taskId: id, jobUrl, userId, resumeId, mode, platform, ...of };
}
