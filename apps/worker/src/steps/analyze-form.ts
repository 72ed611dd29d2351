import { type UnansweredQuestion, ValetError } from "@valet/contracts";
import { enterState, findResume, getProfile, writeTask } from "@valet/db";
import { openApplicationForm, planFields, unansweredQuestions } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { endApplication } from "./end-application.ts";
import { endWithoutForm } from "./end-without-form.ts";
import type { StepInput } from "./step-input.ts";
import { type AnalyzeFormOutput, type Passed, superseded } from "./step-result.ts";

/** Finds the application form, understands its first page and says what nobody has answered yet. */
export async function analyzeForm(
  deps: WorkerDeps,
  input: StepInput,
  signal: AbortSignal,
): Promise<AnalyzeFormOutput | Passed> {
  const { runId, turn } = input;
  const { taskId } = input.job;
  const isOwner = await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return false;
    enterState(write, "analyzing");
    return true;
  });
  if (!isOwner) return superseded;
  return onPage(deps, { runId, taskId, turn }, (use) => analyzePage(deps, input, use), signal);
}

async function analyzePage(
  deps: WorkerDeps,
  { job, runId }: StepInput,
  { live: { page }, signal }: PageUse,
): Promise<AnalyzeFormOutput | Passed> {
  const { taskId, userId } = job;
  const opened = await openApplicationForm(page, signal);
  // Chromium shows its own page where no answer came; time may mend that, so the step is retried.
  if (page.url().startsWith("chrome-error:")) throw siteUnreachable();
  if (opened.kind !== "form") {
    return endApplication(deps, { taskId, runId, end: endWithoutForm(opened.kind) }, signal);
  }
  const [profile, resume] = await Promise.all([
    getProfile(deps.db, userId),
    findResume(deps.db, { id: job.resumeId, userId }),
  ]);
  const { fields } = opened.form;
  const plan = planFields({
    fields,
    profile,
    resume: resume === undefined ? null : { fileName: resume.fileName },
    today: new Date().toISOString().slice(0, 10),
  });
  const questions = unansweredQuestions(fields, plan);
  if (questions.length > 0) {
    return endApplication(deps, { taskId, runId, end: endWithQuestions(questions) }, signal);
  }
  return {
    fields: fields.length,
    planned: plan.filter(({ action }) => action === "fill").length,
    skipped: plan.filter(({ action }) => action === "skip").length,
  };
}

function siteUnreachable(): ValetError {
  return new ValetError(
    "PAGE_UNREACHABLE",
    "The job's site did not answer. Nothing was sent. Try again later.",
  );
}

/** Nothing is guessed: what is required and unknown ends the application and is listed. */
export function endWithQuestions(questions: readonly UnansweredQuestion[]) {
  const [verb, them] =
    questions.length === 1 ? ["question that has", "it"] : ["questions that have", "them"];
  return {
    outcome: "not_submitted" as const,
    reason: "QUESTION_UNANSWERED" as const,
    message: `The form asks ${questions.length} required ${verb} no answer in your profile. Nothing was sent. Add ${them} with \`valet profile set\` and apply again.`,
    questions,
  };
}
