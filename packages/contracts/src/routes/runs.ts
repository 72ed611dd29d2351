import { z } from "zod";
import { ErrorCode } from "../error-codes.ts";
import { StepName } from "../task.ts";
import { type Route, TaskParams, problems } from "./route.ts";

/** One try of one step, as Valet itself wrote it down. */
const StepRun = z.object({
  name: StepName,
  attempt: z.number().int(),
  workerId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Time from start to end; null while it runs. */
  ms: z.number().int().nullable(),
  result: z.string().nullable(),
});

/** The steps, the runs that they start, and what cleans up after a failure. */
export const RunNodeName = z.enum([
  ...StepName.options,
  "fill-page",
  "fill-with-stagehand",
  "fill-with-magnitude",
  "dispatch",
  "continue-application",
  "on-failure",
]);
export type RunNodeName = z.infer<typeof RunNodeName>;

export const RunNodeState = z.enum([
  /** Also one whose turn has not come: then `queuedAt` is null. */
  "queued",
  "running",
  /** For a person. */
  "waiting",
  "succeeded",
  "failed",
  "cancelled",
  /** It had nothing to do. */
  "skipped",
]);
export type RunNodeState = z.infer<typeof RunNodeState>;

/** A step of the run, or a run that a step has started. */
const RunNode = z.object({
  /** Within this answer. */
  id: z.string(),
  name: RunNodeName,
  /** Of its run on the engine: a child has its own. */
  runId: z.string(),
  /** Ids of the nodes it follows: the step before, or the step that started it. */
  parents: z.array(z.string()),
  children: z.array(z.string()),
  state: RunNodeState,
  /** 0 for the first try; grows also when a worker is lost. */
  attempt: z.number().int(),
  workerId: z.string().nullable(),
  queuedAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** Time from start to end; null while it runs. */
  ms: z.number().int().nullable(),
  errorCode: ErrorCode.nullable(),
});
export type RunNode = z.infer<typeof RunNode>;

export const LogLevel = z.enum(["debug", "info", "warn", "error"]);

/** A line that a step wrote to the engine's log: that it starts and ends, never what it works on. */
const RunLogLine = z.object({
  nodeId: z.string(),
  step: RunNodeName,
  at: z.iso.datetime(),
  level: LogLevel,
  message: z.string(),
});

export const TaskRun = z
  .object({
    runId: z.string().nullable(),
    epoch: z.number().int(),
    /** `unreachable`: it did not answer, so `nodes` show what Valet itself wrote down, without children. */
    engine: z.enum(["reached", "unreachable"]),
    /** In the order of the steps, each followed by its children. */
    nodes: z.array(RunNode),
    logs: z.array(RunLogLine),
    steps: z.array(StepRun),
    /** Every run that was started for this application, the newest first. */
    runs: z.array(
      z.object({ runId: z.string(), epoch: z.number().int(), startedAt: z.iso.datetime() }),
    ),
    /** The run on the engine's dashboard, where one is configured. */
    dashboardUrl: z.string().nullable(),
  })
  .meta({ id: "TaskRun" });
export type TaskRun = z.infer<typeof TaskRun>;

export const getRunRoute = {
  method: "GET",
  url: "/tasks/:id/run",
  access: "read",
  schema: {
    summary: "The run of an application as a graph: its steps with states, times and log lines",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: TaskRun, ...problems },
  },
} as const satisfies Route;
