import { RunNodeName, StepDepth, type WorkerOverview } from "@valet/contracts";
import { z } from "zod";

export type EngineWorkers = WorkerOverview["workers"];

const RawSlots = z.object({ available: z.number().int().optional(), limit: z.number().int() });

/** Of `GET /tenants/:id/worker`. */
export const RawWorkers = z.object({
  rows: z
    .array(
      z.object({
        metadata: z.object({ id: z.string() }),
        name: z.string(),
        status: z.string().optional(),
        lastHeartbeatAt: z.string().optional(),
        slotConfig: z.record(z.string(), RawSlots).optional(),
      }),
    )
    .optional(),
});

/** Those of this namespace that have given a sign of life lately, the newest sign first. */
export function readWorkers(
  { rows = [] }: z.infer<typeof RawWorkers>,
  { namespace, now }: { readonly namespace: string; readonly now: number },
): EngineWorkers {
  return rows
    .filter(({ name, lastHeartbeatAt }) => {
      const seenAt = lastHeartbeatAt === undefined ? 0 : Date.parse(lastHeartbeatAt);
      return name.startsWith(namespace) && now - seenAt < forgottenAfterMs;
    })
    .map(({ metadata, name, status, lastHeartbeatAt, slotConfig }) => ({
      id: metadata.id,
      name: name.slice(namespace.length),
      state: stateOf(status),
      lastHeartbeatAt:
        lastHeartbeatAt === undefined ? null : new Date(lastHeartbeatAt).toISOString(),
      slots: {
        default: slotsOf(slotConfig?.["default"]),
        durable: slotsOf(slotConfig?.["durable"]),
      },
    }))
    .toSorted((a, b) => (b.lastHeartbeatAt ?? "").localeCompare(a.lastHeartbeatAt ?? ""));
}

/** The engine keeps every worker that there ever was. */
const forgottenAfterMs = 5 * 60_000;

function stateOf(status: string | undefined): EngineWorkers[number]["state"] {
  switch (status) {
    case "ACTIVE":
      return "active";
    case "PAUSED":
      return "paused";
    default:
      return "inactive";
  }
}

function slotsOf(slots: z.infer<typeof RawSlots> | undefined) {
  const total = slots?.limit ?? 0;
  const free = slots?.available ?? total;
  return { used: total - free, free, total };
}

const RawShare = z
  .object({ total: z.number().int().optional(), oldest: z.string().optional() })
  .optional();

/** Of `GET /tenants/:id/task-stats`: by the name of the task. */
export const RawStats = z.record(z.string(), z.object({ queued: RawShare, running: RawShare }));

/** In the order of an application; tasks that are none of ours are left out. */
export function readDepths(stats: z.infer<typeof RawStats>, namespace: string): StepDepth[] {
  const depths = Object.entries(stats).flatMap(([name, { queued, running }]): StepDepth[] => {
    const bare = name.startsWith(namespace) ? name.slice(namespace.length) : name;
    const step = StepDepth.shape.step.safeParse(bare.replace(/^on-failure-task$/, "on-failure"));
    if (!step.success) return [];
    return [
      {
        step: step.data,
        queued: queued?.total ?? 0,
        running: running?.total ?? 0,
        oldestQueuedAt: queued?.oldest === undefined ? null : new Date(queued.oldest).toISOString(),
      },
    ];
  });
  const order: readonly string[] = RunNodeName.options;
  return depths.toSorted((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
}
