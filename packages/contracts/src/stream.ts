import { z } from "zod";
import { ErrorCode } from "./error-codes.ts";
import { TaskEvent } from "./events.ts";

/**
 * One log of events: a task's, or with `*` everything that happens to any of the person's tasks. Each has
 * its own gap-free numbers from 1: a task's are its events' `seq`, the person's are positions.
 */
export const LogName = z.union([z.literal("*"), z.uuid()]);
export type LogName = z.infer<typeof LogName>;

/** Of the WebSocket at `/ws`, and the first subprotocol that a client offers. */
export const streamProtocol = "valet.1";

/** What a client sends on the WebSocket. */
export const StreamRequest = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("subscribe"),
    task: LogName,
    /** The last number that is known already. */
    after: z.number().int().min(0).default(0),
  }),
  z.strictObject({ type: z.literal("unsubscribe"), task: LogName }),
]);
export type StreamRequest = z.infer<typeof StreamRequest>;

/** What the server sends on the WebSocket. Only `event` moves a reader's place in a log. */
export const StreamMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribed"), task: LogName }),
  z.object({
    type: z.literal("event"),
    task: LogName,
    /** In that log: what to resume after. */
    position: z.number().int().min(1),
    event: TaskEvent,
  }),
  /** Nothing; so that the client sees that the connection lives. */
  z.object({ type: z.literal("quiet") }),
  /** The reader knows more than the log holds: it must forget; everything follows from 1. */
  z.object({ type: z.literal("reset"), task: LogName }),
  /** The task has ended and all of it was sent; the subscription is over. */
  z.object({ type: z.literal("ended"), task: LogName }),
  /** The subscription was refused, or the message was not understood. */
  z.object({
    type: z.literal("problem"),
    task: LogName.nullable(),
    code: ErrorCode,
    message: z.string(),
  }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;

/** Why the server closes a WebSocket; whoever is still interested comes again and resumes. */
export const streamClosing = {
  /** The reader was too slow: too much waited for it. */
  slow: 4008,
  /** What it was let in with is good no more. */
  notAllowed: 4003,
  /** The server stops. */
  away: 1001,
} as const;

/** What opens one WebSocket, once: offered as a second subprotocol, `ticket.` followed by this. */
export const StreamTicket = z
  .object({ url: z.url(), ticket: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: "StreamTicket" });
export type StreamTicket = z.infer<typeof StreamTicket>;
