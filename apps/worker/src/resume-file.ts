import { ValetError } from "@valet/contracts";
import { findResume } from "@valet/db";
import type { FileToAttach } from "@valet/forms";
import type { WorkerDeps } from "./deps.ts";

/**
 * The person's résumé as a form is given it, under the name it was uploaded with. In memory alone: a
 * copy on this machine's disk would outlive a killed worker.
 */
export async function readResumeFile(
  { db, store }: WorkerDeps,
  owner: { readonly resumeId: string; readonly userId: string },
  signal: AbortSignal,
): Promise<FileToAttach> {
  const resume = await findResume(db, { id: owner.resumeId, userId: owner.userId });
  const stored = resume === undefined ? undefined : await store.get(resume.storageKey, signal);
  if (resume === undefined || stored === undefined || stored.sha256 !== resume.sha256) {
    throw objectNotFound(owner.resumeId);
  }
  return { bytes: stored.body, fileName: resume.fileName, sha256: resume.sha256 };
}

export function objectNotFound(resumeId: string): ValetError {
  return new ValetError(
    "OBJECT_NOT_FOUND",
    "The stored résumé is missing or damaged. Nothing was sent. Upload it again and start a new application.",
    { resumeId },
  );
}
