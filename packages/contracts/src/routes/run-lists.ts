import { z } from "zod";
import { ErrorCode } from "../error-codes.ts";
import { Outcome, ReasonCode, TaskMode, TaskState } from "../task.ts";
import { type Route, keyHeaders, problems } from "./route.ts";
import { RunFilters, taskPage } from "./task-filters.ts";

const RunSummary = z.object({
  taskId: z.uuid(),
  runId: z.string().nullable(),
  epoch: z.number().int(),
  jobUrl: z.string(),
  platform: z.string(),
  mode: TaskMode,
  state: TaskState,
  outcome: Outcome.nullable(),
  reason: ReasonCode.nullable(),
  /** What the engine says of the run; `unknown`: it has none, `unreachable`: it did not answer in time. */
  runState: z.enum([
    "queued",
    "running",
    "succeeded",
    "failed",
    "cancelled",
    "unknown",
    "unreachable",
  ]),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

export const RunPage = z
  .object({ runs: z.array(RunSummary), nextCursor: z.string().nullable() })
  .meta({ id: "RunPage" });
export type RunPage = z.infer<typeof RunPage>;

export const listRunsRoute = {
  method: "GET",
  url: "/runs",
  access: "read",
  schema: {
    summary: "The newest run of each application, the newest application first",
    tags: ["runs"],
    querystring: RunFilters.extend(taskPage),
    response: { 200: RunPage, ...problems },
  },
} as const satisfies Route;

/** As many applications as one call may act on. */
export const mostRunsACall = 500;

const dryRun = z.boolean().optional();

/** Which runs to act on; with `dryRun` nothing is done and only counted. */
export const RunSelection = z.union([
  z.strictObject({ ids: z.array(z.string()).min(1).max(mostRunsACall), dryRun }),
  z.strictObject({
    filters: RunFilters,
    /** The `nextCursor` of the call before, with the same filters: goes on behind it. */
    cursor: z.string().max(100).optional(),
    dryRun,
  }),
]);
export type RunSelection = z.infer<typeof RunSelection>;

export const RunActions = z
  .object({
    /**
     * How many of them it was done to. In a dry run how many it would be: of all that match, except where the
     * engine has to be asked (`requeue`): then of this page.
     */
    count: z.number().int(),
    results: z.array(
      z.union([
        z.object({
          id: z.string(),
          done: z.literal(true),
          /** Of a replay: the new application. */
          startedAs: z.uuid().optional(),
          /** Of what was stuck and could not be started again: how it ended. */
          ended: ReasonCode.optional(),
        }),
        z.object({ id: z.string(), code: ErrorCode }),
      ]),
    ),
    /** The filters match more than one call may act on: call again with `nextCursor`. */
    hasMore: z.boolean(),
    /** Those that are made meanwhile, by a replay for instance, are not behind it. */
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "RunActions" });
export type RunActions = z.infer<typeof RunActions>;

export const cancelRunsRoute = {
  method: "POST",
  url: "/runs/cancel",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Cancel applications, each by the rules of `POST /tasks/:id/cancel`",
    tags: ["runs"],
    headers: keyHeaders,
    body: RunSelection,
    response: { 200: RunActions, ...problems },
  },
} as const satisfies Route;

export const replayRunsRoute = {
  method: "POST",
  url: "/runs/replay",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary:
      "Start applications that have ended once more, each by the rules of `POST /tasks/:id/retry`",
    tags: ["runs"],
    headers: keyHeaders,
    body: RunSelection,
    response: { 200: RunActions, ...problems },
  },
} as const satisfies Route;

export const requeueRunsRoute = {
  method: "POST",
  url: "/runs/requeue",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary:
      "Start applications again whose run was lost, after an outage for instance; what goes on is left alone and nothing is sent twice",
    tags: ["runs"],
    headers: keyHeaders,
    body: RunSelection,
    response: { 200: RunActions, ...problems },
  },
} as const satisfies Route;
