import { applicantKey } from "../applicant-key.ts";
import { confirmationNumber } from "../confirmation-number.ts";
import { findErrors } from "../find-errors.ts";
import { isStored, type Job } from "../job-catalogue.ts";
import { pause } from "../pause.ts";
import { rejection, submitReplies } from "../submit-replies.ts";
import type { Draft } from "./create-drafts.ts";
import { isCaptchaSolved } from "./captcha.ts";
import { contactPage, reviewPage } from "./form-pages.ts";
import { contactFields, hasErrors, questionFields } from "./plain-form.ts";
import { messagePage, missingPage, thanksPage } from "./plain-pages.ts";
import { draftPath, jobPath } from "./plain-paths.ts";
import { readFields, record, show, type DraftVisit, type Visit } from "./visit.ts";

export async function showReview({ reply, job, draft }: DraftVisit): Promise<unknown> {
  if (isComplete(job, draft)) return await show(reply, reviewPage(job, draft));
  return await reply.redirect(draftPath(job, draft, "questions"), 303);
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeApplication(visit: DraftVisit): Promise<unknown> {
  const { request, reply, job, draft } = visit;
  const solved = !job.variant.hasCaptcha || isCaptchaSolved(draft, readFields(request.body));
  const complete = isComplete(job, draft) && solved;
  const answer = job.variant.submitAnswer;
  await record(visit, {
    kind: "application",
    stored: complete && isStored(answer),
    applicantKey: applicantKey(draft.contact),
    fields: { ...draft.contact, ...draft.answers },
    file: draft.resume,
  });
  if (!complete) {
    return await reply.redirect(draftPath(job, draft, solved ? "questions" : "review"), 303);
  }
  switch (answer) {
    case "accepted":
    case "slow":
      return await reply.redirect(
        `${jobPath(job)}/thanks?id=${confirmationNumber(request.id)}`,
        303,
      );
    case "invalid": {
      const values = draft.contact;
      return await show(reply, contactPage({ job, draft, values, errors: rejection }), 422);
    }
    case "already-applied":
      return await show(
        reply,
        messagePage(submitReplies.alreadyApplied, "We keep your first one."),
      );
    case "soft-error":
      return await show(reply, messagePage("Sorry", submitReplies.softError));
    case "silent":
      reply.hijack();
      request.raw.socket.destroy();
      return undefined;
  }
}

/** Shows a confirmation number only if an application in the ledger has it. */
export async function showThanks({ deps, request, reply, job }: Visit): Promise<unknown> {
  if (job.variant.submitAnswer === "slow") await pause(deps.slowMs, deps.stopping);
  const given = readFields(request.query)["id"];
  const stored = (await deps.ledger.entries()).find(
    (entry) =>
      entry.site === "plain" &&
      entry.job === job.name &&
      entry.kind === "application" &&
      entry.stored &&
      confirmationNumber(entry.requestId) === given,
  );
  if (!stored) return await show(reply, missingPage(), 404);
  return await show(reply, thanksPage(job, confirmationNumber(stored.requestId)));
}

function isComplete(job: Job, draft: Draft): boolean {
  const answers = { ...draft.answers, resume: draft.resume?.name ?? "" };
  return (
    !hasErrors(findErrors(contactFields, draft.contact)) &&
    !hasErrors(findErrors(questionFields(job), answers))
  );
}
