import type { Context } from "@hatchet-dev/typescript-sdk";
import { parseInput } from "./parse-input.ts";
import { JobApplicationInput, type StepName, toValetError } from "@valet/contracts";
import {
  type StepTry,
  findTask,
  recordStepEnd,
  recordStepStart,
  reportProgress,
  writeTask,
} from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { startAnew } from "../steps/start-anew.ts";
import type { RunInput, StepInput } from "../steps/step-input.ts";
import { type Passed, ended, isPassed } from "../steps/step-result.ts";
import { stepTexts } from "../steps/step-texts.ts";
import { isParked } from "./is-parked.ts";
import { isOtherWaitSequence } from "./is-other-wait-sequence.ts";
import { listenForCancel } from "./listen-for-cancel.ts";
import { tellEngine } from "./tell-engine.ts";
import { toHatchetError } from "./to-hatchet-error.ts";

/** What the engine gives to every task of the DAG; the input is parsed here and nowhere trusted. */
export type StepContext = Context<unknown>;

interface Step<T> {
  readonly name: StepName;
  readonly ctx: StepContext;
  readonly body: (input: StepInput, signal: AbortSignal) => Promise<T>;
  /** What a person reads at the end, where it depends on the result. */
  readonly endMessage?: (result: T) => string;
}

/**
 * The one way from the engine into a step: parses the input, says that the step starts and ends in
 * both logs, in the event log and in the run view, and turns what is thrown into the engine's terms.
 */
export async function runStep<T extends object>(
  deps: WorkerDeps,
  step: Step<T>,
): Promise<T | Passed> {
  return deps.inFlight.during(() => runOwnStep(deps, step));
}

async function runOwnStep<T extends object>(
  deps: WorkerDeps,
  { name, ctx, body, endMessage }: Step<T>,
): Promise<T | Passed> {
  const run = runInputOf(ctx);
  const { runId } = run;
  const { taskId } = run.job;
  const attempt = ctx.retryCount();
  const log = deps.log.child({ taskId, workflowRunId: runId, step: name, attempt });
  const tried: StepTry = { runId, step: name, attempt };
  const input: StepInput = { ...run, turn: tried };
  const speaker = { name, ctx, about: { taskId }, log };
  const person = listenForCancel(deps, run.job);
  try {
    log.info("step started");
    const said = tellEngine(speaker, "started");
    const task = await findTask(deps.db, { id: taskId });
    // A cancel that reaches the engine between two steps stops neither: this one would wait for nobody.
    if (task?.state === "cancelled") {
      log.info("step passed over, the person has cancelled");
      return ended;
    }
    if (task !== undefined) {
      await recordStepStart(deps.db, { ...tried, taskId, workerId: input.workerId });
    }
    await deps.checkpoint(`${name}:start`, taskId);
    if (task?.runId === runId) await report(deps, { ...input, name, ...stepTexts[name].starts });
    const startedAt = performance.now();
    const result = await body(input, AbortSignal.any([ctx.abortController.signal, person.signal]));
    deps.metrics.worked(name, performance.now() - startedAt);
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
    await Promise.all([said, tellEngine(speaker, "finished")]);
    return result;
  } catch (error) {
    if (isParked(ctx)) {
      log.info("step parked");
      throw error;
    }
    if (person.signal.aborted) {
      log.info("step stopped, the person has cancelled");
      await recordStepEnd(deps.db, { ...tried, result: "ended" }).catch(() => undefined);
      return ended;
    }
    if (isOtherWaitSequence(error)) {
      log.warn({ err: error }, "the run was recorded by other code and is started anew");
      await recordStepEnd(deps.db, { ...tried, result: "superseded" });
      return startAnew(deps.writer, input);
    }
    if (ctx.abortController.signal.aborted) {
      log.info({ err: error }, "step stopped by the engine");
      await recordStepEnd(deps.db, { ...tried, result: "stopped" }).catch(() => undefined);
      throw toHatchetError(error);
    }
    const { code } = toValetError(error);
    log.warn({ err: error, code }, "step failed");
    await recordStepEnd(deps.db, { ...tried, result: code }).catch(() => undefined);
    await tellEngine(speaker, `failed: ${code}`);
    throw toHatchetError(error);
  } finally {
    await person.close();
  }
}

export function runInputOf(ctx: StepContext): RunInput {
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
    reportProgress(write, { step: name, pct, message });
  });
}
