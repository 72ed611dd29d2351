import { z } from "zod";
import { Problem } from "../error-codes.ts";
import { LiveMode } from "../live-view.ts";
import { Task } from "../task.ts";
import { type Route, TaskParams, problems, keyHeaders } from "./route.ts";

/** What opens one connection to a task's live browser, once. */
export const LiveTicket = z
  .object({
    /** Of the WebSocket. It speaks RFB under a subprotocol of `LiveProtocol`. */
    url: z.url(),
    /** Offered as a further subprotocol, `ticket.` followed by this: an address is logged in many places. */
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
    mode: LiveMode,
    /** In control: names the window that has it, for a new ticket after a broken connection. */
    control: z.uuid().nullable(),
    /** Whether what is copied elsewhere can be pasted into the browser. */
    clipboard: z.boolean(),
  })
  .meta({ id: "LiveTicket" });
export type LiveTicket = z.infer<typeof LiveTicket>;

export const takeOverTaskRoute = {
  method: "POST",
  url: "/tasks/:id/takeover",
  access: "approve",
  schema: {
    summary: "Look at the application's live browser, or act in it while automation waits",
    tags: ["tasks"],
    params: TaskParams,
    body: z.strictObject({
      mode: LiveMode,
      /** The window that has control already and asks again. */
      control: z.uuid().optional(),
    }),
    response: { 200: LiveTicket, 410: Problem, ...problems },
  },
} as const satisfies Route;

export const typeTextRoute = {
  method: "POST",
  url: "/tasks/:id/text",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Enter text where the cursor stands in the live browser, for the window in control",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    body: z.strictObject({ control: z.uuid(), text: z.string().min(1).max(20_000) }),
    response: {
      200: z.object({ typed: z.literal(true) }),
      410: Problem,
      ...problems,
    },
  },
} as const satisfies Route;

export const releaseTaskRoute = {
  method: "POST",
  url: "/tasks/:id/release",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Hand the live browser back, so that automation goes on; also when nobody has it",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    response: { 200: Task, ...problems },
  },
} as const satisfies Route;
