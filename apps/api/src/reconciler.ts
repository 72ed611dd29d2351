import { setTimeout as delay } from "node:timers/promises";
import type { Outcome, ReasonCode } from "@valet/contracts";
import {
  type LiveTask,
  type TaskWrite,
  type TaskWriter,
  endTask,
  enqueue,
  findIntent,
  finishHandover,
  listLiveTasks,
  listUnheardHandovers,
  restartTask,
  tryExclusively,
  writeTask,
} from "@valet/db";
import { type EngineRunState, type ReconcileAction, reconcile } from "@valet/domain";
import type { Logger, Metrics } from "@valet/runtime";
import type { JobsClient } from "./jobs-client.ts";
import { tendBatches } from "./batches/tend-batches.ts";
import { tendParses } from "./tend-parses.ts";

export interface ReconcilerDeps {
  readonly writer: TaskWriter;
  readonly jobs: Pick<JobsClient, "runState">;
  readonly kickRelay: () => void;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export interface Reconciler {
  /** Stops after the sweep that is under way. */
  close(): Promise<void>;
}

/** Runs a sweep every `everyMs` until it is closed; a sweep that fails is a line in the log. */
export function startReconciler(deps: ReconcilerDeps, everyMs: number): Reconciler {
  const stop = new AbortController();
  const acted = deps.metrics.counter({
    name: "valet_reconciled_total",
    help: "Tasks ended or restarted because their run could not go on",
    labels: ["action"],
  });

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await delay(everyMs, undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) return;
      try {
        const actions = await sweep(deps, stop.signal);
        for (const { kind } of actions) acted.inc({ action: kind });
      } catch (error) {
        deps.log.warn({ err: error }, "live tasks could not be compared with their runs");
      }
    }
  }

  const running = run();
  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}

/** Live tasks looked at in one sweep, the longest silent first. */
const sweepLimit = 1_000;
const concurrency = 4;

/**
 * Compares every live task with its run once and acts. Of several API processes one does this at a
 * time; the others get an empty list. Returns what was done.
 */
export async function sweep(
  deps: ReconcilerDeps,
  signal: AbortSignal,
): Promise<readonly ReconcileAction[]> {
  const outcome = await tryExclusively(deps.writer.db, "reconciler", async () => {
    const waiting = await listLiveTasks(deps.writer.db, { limit: sweepLimit });
    const actions: ReconcileAction[] = [];
    const queue = waiting.values();
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        for (const task of queue) {
          if (signal.aborted) return;
          const action = await reconcileTask(deps, task).catch((error: unknown) => {
            deps.log.warn({ taskId: task.taskId, err: error }, "a task was not compared");
            return { kind: "leave" } as const;
          });
          if (action.kind !== "leave") actions.push(action);
        }
      }),
    );
    await finishHandovers(deps, signal);
    await tendParses(deps, signal);
    await tendBatches(deps, signal);
    return actions;
  });
  return outcome.kind === "busy" ? [] : outcome.result;
}

/** Runs that wait for a person who has gone on: `listUnheardHandovers`. */
async function finishHandovers(deps: ReconcilerDeps, signal: AbortSignal): Promise<void> {
  for (const taskId of await listUnheardHandovers(deps.writer.db, sweepLimit)) {
    if (signal.aborted) return;
    await writeTask(deps.writer, taskId, finishHandover);
    deps.kickRelay();
    deps.log.info({ taskId }, "a run that waited for a person who has gone on was told");
  }
}

async function reconcileTask(deps: ReconcilerDeps, task: LiveTask): Promise<ReconcileAction> {
  // Without a run the outbox has yet to ask for one.
  if (task.runId === null) return { kind: "leave" };
  return mendTask(deps, task, await deps.jobs.runState(task.runId));
}

/** Does what the rule says about a task whose run the engine calls so. */
export async function mendTask(
  deps: Omit<ReconcilerDeps, "jobs" | "metrics">,
  task: LiveTask,
  engineRun: EngineRunState,
): Promise<ReconcileAction> {
  const { taskId, runId } = task;
  if (judgeRun(task, engineRun).kind === "leave") return { kind: "leave" };
  const action = await writeTask(deps.writer, taskId, (write) => act(write, task, engineRun));
  if (action.kind === "leave") return action;
  deps.kickRelay();
  deps.log.info({ taskId, runId, engineRun, action }, "a task whose run cannot go on was mended");
  return action;
}

/** What the rule says, without doing it. */
export function judgeRun(task: LiveTask, engineRun: EngineRunState): ReconcileAction {
  return reconcile({
    taskState: task.state,
    intentState: task.intentState,
    engineRun,
    hasBegun: task.hasBegun,
    diedAtWork: task.hasOpenStep,
    isPersonAsked: task.isPersonAsked,
    epoch: task.epoch,
    silentForMs: task.silentForMs,
  });
}

/** Decides again on what the locked task holds: it may have moved while the engine was asked. */
async function act(
  write: TaskWrite,
  seen: LiveTask,
  engineRun: EngineRunState,
): Promise<ReconcileAction> {
  const { trx, task } = write;
  const isOtherRun = task.runId !== null && task.runId !== seen.runId;
  if (task.epoch !== seen.epoch || isOtherRun) return { kind: "leave" };
  const intent = await findIntent(trx, task.id);
  const now: LiveTask = {
    ...seen,
    state: task.state,
    hasBegun: seen.hasBegun || task.runId !== null,
    intentState: intent?.state ?? null,
    silentForMs: task.lastSeq === seen.lastSeq ? seen.silentForMs : 0,
  };
  const action = judgeRun(now, engineRun);
  switch (action.kind) {
    case "leave":
      return action;
    case "restart": {
      if (!(await restartTask(write))) return { kind: "leave" };
      if (mayStillWork(engineRun) && seen.runId !== null) {
        await enqueue(trx, task.id, { kind: "cancel_run", runId: seen.runId });
      }
      return action;
    }
    case "end": {
      const { reason } = action;
      const outcome: Outcome = reason === "NO_PROOF" ? "unconfirmed" : "not_submitted";
      const ended = await endTask(write, { outcome, reason, message: messageOf(reason) });
      if (ended && mayStillWork(engineRun) && seen.runId !== null) {
        await enqueue(trx, task.id, { kind: "cancel_run", runId: seen.runId });
      }
      return ended ? action : { kind: "leave" };
    }
  }
}

/** Of a run that was cancelled on the engine, what its steps have started goes on. */
function mayStillWork(engineRun: EngineRunState): boolean {
  return engineRun === "running" || engineRun === "cancelled";
}

function messageOf(reason: ReasonCode): string {
  switch (reason) {
    case "RUN_CANCELLED":
      return "The work on this application was cancelled on the engine. Nothing was sent. Start it again if you still want to apply.";
    case "RUN_TIMED_OUT":
      return "The work on this application stood still for too long and was stopped. Nothing was sent. Start it again.";
    case "RUN_LOST":
      return "The work on this application was lost several times and was given up. Nothing was sent. Start it again, and look at `valet doctor` first.";
    case "NO_PROOF":
      return "The application was sent, but no proof of its arrival was seen. It will not be sent again. Look for an e-mail from the employer, then say what became of it with `valet resolve`.";
    default:
      return "A step of this application failed and it could not go on. Nothing was sent. Start it again.";
  }
}
