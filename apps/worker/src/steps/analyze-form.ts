import { type ReasonCode, type UnansweredQuestion, ValetError } from "@valet/contracts";
import { enterState, findResume, getProfile, writeTask } from "@valet/db";
import {
  type OpenedForm,
  openApplicationForm,
  planFields,
  unansweredQuestions,
} from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { endApplication } from "./end-application.ts";
import type { StepInput } from "./step-input.ts";
import { type AnalyzeFormOutput, type Passed, superseded } from "./step-result.ts";

/** Finds the application form, understands its first page and says what nobody has answered yet. */
export async function analyzeForm(
  deps: WorkerDeps,
  { job, runId }: StepInput,
  signal: AbortSignal,
): Promise<AnalyzeFormOutput | Passed> {
  const { taskId, userId } = job;
  const isOwner = await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return false;
    await enterState(write, "analyzing");
    return true;
  });
  if (!isOwner) return superseded;

  const { page } = await deps.sessions.attach({ runId, taskId }, signal);
  const opened = await openApplicationForm(page, signal);
  // Chromium shows its own page where no answer came; time may mend that, so the step is retried.
  if (page.url().startsWith("chrome-error:")) throw siteUnreachable();
  if (opened.kind !== "form") {
    return endApplication(deps, { taskId, runId, end: endingWithoutForm(opened.kind) }, signal);
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

type NoForm = Exclude<OpenedForm["kind"], "form">;

function endingWithoutForm(kind: NoForm) {
  if (kind === "already_applied") {
    return {
      outcome: "already_applied" as const,
      reason: "ALREADY_APPLIED" as const,
      message: "The site says that you have already applied for this job. Nothing was sent again.",
    };
  }
  return { outcome: "not_submitted" as const, ...withoutForm[kind] };
}

const withoutForm: Readonly<
  Record<
    Exclude<NoForm, "already_applied">,
    { readonly reason: ReasonCode; readonly message: string }
  >
> = {
  closed: {
    reason: "POSTING_CLOSED",
    message: "The employer no longer takes applications for this job. Nothing was sent.",
  },
  not_found: {
    reason: "PAGE_NOT_FOUND",
    message: "There is no page at this job address any more. Nothing was sent. Check the address.",
  },
  site_error: {
    reason: "PAGE_UNREACHABLE",
    message: "The job's site answered with an error. Nothing was sent. Try again later.",
  },
  elsewhere: {
    reason: "FORM_NOT_FOUND",
    message:
      "This page sends applicants to another site. Nothing was sent. Use the address of the application form there.",
  },
  posting: formNotFound(),
  confirmation: formNotFound(),
  unknown: formNotFound(),
};

function formNotFound() {
  return {
    reason: "FORM_NOT_FOUND",
    message:
      "No application form was found on this page. Nothing was sent. Use the address of the application form itself.",
  } as const;
}
