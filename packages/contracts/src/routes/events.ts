import { z } from "zod";
import { TaskEvent } from "../events.ts";
import { StreamTicket } from "../stream.ts";
import { type Route, TaskParams, problems } from "./route.ts";

const pageOfEvents = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});
const startOfStream = z.object({ after: z.coerce.number().int().min(0).optional() });
const eventStream = z.unknown().describe("text/event-stream: each event of the log once, in order");

export const listEventsRoute = {
  method: "GET",
  url: "/tasks/:id/events",
  access: "read",
  schema: {
    summary: "Durable events in order, from after a sequence number",
    tags: ["events"],
    params: TaskParams,
    querystring: pageOfEvents,
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
    tags: ["events"],
    params: TaskParams,
    querystring: startOfStream,
    response: {
      200: eventStream,
      204: z.null().describe("The task has ended and the reader has all of it"),
      ...problems,
    },
  },
} as const satisfies Route;

export const listPersonEventsRoute = {
  method: "GET",
  url: "/events",
  access: "read",
  schema: {
    summary: "Durable events of all applications in one order, from after a position",
    tags: ["events"],
    querystring: pageOfEvents,
    response: {
      200: z.object({
        events: z.array(z.object({ position: z.number().int(), event: TaskEvent })),
        lastPosition: z.number().int(),
      }),
      ...problems,
    },
  },
} as const satisfies Route;

/** Server-sent events whose ids are positions; `Last-Event-ID` resumes after that position. */
export const streamPersonRoute = {
  method: "GET",
  url: "/stream",
  access: "read",
  schema: {
    summary: "Follow all applications live (server-sent events)",
    tags: ["events"],
    querystring: startOfStream,
    response: { 200: eventStream, ...problems },
  },
} as const satisfies Route;

export const createStreamTicketRoute = {
  method: "POST",
  url: "/stream-tickets",
  access: "read",
  schema: {
    summary:
      "A ticket for one WebSocket at /ws, good once and for a minute, for pages of the caller's origin",
    tags: ["events"],
    response: { 201: StreamTicket, ...problems },
  },
} as const satisfies Route;
