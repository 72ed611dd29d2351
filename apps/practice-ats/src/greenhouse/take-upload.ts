import type { FastifyRequest } from "fastify";

import { findJob } from "../job-catalogue.ts";
import type { Ledger } from "../ledger.ts";
import { readMultipart, type SentFile } from "../read-multipart.ts";
import type { Uploads } from "./create-uploads.ts";
import type { UploadResult } from "./posting.ts";

interface UploadDeps {
  readonly ledger: Ledger;
  readonly uploads: Uploads;
}

/** Takes one file of a form. The form names the job and which of its files this is. */
export async function takeUpload(
  { ledger, uploads }: UploadDeps,
  request: FastifyRequest<{ Params: { board: string } }>,
): Promise<UploadResult> {
  const { values, sent } = await readMultipart(request);
  const jobName = values["job"] ?? "";
  const refusal = refusalOf(jobName, sent);
  await ledger.append({
    kind: "upload",
    stored: refusal === undefined,
    site: "greenhouse",
    board: request.params.board,
    job: jobName,
    requestId: request.id,
    fields: { field: values["field"] ?? "" },
    file: sent.kind === "none" ? undefined : sent.file,
  });
  if (refusal !== undefined || sent.kind === "none") {
    return { kind: "refused", reason: refusal ?? "No file was sent" };
  }
  return { kind: "uploaded", uploadId: uploads.add(sent.file), fileName: sent.file.name };
}

function refusalOf(jobName: string, sent: SentFile): string | undefined {
  if (sent.kind === "none") return "No file was sent";
  if (sent.kind === "refused") return sent.reason;
  const job = findJob(jobName);
  return job && !job.variant.isClosed ? undefined : "This job takes no applications";
}
