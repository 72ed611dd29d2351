import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { ResumeParseInput, engineEvents, resumeRunKey, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import { resumeRunOf, runResumeStep } from "../engine/run-resume-step.ts";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { extractText } from "../resume-parse/extract-text.ts";
import { llmParse } from "../resume-parse/llm-parse.ts";
import { onParseFailure } from "../resume-parse/on-parse-failure.ts";
import { ParseStepOutput } from "../resume-parse/resume-step-result.ts";
import { saveResults } from "../resume-parse/save-results.ts";

const backoff = { factor: 2, maxSeconds: 60 } as const;
const options = { scheduleTimeout: "5m", retries: 3, backoff } as const;

/** From an uploaded file to what it says: names and order of the steps are a contract (design §4). */
export function createResumeParse(hatchet: HatchetClient, deps: WorkerDeps) {
  const workflow = hatchet.workflow({
    name: workflowNames.resumeParse,
    description: "Reads a résumé and keeps what it says, each value with its place",
    sticky: StickyStrategy.SOFT,
    onEvents: [engineEvents.resumeUploaded],
    inputValidator: ResumeParseInput,
    idempotency: resumeRunKey,
  });

  const extractTextTask = workflow.task({
    name: "extract-text",
    ...options,
    executionTimeout: "60s",
    fn: (_, ctx) =>
      runResumeStep(deps, {
        name: "extract-text",
        ctx,
        body: (run, signal) => extractText(deps, run, signal),
      }),
  });

  const llmParseTask = workflow.task({
    name: "llm-parse",
    ...options,
    executionTimeout: "120s",
    parents: [extractTextTask],
    fn: async (_, ctx) => {
      const extracted = parseInput(ParseStepOutput, await ctx.parentOutput(extractTextTask));
      return runResumeStep(deps, {
        name: "llm-parse",
        ctx,
        body: (run, signal) => llmParse(deps, { run, extracted }, signal),
      });
    },
  });

  workflow.task({
    name: "save-results",
    ...options,
    executionTimeout: "30s",
    parents: [llmParseTask],
    fn: async (_, ctx) => {
      const parsed = parseInput(ParseStepOutput, await ctx.parentOutput(llmParseTask));
      return runResumeStep(deps, {
        name: "save-results",
        ctx,
        body: (run) => saveResults(deps, run, parsed),
      });
    },
  });

  workflow.onFailure({
    executionTimeout: "30s",
    retries: 3,
    backoff,
    fn: async (_, ctx) => {
      try {
        await onParseFailure(deps, resumeRunOf(ctx));
        return {};
      } catch (error) {
        throw toHatchetError(error);
      }
    },
  });

  return workflow;
}
