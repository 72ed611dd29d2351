import { applicantKey } from "../applicant-key.ts";
import { findErrors } from "../find-errors.ts";
import type { FieldErrors } from "../form-field.ts";
import { readMultipart } from "../read-multipart.ts";
import { questionsPage } from "./form-pages.ts";
import { hasErrors, questionFields } from "./plain-form.ts";
import { submitReplies } from "../submit-replies.ts";
import { draftPath } from "./plain-paths.ts";
import { record, show, type DraftVisit } from "./visit.ts";

export async function showQuestions({ reply, job, draft }: DraftVisit): Promise<unknown> {
  return await show(reply, questionsPage({ job, draft, values: draft.answers, errors: {} }));
}

export async function takeQuestions(visit: DraftVisit): Promise<unknown> {
  const { drafts, request, reply, job, draft } = visit;
  const { values, sent } = await readMultipart(request);
  const resume = sent.kind === "file" ? sent.file : draft.resume;
  const next = { ...draft, answers: values, resume };
  const isFirstSave = Object.keys(draft.answers).length === 0;
  const errors: FieldErrors = {
    ...(isFirstSave && job.variant.failsFirstSave && { resume: submitReplies.notSaved }),
    ...findErrors(questionFields(job), { ...values, resume: resume?.name ?? "" }),
    ...(sent.kind === "refused" && { resume: sent.reason }),
  };
  await record(visit, {
    kind: "upload",
    stored: !hasErrors(errors),
    applicantKey: applicantKey(draft.contact),
    fields: values,
    file: sent.kind === "none" ? undefined : sent.file,
  });
  drafts.save(next);
  if (!hasErrors(errors)) return await reply.redirect(draftPath(job, next, "review"), 303);
  return await show(reply, questionsPage({ job, draft: next, values, errors }), 422);
}
