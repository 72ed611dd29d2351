import {
  ErrorCode,
  type RunNode,
  RunNodeName,
  type RunNodeState,
  StepName,
  type TaskRun,
} from "@valet/contracts";
import {
  type Querier,
  type StepRunRow,
  type TaskRow,
  listStepRuns,
  listStepTries,
  listTaskRuns,
} from "@valet/db";
import type { JobsClient } from "../jobs-client.ts";
import { type EngineRun, notYet } from "./read-engine-run.ts";

export interface TaskRunDeps {
  readonly db: Querier;
  readonly jobs: Pick<JobsClient, "describeRun" | "linkTo">;
}

/** What the engine says of the task's run together with what Valet itself wrote down of it. */
export async function viewTaskRun(
  { db, jobs }: TaskRunDeps,
  task: TaskRow,
  signal: AbortSignal,
): Promise<TaskRun> {
  const runs = await listTaskRuns(db, task.id);
  const runId = task.runId ?? runs.find(({ epoch }) => epoch === task.epoch)?.runId ?? null;
  const [described, rows] = await Promise.all([
    runId === null ? "unknown" : jobs.describeRun(runId, signal),
    runId === null ? [] : listStepRuns(db, runId),
  ]);
  const run = typeof described === "string" ? undefined : described;
  return {
    runId,
    epoch: task.epoch,
    engine: described === "unreachable" ? "unreachable" : "reached",
    nodes: run === undefined ? ownNodes(runId, rows) : await withOwnRows(db, run, task),
    logs: [...(run?.logs ?? [])],
    steps: rows.map((row) => stepOf(row, task)),
    runs: runs.map(({ createdAt, ...asked }) => ({
      ...asked,
      startedAt: createdAt.toISOString(),
    })),
    dashboardUrl: runId === null ? null : jobs.linkTo(runId),
  };
}

/** Adds who worked on a child and why it failed, and finds out which steps had nothing to do. */
async function withOwnRows(db: Querier, { nodes }: EngineRun, task: TaskRow): Promise<RunNode[]> {
  const isPersonAsked = task.state === "awaiting_review" || task.state === "awaiting_human";
  const tries = await listStepTries(
    db,
    nodes.map(({ runId }) => runId),
  );
  // The engine cannot tell a wait from a step that is about to go on.
  const stateOf = (state: RunNodeState) =>
    state === "waiting" && !isPersonAsked ? "running" : state;
  return nodes.map((node) => {
    const own = tries.findLast(({ runId, step }) => runId === node.runId && step === node.name);
    const failed = ErrorCode.safeParse(own?.result);
    const hadNothingToDo = node.state === "succeeded" && own === undefined;
    return withMs({
      ...node,
      state: hadNothingToDo && node.name !== "on-failure" ? "skipped" : stateOf(node.state),
      workerId: node.workerId ?? own?.workerId ?? null,
      errorCode: node.state === "failed" && failed.success ? failed.data : node.errorCode,
    });
  });
}

/** The line of steps as our own rows tell it. */
function ownNodes(runId: string | null, rows: readonly StepRunRow[]): RunNode[] {
  const steps = StepName.options;
  return steps.map((step, index) => {
    const row = rows.findLast((one) => one.step === step);
    const failed = ErrorCode.safeParse(row?.result);
    return withMs({
      ...notYet(RunNodeName.parse(step)),
      runId: runId ?? "",
      parents: steps.slice(Math.max(0, index - 1), index),
      children: steps.slice(index + 1, index + 2),
      state: ownStateOf(row, failed.success),
      attempt: row?.attempt ?? 0,
      workerId: row?.workerId ?? null,
      startedAt: row?.startedAt.toISOString() ?? null,
      finishedAt: row?.finishedAt?.toISOString() ?? null,
      errorCode: failed.success ? failed.data : null,
    });
  });
}

function ownStateOf(row: StepRunRow | undefined, hasFailed: boolean): RunNodeState {
  if (row === undefined) return "queued";
  if (row.finishedAt === null) return "running";
  return hasFailed ? "failed" : "succeeded";
}

function withMs(node: Omit<RunNode, "ms">): RunNode {
  const { startedAt, finishedAt } = node;
  const isOver = startedAt !== null && finishedAt !== null;
  const ms = isOver ? Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) : null;
  return { ...node, ms };
}

/** The step that ends a task is written down after that end: until then the task's own end counts. */
function stepOf(row: StepRunRow, task: TaskRow): TaskRun["steps"][number] {
  const { step, attempt, workerId, startedAt, result } = row;
  const finishedAt = row.finishedAt ?? task.finishedAt;
  return {
    name: step,
    attempt,
    workerId,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    ms: finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime(),
    result,
  };
}
