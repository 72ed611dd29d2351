import { type RunActions, type RunSelection, mostRunsACall } from "@valet/contracts";
import { type LiveTask, type SelectedRun, listLiveTasks } from "@valet/db";
import { isEnded } from "@valet/domain";
import type { JobsClient } from "../jobs-client.ts";
import { type ReconcilerDeps, judgeRun, mendTask } from "../reconciler.ts";
import { answerEach } from "./answer-each.ts";
import { selectPage } from "./select-page.ts";

export interface RequeueRunsDeps extends Pick<ReconcilerDeps, "writer" | "kickRelay" | "log"> {
  readonly jobs: Pick<JobsClient, "runState">;
}

type Result = RunActions["results"][number];

/**
 * Compares what was selected with its runs now and starts again what cannot go on: by the rule of the reconciler,
 * so that of two that look at once one acts, a run of before is superseded, and what may have been sent is only
 * looked into.
 */
export async function requeueRuns(
  deps: RequeueRunsDeps,
  { userId, selection }: { readonly userId: string; readonly selection: RunSelection },
): Promise<RunActions> {
  const { db } = deps.writer;
  const page = await selectPage(db, { userId, selection, isForEnded: false });
  const taskIds = page.runs.map(({ id }) => id);
  const live = await listLiveTasks(db, { limit: mostRunsACall, taskIds });
  const tasks = new Map(live.map((task) => [task.taskId, task]));
  const isDry = selection.dryRun === true;
  const results = await answerEach(deps.log, page, (run) =>
    requeue(deps, { run, task: tasks.get(run.id), isDry }),
  );
  return {
    count: results.filter((result) => "done" in result).length,
    results: isDry ? [] : results,
    hasMore: page.hasMore,
    nextCursor: page.nextCursor,
  };
}

interface Requeue {
  readonly run: SelectedRun;
  /** Undefined when it has ended. */
  readonly task: LiveTask | undefined;
  readonly isDry: boolean;
}

async function requeue(
  { jobs, ...deps }: RequeueRunsDeps,
  { run: { id, state }, task, isDry }: Requeue,
): Promise<Result> {
  if (task === undefined || isEnded(state)) return { id, code: "ILLEGAL_TRANSITION" };
  // Without a run it waits for its start, or the outbox has yet to ask for it.
  if (task.runId === null) return { id, code: "RUN_NOT_STUCK" };
  const engineRun = await jobs.runState(task.runId);
  if (engineRun === "unreachable") return { id, code: "ENGINE_UNAVAILABLE" };
  const action = isDry ? judgeRun(task, engineRun) : await mendTask(deps, task, engineRun);
  switch (action.kind) {
    case "leave":
      return { id, code: "RUN_NOT_STUCK" };
    case "restart":
      return { id, done: true };
    case "end":
      return { id, done: true, ended: action.reason };
  }
}
