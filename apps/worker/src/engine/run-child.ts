import type { Context } from "@hatchet-dev/typescript-sdk";
import { toValetError } from "@valet/contracts";
import { type ChildName, type StepTry, getTask, recordStepEnd, recordStepStart } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { type Passed, ended, isPassed } from "../steps/step-result.ts";
import { type PersonCancels, listenForCancel } from "./listen-for-cancel.ts";
import { tellEngine } from "./tell-engine.ts";
import { toHatchetError } from "./to-hatchet-error.ts";

interface Child<T> {
  readonly name: ChildName;
  readonly ctx: Context<unknown>;
  readonly taskId: string;
  readonly body: (turn: StepTry, signal: AbortSignal) => Promise<T>;
}

/** The way from the engine into a child of a step: says that it starts and ends, as `runStep` does. */
export async function runChild<T extends object>(
  deps: WorkerDeps,
  child: Child<T>,
): Promise<T | Passed> {
  return deps.inFlight.during(() => runOwnChild(deps, child));
}

async function runOwnChild<T extends object>(
  deps: WorkerDeps,
  { name, ctx, taskId, body }: Child<T>,
): Promise<T | Passed> {
  const turn: StepTry = { runId: ctx.workflowRunId(), step: name, attempt: ctx.retryCount() };
  const log = deps.log.child({ taskId, child: name, attempt: turn.attempt });
  const speaker = { name, ctx, about: { taskId }, log };
  let person: PersonCancels | undefined;
  try {
    const { userId, state } = await getTask(deps.db, { id: taskId });
    if (state === "cancelled") return ended;
    person = listenForCancel(deps, { taskId, userId });
    log.info(`${name} started`);
    const said = tellEngine(speaker, "started");
    await recordStepStart(deps.db, { ...turn, taskId, workerId: ctx.worker.id() ?? "" });
    await deps.checkpoint(`${name}:start`, taskId);
    const result = await body(turn, AbortSignal.any([ctx.abortController.signal, person.signal]));
    const passed = isPassed(result);
    await recordStepEnd(deps.db, { ...turn, result: passed ? "passed" : "done" });
    log.info({ passed }, `${name} finished`);
    await Promise.all([said, tellEngine(speaker, "finished")]);
    return result;
  } catch (error) {
    if (person?.signal.aborted === true) {
      log.info(`${name} stopped, the person has cancelled`);
      await recordStepEnd(deps.db, { ...turn, result: "passed" }).catch(() => undefined);
      return ended;
    }
    if (ctx.abortController.signal.aborted) {
      log.info({ err: error }, `${name} stopped by the engine`);
      await recordStepEnd(deps.db, { ...turn, result: "stopped" }).catch(() => undefined);
      throw toHatchetError(error);
    }
    const { code } = toValetError(error);
    log.warn({ err: error, code }, `${name} failed`);
    await recordStepEnd(deps.db, { ...turn, result: code }).catch(() => undefined);
    await tellEngine(speaker, `failed: ${code}`);
    throw toHatchetError(error);
  } finally {
    await person?.close();
  }
}
