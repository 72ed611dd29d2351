import type { FastifyRequest } from "fastify";

import type { Ledger } from "../ledger.ts";
import { readMultipart, type SentFile } from "../read-multipart.ts";
import type { Uploads } from "./create-uploads.ts";
import type { UploadResult } from "./posting.ts";

interface UploadDeps {
  readonly ledger: Ledger;
  readonly uploads: Uploads;
  /** Whether the job of this name takes applications. */
  readonly isOpen: (job: string) => boolean;
}

/** Takes one file of a form. The form names the job and which of its files this is. */
export async function takeUpload(
  { ledger, uploads, isOpen }: UploadDeps,
  { request, board }: { readonly request: FastifyRequest; readonly board: string },
): Promise<UploadResult> {
  const { values, sent } = await readMultipart(request);
  const jobName = values["job"] ?? "";
  const refusal =
    refusalOf(sent) ?? (isOpen(jobName) ? undefined : "This job takes no applications");
  await ledger.append({
    kind: "upload",
    stored: refusal === undefined,
    site: "greenhouse",
    board,
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

function refusalOf(sent: SentFile): string | undefined {
  if (sent.kind === "none") return "No file was sent";
  return sent.kind === "refused" ? sent.reason : undefined;
}
