import type { FastifyReply, FastifyRequest } from "fastify";

import { applicantKey } from "../applicant-key.ts";
import { confirmationNumber } from "../confirmation-number.ts";
import { findErrors } from "../find-errors.ts";
import type { FieldErrors, FieldValues } from "../form-field.ts";
import { isStored, type Job } from "../job-catalogue.ts";
import type { LedgerFile } from "../ledger.ts";
import { pause } from "../pause.ts";
import type { SiteDeps } from "../site-deps.ts";
import { rejection, submitReplies } from "../submit-replies.ts";
import type { Uploads } from "./create-uploads.ts";
import { allFields } from "./form-sections.ts";
import { greenhouseForm } from "./greenhouse-form.ts";
import type { SubmitResult } from "./posting.ts";
import type { SubmitBody } from "./submit-body.ts";

interface SubmitDeps extends SiteDeps {
  readonly uploads: Uploads;
}

interface Submit {
  readonly request: FastifyRequest<{ Params: { board: string }; Body: SubmitBody }>;
  readonly reply: FastifyReply;
  readonly job: Job;
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeApplication(
  { ledger, uploads, slowMs, stopping }: SubmitDeps,
  { request, reply, job }: Submit,
): Promise<unknown> {
  const { answers } = request.body;
  const resume = fileOf(uploads, answers, "resume");
  const coverLetter = fileOf(uploads, answers, "cover_letter");
  const errors = errorsOf(job, answers, { resume, cover_letter: coverLetter });
  const isValid = Object.keys(errors).length === 0;
  const { isClosed, submitAnswer } = job.variant;
  await ledger.append({
    kind: "application",
    stored: isValid && !isClosed && isStored(submitAnswer),
    site: "greenhouse",
    board: request.params.board,
    job: job.name,
    requestId: request.id,
    applicantKey: applicantKey(answers),
    fields: withFileNames(answers, { resume, cover_letter: coverLetter }),
    file: resume,
  });

  const answer = (status: number, result: SubmitResult) => reply.code(status).send(result);
  if (isClosed) return await answer(410, { kind: "error", message: submitReplies.closed });
  if (!isValid) return await answer(422, { kind: "invalid", errors });
  switch (submitAnswer) {
    case "slow":
      await pause(slowMs, stopping);
      return await answer(200, accepted(request.id));
    case "accepted":
      return await answer(200, accepted(request.id));
    case "invalid":
      return await answer(422, { kind: "invalid", errors: rejection });
    case "already-applied":
      return await answer(409, {
        kind: "already-applied",
        message: submitReplies.alreadyApplied,
      });
    case "soft-error":
      return await answer(200, { kind: "error", message: submitReplies.softError });
    case "silent":
      reply.hijack();
      request.raw.socket.destroy();
      return undefined;
  }
}

export type Files = Readonly<Record<string, LedgerFile | undefined>>;

export function accepted(requestId: string): SubmitResult {
  return { kind: "accepted", applicationId: confirmationNumber(requestId) };
}

export function fileOf(uploads: Uploads, answers: FieldValues, id: string): LedgerFile | undefined {
  return uploads.find(textOf(answers, id) ?? "");
}

function errorsOf(job: Job, answers: FieldValues, files: Files): FieldErrors {
  const known = Object.fromEntries(
    Object.entries(answers).filter(([id]) => !(id in files) || files[id] !== undefined),
  );
  return findErrors(allFields(greenhouseForm(job)), known);
}

/** An upload is answered with its id; what a person chose is the file's name. */
export function withFileNames(answers: FieldValues, files: Files): FieldValues {
  return Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [id, files[id]?.name ?? value]),
  );
}

function textOf(answers: FieldValues, id: string): string | undefined {
  const value = answers[id];
  return typeof value === "string" ? value : undefined;
}
