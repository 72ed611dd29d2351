import type { Context } from "@hatchet-dev/typescript-sdk";
import { ResumeParseInput, type ResumeStepName, toValetError } from "@valet/contracts";
import { z } from "zod";
import type { WorkerDeps } from "../deps.ts";
import type { ResumeRun } from "../resume-parse/find-own-try.ts";
import { parseInput } from "./parse-input.ts";
import { tellEngine } from "./tell-engine.ts";
import { toHatchetError } from "./to-hatchet-error.ts";

interface ResumeStep<T> {
  readonly name: ResumeStepName;
  readonly ctx: Context<unknown>;
  readonly body: (run: ResumeRun, signal: AbortSignal) => Promise<T>;
}

const Epoch = z.coerce.number().int().min(1).optional().catch(undefined);

/** The way from the engine into a step of `resume-parse`, as `runStep` is into one of an application. */
export function runResumeStep<T extends object>(
  deps: WorkerDeps,
  { name, ctx, body }: ResumeStep<T>,
): Promise<T> {
  return deps.inFlight.during(async () => {
    const run = resumeRunOf(ctx);
    const { resumeId } = run;
    const attempt = ctx.retryCount();
    const workflowRunId = ctx.workflowRunId();
    const log = deps.log.child({ resumeId, workflowRunId, step: name, attempt });
    const speaker = { name, ctx, about: { resumeId }, log };
    try {
      log.info("step started");
      const said = tellEngine(speaker, "started");
      await deps.checkpoint(`${name}:start`, resumeId);
      const startedAt = performance.now();
      const result = await body(run, ctx.abortController.signal);
      deps.metrics.worked(name, performance.now() - startedAt);
      log.info("step finished");
      await Promise.all([said, tellEngine(speaker, "finished")]);
      return result;
    } catch (error) {
      const { code } = toValetError(error);
      log.warn({ err: error, code }, "step failed");
      await tellEngine(speaker, `failed: ${code}`);
      throw toHatchetError(error);
    }
  });
}

export function resumeRunOf(ctx: Context<unknown>): ResumeRun {
  const { epoch } = ctx.additionalMetadata();
  return { ...parseInput(ResumeParseInput, ctx.input), epoch: Epoch.parse(epoch) };
}
