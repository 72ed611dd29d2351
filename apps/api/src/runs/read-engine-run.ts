import {
  ErrorCode,
  LogLevel,
  type RunNode,
  RunNodeName,
  type RunNodeState,
  type TaskRun,
} from "@valet/contracts";
import { z } from "zod";

/** A run as the engine tells it; `runs/task-run-view.ts` adds what only Valet knows. */
export interface EngineRun {
  readonly nodes: readonly EngineNode[];
  readonly logs: TaskRun["logs"];
}

/** `workerId` is known of steps only; who worked on a child is in our own rows. */
export type EngineNode = Omit<RunNode, "ms">;

const status = z.enum(["QUEUED", "RUNNING", "COMPLETED", "CANCELLED", "FAILED"]);

/** The members we read of `GET /workflow-runs/:id`; inputs and outputs stay behind. */
export const RawDetails = z.object({
  shape: z.array(
    z.object({ stepId: z.string(), taskName: z.string(), childrenStepIds: z.array(z.string()) }),
  ),
  tasks: z.array(
    z.object({
      taskExternalId: z.string(),
      stepId: z.string(),
      isDurable: z.boolean().optional(),
      errorMessage: z.string().optional(),
    }),
  ),
  taskEvents: z.array(
    z.object({
      taskId: z.string(),
      eventType: z.string(),
      timestamp: z.string(),
      workerId: z.string().optional(),
    }),
  ),
});

/** Of `GET /workflow-runs/:id/task-timings`: every task of the run and of the runs under it. */
export const RawTimings = z.object({
  rows: z.array(
    z.object({
      taskExternalId: z.string(),
      taskDisplayName: z.string(),
      parentTaskExternalId: z.string().optional(),
      workflowRunId: z.string(),
      status,
      retryCount: z.number().int().optional(),
      queuedAt: z.string().optional(),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
    }),
  ),
});
export type RawTimings = z.infer<typeof RawTimings>;

export const RawLogs = z.object({
  rows: z
    .array(
      z.object({
        taskExternalId: z.string().optional(),
        createdAt: z.string(),
        level: z.string().optional(),
        message: z.string(),
      }),
    )
    .optional(),
});

export interface RawRun {
  readonly runId: string;
  readonly details: z.infer<typeof RawDetails>;
  readonly timings: RawTimings;
  readonly logs: z.infer<typeof RawLogs>;
  /** Put before the names of workflows. */
  readonly namespace: string;
}

type Timing = RawTimings["rows"][number];

/** Tasks in the order of the DAG, each followed by those it started. */
export function readEngineRun(raw: RawRun): EngineRun {
  const steps = stepsInOrder(raw.details);
  const nodes = steps.flatMap((step, index): EngineNode[] => {
    const task = raw.details.tasks.find(({ stepId }) => stepId === step.stepId);
    const timing = raw.timings.rows.find(
      ({ taskExternalId }) => taskExternalId === task?.taskExternalId,
    );
    const children = startedBy(raw, timing, step.taskName);
    const own = stepNode(raw, { step, task, timing, isWorking: children.some(isOpen) });
    const before = steps[index - 1];
    const after = steps[index + 1];
    return [
      {
        ...own,
        parents: before === undefined ? [] : [before.taskName],
        children: [
          ...(after === undefined ? [] : [after.taskName]),
          ...children.filter(({ parents }) => parents.includes(own.id)).map(({ id }) => id),
        ],
      },
      ...children,
    ];
  });
  const cleaning = cleaningNode(raw);
  const all = cleaning === undefined ? nodes : [...nodes, cleaning];
  return { nodes: all, logs: logLines(raw, all) };
}

type Shape = RawRun["details"]["shape"][number] & { readonly taskName: RunNodeName };

/** The DAG is a line: each step names the one that follows it. */
function stepsInOrder({ shape }: RawRun["details"]): Shape[] {
  const followed = new Set(shape.flatMap(({ childrenStepIds }) => childrenStepIds));
  const ordered: Shape[] = [];
  let next = shape.find(({ stepId, taskName }) => !followed.has(stepId) && isNodeName(taskName));
  while (next !== undefined && ordered.length < shape.length) {
    const { taskName, childrenStepIds } = next;
    if (isNodeName(taskName)) ordered.push({ ...next, taskName });
    next = shape.find(({ stepId }) => childrenStepIds.includes(stepId));
  }
  return ordered;
}

interface StepParts {
  readonly step: Shape;
  readonly task: RawRun["details"]["tasks"][number] | undefined;
  readonly timing: Timing | undefined;
  /** A run that it has started works. */
  readonly isWorking: boolean;
}

function stepNode(raw: RawRun, { step, task, timing, isWorking }: StepParts): EngineNode {
  const events = raw.details.taskEvents.filter(({ taskId }) => taskId === task?.taskExternalId);
  const seen = timing === undefined ? undefined : nodeOf(timing, step.taskName);
  const waits = task?.isDurable === true && seen?.state === "running" && !isWorking;
  return {
    ...(seen ?? notYet(step.taskName)),
    id: step.taskName,
    runId: raw.runId,
    ...(waits ? { state: "waiting" } : {}),
    workerId: newest(events.filter(({ workerId }) => workerId !== undefined))?.workerId ?? null,
    // A run that is cancelled gives all its tasks, those that were done too, the time of that as their end.
    finishedAt: isoTime(newest(events.filter(isEnd))?.timestamp) ?? seen?.finishedAt ?? null,
    errorCode: codeIn(task?.errorMessage),
  };
}

