import type { WorkerDeps } from "../deps.ts";
import type { ResumeRun } from "./find-own-try.ts";
import type { ParseStepOutput } from "./resume-step-result.ts";

interface LlmParse {
  readonly run: ResumeRun;
  readonly extracted: ParseStepOutput;
}

/** No model is configured: what was read by rule stands. */
export async function llmParse(
  _deps: WorkerDeps,
  { extracted }: LlmParse,
  _signal: AbortSignal,
): Promise<ParseStepOutput> {
  return extracted;
}
