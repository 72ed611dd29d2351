import type { JobApplicationInput } from "@valet/contracts";

/** What a step knows of where it runs. */
export interface StepInput {
  readonly job: JobApplicationInput;
  readonly runId: string;
  readonly workerId: string;
}
