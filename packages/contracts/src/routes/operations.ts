import { z } from "zod";
import { RunNodeName } from "./runs.ts";
import { HeldUpBy } from "../limits.ts";
import { TaskState } from "../task.ts";
import { type Route, problems } from "./route.ts";

/** `unreachable`: the engine did not answer in time, so only what Valet itself knows is there. */
const engine = z.enum(["reached", "unreachable"]);

const Slots = z.object({
  used: z.number().int(),
  free: z.number().int(),
  total: z.number().int(),
});

export const WorkerOverview = z
  .object({
    engine,
    /** The runs on the engine's dashboard, where one is configured. */
    dashboardUrl: z.string().nullable(),
    /** Those that take steps, or took some lately. */
    workers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(["active", "paused", "inactive"]),
        /** Workers give a sign of life every 4 s. */
        lastHeartbeatAt: z.iso.datetime().nullable(),
        /** For steps and for waits. */
        slots: z.object({ default: Slots, durable: Slots }),
      }),
    ),
    sessionHosts: z.array(
      z.object({
        url: z.string(),
        /** Since its last sign of life; a host that lives gives one every 2 s. */
        silentForMs: z.number().int(),
        /** Browsers that serve applications. */
        sessions: z.number().int(),
        /** Browsers that wait for one. */
        pooled: z.number().int(),
        memory: z.object({ budgetBytes: z.number().int(), usedBytes: z.number().int() }),
      }),
    ),
  })
  .meta({ id: "WorkerOverview" });
export type WorkerOverview = z.infer<typeof WorkerOverview>;

export const StepDepth = z.object({
  step: RunNodeName.or(z.literal("approve-by-act")),
  queued: z.number().int(),
  /** Waits for people included. */
  running: z.number().int(),
  /** Since when the one that has been queued longest is. */
  oldestQueuedAt: z.iso.datetime().nullable(),
});
export type StepDepth = z.infer<typeof StepDepth>;

export const QueueOverview = z
  .object({
    engine,
    /** Steps of which some are queued or run, of everybody on this engine's tenant. */
    steps: z.array(StepDepth),
    /** Sums of `steps`. */
    queued: z.number().int(),
    running: z.number().int(),
    /** Applications that wait for their start and are not on the engine yet. */
    waiting: z.object({
      total: z.number().int(),
      /** By what kept them when they were looked at last; reasons without any are left out. */
      byReason: z.partialRecord(HeldUpBy, z.number().int()),
      /** Of the one that waits longest; time before its `runAt` is no wait. */
      oldestSeconds: z.number(),
      /** Of the ten people with the most: how many, the most first. */
      perPerson: z.array(z.number().int()),
    }),
    /** What has yet to reach the engine. */
    outbox: z.object({ waiting: z.number().int(), oldestSeconds: z.number() }),
    /** Applications by state; states without any are left out. */
    tasks: z.partialRecord(TaskState, z.number().int()),
  })
  .meta({ id: "QueueOverview" });
export type QueueOverview = z.infer<typeof QueueOverview>;

export const listWorkersRoute = {
  method: "GET",
  url: "/admin/workers",
  access: "admin",
  schema: {
    summary: "Workers with their free slots, and the session hosts (role admin)",
    tags: ["admin"],
    response: { 200: WorkerOverview, ...problems },
  },
} as const satisfies Route;

export const getQueueRoute = {
  method: "GET",
  url: "/admin/queue",
  access: "admin",
  schema: {
    summary: "How much work waits, step by step, for scaling and alarms (role admin)",
    tags: ["admin"],
    response: { 200: QueueOverview, ...problems },
  },
} as const satisfies Route;
