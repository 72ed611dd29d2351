import { z } from "zod";
import { TaskEvent } from "../events.ts";
import { type Route, TaskParams, problems } from "./route.ts";

export const listEventsRoute = {
  method: "GET",
  url: "/tasks/:id/events",
  access: "read",
  schema: {
    summary: "Durable events in order, from after a sequence number",
    tags: ["tasks"],
    params: TaskParams,
    querystring: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(500),
    }),
    response: {
      200: z.object({ events: z.array(TaskEvent), lastSeq: z.number().int() }),
      ...problems,
    },
  },
} as const satisfies Route;

/** Server-sent events; `Last-Event-ID` resumes after that sequence number. */
export const streamTaskRoute = {
  method: "GET",
  url: "/tasks/:id/stream",
  access: "read",
  schema: {
    summary: "Follow an application live (server-sent events)",
    tags: ["tasks"],
    params: TaskParams,
    querystring: z.object({ after: z.coerce.number().int().min(0).optional() }),
    response: {
      200: z.unknown().describe("text/event-stream: each event of the log once, in order"),
      204: z.null().describe("The task has ended and the reader has all of it"),
      ...problems,
    },
  },
} as const satisfies Route;
