import type { Context } from "@hatchet-dev/typescript-sdk";
import { parseInput } from "./parse-input.ts";
import { JobApplicationInput, type StepName, toValetError } from "@valet/contracts";
import { findTask, recordStepEnd, recordStepStart, reportProgress, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import type { StepInput } from "../steps/step-input.ts";
import { isPassed } from "../steps/step-result.ts";
import { stepTexts } from "../steps/step-texts.ts";
import { toHatchetError } from "./to-hatchet-error.ts";

/** What the engine gives to every task of the DAG; the input is parsed here and nowhere trusted. */
export type StepContext = Context<unknown>;

interface Step<T> {
  readonly name: StepName;
  readonly ctx: StepContext;
  readonly body: (input: StepInput, signal: AbortSignal) => Promise<T>;
  /** A durable step may wait for days; it is resumed elsewhere and holds up no stop. */
  readonly waits?: boolean;
  /** What a person reads at the end, where it depends on the result. */
  readonly endMessage?: (result: T) => string;
}

/**
 * The one way from the engine into a step: parses the input, says that the step starts and ends in
 * both logs, in the event log and in the run view, and turns what is thrown into the engine's terms.
 */
export async function runStep<T extends object>(deps: WorkerDeps, step: Step<T>): Promise<T> {
  return step.waits === true
    ? runOwnStep(deps, step)
    : deps.inFlight.during(() => runOwnStep(deps, step));
}

async function runOwnStep<T extends object>(
  deps: WorkerDeps,
  { name, ctx, body, endMessage }: Step<T>,
): Promise<T> {
  const input = stepInputOf(ctx);
  const { runId } = input;
  const { taskId } = input.job;
  const attempt = ctx.retryCount();
  const log = deps.log.child({ taskId, workflowRunId: runId, step: name, attempt });
  const tried = { runId, step: name, attempt };
  try {
    log.info("step started");
    await ctx.logger.info(`${name} started`, { taskId });
    if ((await findTask(deps.db, { id: taskId })) !== undefined) {
      await recordStepStart(deps.db, { ...tried, taskId, workerId: input.workerId });
    }
    await deps.checkpoint(`${name}:start`, taskId);
    await report(deps, { ...input, name, ...stepTexts[name].starts });
    const result = await body(input, ctx.abortController.signal);
    if (!isPassed(result)) {
      const { pct, message } = stepTexts[name].ends;
      await report(deps, { ...input, name, pct, message: endMessage?.(result) ?? message });
    }
    await recordStepEnd(deps.db, {
      ...tried,
      result: isPassed(result) ? (Object.keys(result)[0] ?? "done") : "done",
    });
    await deps.checkpoint(`${name}:end`, taskId);
    log.info("step finished");
    await ctx.logger.info(`${name} finished`, { taskId });
    return result;
  } catch (error) {
    const { code } = toValetError(error);
    log.warn({ err: error, code }, "step failed");
    await recordStepEnd(deps.db, { ...tried, result: code }).catch(() => undefined);
    throw toHatchetError(error);
  }
}

export function stepInputOf(ctx: StepContext): StepInput {
  return {
    job: parseInput(JobApplicationInput, ctx.input),
    runId: ctx.workflowRunId(),
    workerId: ctx.worker.id() ?? "",
  };
}

/** Only the run that owns the task speaks in its log; before the claim nobody does. */
async function report(
  { writer }: WorkerDeps,
  {
    job,
    runId,
    name,
    pct,
    message,
  }: StepInput & { readonly name: StepName; readonly pct: number; readonly message: string },
): Promise<void> {
  await writeTask(writer, job.taskId, async (write) => {
    if (write.task.runId !== runId || write.task.finishedAt !== null) return;
    await reportProgress(write, { step: name, pct, message });
  });
}
