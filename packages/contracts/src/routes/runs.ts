import { z } from "zod";
import { StepName } from "../task.ts";
import { type Route, TaskParams, problems } from "./route.ts";

/** One try of one step, as the run view shows it. */
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

export const getRunRoute = {
  method: "GET",
  url: "/tasks/:id/run",
  access: "read",
  schema: {
    summary: "The run of an application, step by step",
    tags: ["tasks"],
    params: TaskParams,
    response: {
      200: z.object({
        runId: z.string().nullable(),
        epoch: z.number().int(),
        steps: z.array(StepRun),
      }),
      ...problems,
    },
  },
} as const satisfies Route;
