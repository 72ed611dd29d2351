import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ValetError } from "@valet/contracts";
import { findResume } from "@valet/db";
import type { WorkerDeps } from "./deps.ts";

export interface ResumeFile extends AsyncDisposable {
  readonly path: string;
  readonly fileName: string;
  readonly sha256: string;
}

/**
 * The person's résumé as a file a browser can attach, under the name it was uploaded with, for as
 * long as the step needs it.
 */
export async function openResumeFile(
  { db, store }: WorkerDeps,
  owner: { readonly resumeId: string; readonly userId: string; readonly runId: string },
  signal: AbortSignal,
): Promise<ResumeFile> {
  const resume = await findResume(db, { id: owner.resumeId, userId: owner.userId });
  const stored = resume === undefined ? undefined : await store.get(resume.storageKey, signal);
  if (resume === undefined || stored === undefined || stored.sha256 !== resume.sha256) {
    throw new ValetError(
      "OBJECT_NOT_FOUND",
      "The stored résumé is missing or damaged. Nothing was sent. Upload it again and start a new application.",
      { resumeId: owner.resumeId },
    );
  }
  const folder = path.join(tmpdir(), `valet-resume-${owner.runId}-${crypto.randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  const file = path.join(folder, resume.fileName);
  await writeFile(file, stored.body, { mode: 0o600 });
  return {
    path: file,
    fileName: resume.fileName,
    sha256: resume.sha256,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
