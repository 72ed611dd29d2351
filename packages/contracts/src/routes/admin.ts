import { z } from "zod";
import { TaskState } from "../task.ts";
import { type Route, problems } from "./route.ts";

export const createUserRoute = {
  method: "POST",
  url: "/admin/users",
  access: "admin",
  schema: {
    summary: "Add a user; the answer holds the key, which is shown only once (role admin)",
    tags: ["admin"],
    body: z.strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/),
      role: z.enum(["user", "admin"]).default("user"),
    }),
    response: {
      201: z.object({ id: z.uuid(), name: z.string(), role: z.string(), apiKey: z.string() }),
      ...problems,
    },
  },
} as const satisfies Route;

/** What a session host said of itself last: counts and sizes. */
export const SessionHostReport = z.object({
  pool: z
    .array(z.object({ ageMs: z.number().int(), memoryBytes: z.number().int().optional() }))
    .default([]),
  memory: z
    .object({ budgetBytes: z.number().int(), usedBytes: z.number().int() })
    .default({ budgetBytes: 0, usedBytes: 0 }),
  sessions: z
    .array(z.object({ sessionId: z.string(), memoryBytes: z.number().int().optional() }))
    .default([]),
});
export type SessionHostReport = z.infer<typeof SessionHostReport>;

export const SessionOverview = z.object({
  hosts: z.array(
    SessionHostReport.omit({ sessions: true }).extend({
      url: z.string(),
      /** Since its last sign of life; a host that lives gives one every 2 s. */
      silentForMs: z.number().int(),
    }),
  ),
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      taskId: z.string(),
      taskState: TaskState,
      hostUrl: z.string(),
      /** Grows with every worker that takes the session over; 0 before the first. */
      fence: z.number().int(),
      /** The worker that attached last and has not let go. */
      owner: z.string().nullable(),
      /** Whether it is connected, give or take its lease of 15 s. */
      leased: z.boolean(),
      ageMs: z.number().int(),
      /** Null until the host has measured it. */
      memoryBytes: z.number().int().nullable(),
    }),
  ),
});
export type SessionOverview = z.infer<typeof SessionOverview>;

export const listSessionsRoute = {
  method: "GET",
  url: "/admin/sessions",
  access: "admin",
  schema: {
    summary:
      "Live browser sessions of all hosts, oldest first, and what waits in their pools (role admin)",
    tags: ["admin"],
    response: { 200: SessionOverview, ...problems },
  },
} as const satisfies Route;
