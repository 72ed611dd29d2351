import { type UnansweredQuestion, ValetError } from "@valet/contracts";
import { enterState, findResume, getProfile, writeTask } from "@valet/db";
import { readPosting } from "@valet/forms";
import { adapterOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { askQuestions } from "./ask-questions.ts";
import { endApplication } from "./end-application.ts";
import { endWithoutForm } from "./end-without-form.ts";
import { findCaptchaWall } from "./find-captcha-wall.ts";
import { findSiteWall } from "./find-site-wall.ts";
import { planPage } from "./plan-page.ts";
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
  const posted = await readPosting(page, signal);
  const opened = await openSiteForm(
    { page, adapter: adapterOf(job.platform), isFirst: true },
    signal,
  );
  // Chromium shows its own page where no answer came; time may mend that, so the step is retried.
  if (page.url().startsWith("chrome-error:")) throw siteUnreachable();
  if (opened.kind !== "form") {
    // A page that is known for what it is needs no other reading.
    const wall = opened.kind === "unknown" ? await findWall(page, signal) : undefined;
    const end = wall ?? endWithoutForm(opened.kind);
    return endApplication(deps, { taskId, runId, end }, signal);
  }
  const [profile, resume] = await Promise.all([
    getProfile(deps.db, userId),
    findResume(deps.db, { id: job.resumeId, userId }),
  ]);
  const { fields } = opened.form;
  const plan = planPage({
    profile,
    mode: job.mode,
    fields,
    resume: resume === undefined ? null : { fileName: resume.fileName },
    posting: { ...posted, ...(await readPosting(page, signal)) },
  });
  const questions = await askQuestions({ page, form: opened.form, plan }, signal);
  if (questions.length > 0) {
    return endApplication(deps, { taskId, runId, end: endWithQuestions(questions) }, signal);
  }
  return {
    fields: fields.length,
    planned: plan.filter(({ action }) => action === "fill").length,
    skipped: plan.filter(({ action }) => action === "skip").length,
  };
}

async function findWall(page: PageUse["live"]["page"], signal: AbortSignal) {
  return (await findCaptchaWall(page, signal)) ?? (await findSiteWall(page, signal));
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