const ends = new Set(["FINISHED", "FAILED", "CANCELLED", "TIMED_OUT", "SKIPPED"]);

function isEnd({ eventType }: { readonly eventType: string }): boolean {
  return ends.has(eventType);
}

function newest<T extends { readonly timestamp: string }>(events: readonly T[]): T | undefined {
  return events.toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp))[0];
}

/** What this task has started, each followed by what that has started. */
function startedBy(raw: RawRun, parent: Timing | undefined, parentId: string): EngineNode[] {
  const rows = raw.timings.rows.filter(
    ({ parentTaskExternalId }) =>
      parentTaskExternalId !== undefined && parentTaskExternalId === parent?.taskExternalId,
  );
  return rows.flatMap((row): EngineNode[] => {
    const name = nameIn(row, raw);
    if (name === undefined) return [];
    const id = row.workflowRunId;
    const below = startedBy(raw, row, id);
    const children = below.filter(({ parents }) => parents.includes(id)).map((node) => node.id);
    return [{ ...nodeOf(row, name), id, parents: [parentId], children }, ...below];
  });
}

/** Only where it had something to do: otherwise the engine calls it done without a start. */
function cleaningNode(raw: RawRun): EngineNode | undefined {
  const row = raw.timings.rows.find((one) => nameIn(one, raw) === "on-failure");
  return row?.startedAt === undefined ? undefined : nodeOf(row, "on-failure");
}

/** `<namespace><workflow>-<time>` or `<step>-<time>`. */
function nameIn(
  { taskDisplayName }: Timing,
  { namespace }: Pick<RawRun, "namespace">,
): RunNodeName | undefined {
  const text = taskDisplayName.startsWith(namespace)
    ? taskDisplayName.slice(namespace.length)
    : taskDisplayName;
  const name = text.replace(/-\d+$/, "").replace(/^on-failure-task$/, "on-failure");
  return isNodeName(name) ? name : undefined;
}

function isNodeName(name: string): name is RunNodeName {
  return RunNodeName.safeParse(name).success;
}

function nodeOf(timing: Timing, name: RunNodeName): EngineNode {
  return {
    ...notYet(name),
    runId: timing.workflowRunId,
    state: stateOf(timing),
    attempt: timing.retryCount ?? 0,
    queuedAt: isoTime(timing.queuedAt),
    startedAt: isoTime(timing.startedAt),
    finishedAt: isoTime(timing.finishedAt),
  };
}

/** One whose turn has not come. */
export function notYet(name: RunNodeName): EngineNode {
  return {
    id: name,
    name,
    runId: "",
    parents: [],
    children: [],
    state: "queued",
    attempt: 0,
    workerId: null,
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    errorCode: null,
  };
}

function stateOf({ status, startedAt }: Timing): RunNodeState {
  switch (status) {
    case "QUEUED":
      return "queued";
    case "RUNNING":
      return "running";
    case "COMPLETED":
      return startedAt === undefined ? "skipped" : "succeeded";
    case "CANCELLED":
      return "cancelled";
    case "FAILED":
      return "failed";
  }
}

/** The runs under this one that have not ended. */
export function openChildrenIn({ rows }: RawTimings, runId: string): string[] {
  const open = rows.filter((row) => row.workflowRunId !== runId && isOpen({ state: stateOf(row) }));
  return open.map(({ workflowRunId }) => workflowRunId);
}

function isOpen({ state }: Pick<EngineNode, "state">): boolean {
  return state === "queued" || state === "running";
}

/** Our own errors begin with their code (`toHatchetError`); what else one says may hold anything. */
function codeIn(message: string | undefined): ErrorCode | null {
  if (message === undefined || message === "") return null;
  const code = ErrorCode.safeParse(/\b([A-Z]+(?:_[A-Z]+)*): /.exec(message)?.[1]);
  return code.success ? code.data : "INTERNAL";
}

function logLines(raw: RawRun, nodes: readonly EngineNode[]): EngineRun["logs"] {
  const { logs, timings } = raw;
  const rows = new Map(timings.rows.map((row) => [row.taskExternalId, row]));
  return (logs.rows ?? []).flatMap(({ taskExternalId = "", createdAt, level, message }) => {
    const row = rows.get(taskExternalId);
    const isStep = row?.workflowRunId === raw.runId;
    const nodeId = row !== undefined && isStep ? nameIn(row, raw) : row?.workflowRunId;
    const node = nodes.find(({ id }) => id === nodeId);
    if (node === undefined) return [];
    const known = LogLevel.safeParse(level?.toLowerCase());
    return {
      nodeId: node.id,
      step: node.name,
      at: new Date(createdAt).toISOString(),
      level: known.success ? known.data : "info",
      message,
    };
  });
}

function isoTime(text: string | undefined): string | null {
  return text === undefined ? null : new Date(text).toISOString();
}
