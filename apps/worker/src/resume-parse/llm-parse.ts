import type { Model } from "@valet/ai";
import { findParse, keepParse } from "@valet/db";
import { refineResume } from "@valet/resume";
import type { WorkerDeps } from "../deps.ts";
import type { ResumeRun } from "./find-own-try.ts";
import type { ParseStepOutput } from "./resume-step-result.ts";

export type LlmParseDeps = Pick<WorkerDeps, "db" | "store" | "parser" | "modelFor" | "log">;

interface LlmParse {
  readonly run: ResumeRun;
  readonly extracted: ParseStepOutput;
}

/**
 * Where a model is configured it may point at what the rules missed. Whatever becomes of that, what was read
 * by rule is the least there is: a model that is slow, down or wrong costs nobody their résumé.
 */
export async function llmParse(
  deps: LlmParseDeps,
  { run, extracted }: LlmParse,
  signal: AbortSignal,
): Promise<ParseStepOutput> {
  const { modelFor } = deps;
  if (modelFor === undefined || !("values" in extracted)) return extracted;
  const { resumeId, userId } = run;
  try {
    const model = modelFor({ purpose: "resume", userId, about: { resumeId } });
    return (await refine({ ...deps, model }, { run, epoch: extracted.epoch }, signal)) ?? extracted;
  } catch (error) {
    signal.throwIfAborted();
    deps.log.warn({ resumeId: run.resumeId, err: error }, "a résumé was not refined");
    return extracted;
  }
}

async function refine(
  { db, store, parser, model, log }: Omit<LlmParseDeps, "modelFor"> & { readonly model: Model },
  { run, epoch }: { readonly run: ResumeRun; readonly epoch: number },
  signal: AbortSignal,
): Promise<ParseStepOutput | undefined> {
  const { resumeId } = run;
  const parsed = await findParse(db, { resumeId, epoch });
  const stored = await store.get(run.storageKey, signal);
  if (parsed === undefined || stored === undefined) return undefined;
  const lines = await parser.readLines(stored.body, signal);
  const refined = await refineResume(
    { parsed, lines },
    (question, stop) => model.ask(question, stop),
    signal,
  );
  const { isRefined, outcome, dropped, usage } = refined;
  log.info({ resumeId, isRefined, outcome, dropped, ...usage }, "a model looked at a résumé");
  if (!isRefined) return undefined;
  await keepParse(db, { resumeId, epoch }, { parsed: refined.parsed, lines, isRefined });
  return { epoch, values: Object.keys(refined.parsed.sources).length };
}
