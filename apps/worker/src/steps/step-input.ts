import type { JobApplicationInput } from "@valet/contracts";
import type { StepTry } from "@valet/db";

/** What is known of the run. */
export interface RunInput {
  readonly job: JobApplicationInput;
  readonly runId: string;
  readonly workerId: string;
}

/** What a step knows of where it runs. */
export interface StepInput extends RunInput {
  readonly turn: StepTry;
}
