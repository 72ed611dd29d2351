import type { JobApplicationInput, RunMetadata } from "@valet/contracts";

/** Put on every child, so that one search on the engine follows one application. */
export function runMetadata(job: JobApplicationInput): Record<string, string> {
  const { taskId, platform, mode, batchId } = job;
  const of = batchId === undefined ? {} : { batchId };
  return { taskId, platform, source: "worker", mode, ...of } satisfies RunMetadata;
}
