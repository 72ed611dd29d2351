import type { Job } from "../job-catalogue.ts";
import type { Draft } from "./create-drafts.ts";

export function jobPath(job: Job): string {
  return `/plain/jobs/${job.name}`;
}

export function draftPath(
  job: Job,
  draft: Draft,
  page: "contact" | "questions" | "review",
): string {
  return `${jobPath(job)}/apply/${draft.id}/${page}`;
}
