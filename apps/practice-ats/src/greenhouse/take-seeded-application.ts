import { createHash } from "node:crypto";

import type { FastifyReply, FastifyRequest } from "fastify";

import { applicantKey } from "../applicant-key.ts";
import { findErrors } from "../find-errors.ts";
import type { FieldErrors, FieldValues } from "../form-field.ts";
import { pause } from "../pause.ts";
import type { SiteDeps } from "../site-deps.ts";
import { rejection, submitReplies } from "../submit-replies.ts";
import type { Uploads } from "./create-uploads.ts";
import { allFields, type FormSections } from "./form-sections.ts";
import type { SubmitResult } from "./posting.ts";
import type { SubmitBody } from "./submit-body.ts";
import { accepted, fileOf, withFileNames } from "./take-application.ts";

interface SubmitDeps extends SiteDeps {
  readonly uploads: Uploads;
}

interface Submit {
  readonly request: FastifyRequest<{ Body: SubmitBody }>;
  readonly reply: FastifyReply;
  readonly form: FormSections;
  readonly quirks: ReadonlySet<string>;
  readonly board: string;
  readonly job: string;
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeSeededApplication(deps: SubmitDeps, submit: Submit): Promise<unknown> {
  const { request, reply, form, quirks, board, job } = submit;
  const { answers, securityCode } = request.body;
  const resume = fileOf(deps.uploads, answers, "resume");
  const files = { resume, cover_letter: fileOf(deps.uploads, answers, "cover_letter") };
  const fields = withFileNames(withoutPlace(answers), files);
  const errors = { ...findErrors(allFields(form), fields), ...placeErrors(answers) };
  const code = securityCodeOf(job, answers);
  const needsCode = quirks.has("code") && securityCode?.toUpperCase() !== code;
  const isValid = Object.keys(errors).length === 0 && !quirks.has("invalid");
  const line = { site: "greenhouse", board, job, requestId: request.id };
  await deps.ledger.append({
    ...line,
    kind: "application",
    stored: isValid && !needsCode && !quirks.has("closed") && !quirks.has("already-applied"),
    applicantKey: applicantKey(answers),
    fields,
    file: resume,
  });
  const answer = (status: number, result: SubmitResult) => reply.code(status).send(result);
  if (quirks.has("closed")) {
    return await answer(410, { kind: "error", message: submitReplies.closed });
  }
  if (!isValid) return await answer(422, { kind: "invalid", errors: shownErrors(errors) });
  if (needsCode) {
    const recipient = applicantKey(answers) ?? "";
    // The mail: whoever may read it finds the code here.
    await deps.ledger.append({ ...line, kind: "code", stored: true, fields: { recipient, code } });
    return await answer(428, { kind: "captcha-failed", recipient });
  }
  if (quirks.has("already-applied")) {
    return await answer(409, { kind: "already-applied", message: submitReplies.alreadyApplied });
  }
  if (quirks.has("slow")) await pause(deps.slowMs, deps.stopping);
  if (quirks.has("soft-error")) {
    return await answer(200, { kind: "error", message: submitReplies.softError });
  }
  return await answer(200, accepted(request.id));
}

function shownErrors(errors: FieldErrors): FieldErrors {
  return Object.keys(errors).length === 0 ? rejection : errors;
}

/** Eight letters and digits, the same for one person and job. */
export function securityCodeOf(job: string, answers: FieldValues): string {
  const text = `${job} ${applicantKey(answers) ?? ""}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
}

/** A place comes with its coordinates; words alone are none. */
function placeErrors(answers: FieldValues): FieldErrors {
  const isFound = Boolean(answers["latitude"]) && Boolean(answers["longitude"]);
  return isFound ? {} : { "candidate-location": "Choose your location from the list" };
}

function withoutPlace(answers: FieldValues): FieldValues {
  const { latitude: _latitude, longitude: _longitude, ...others } = answers;
  return others;
}
