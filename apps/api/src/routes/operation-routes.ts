import {
  type QueueOverview,
  SessionHostReport,
  type StepDepth,
  TaskState,
  type WorkerOverview,
  getQueueRoute,
  listWorkersRoute,
} from "@valet/contracts";
import {
  type SessionHostView,
  countTasksByState,
  listSessionHosts,
  outboxBacklog,
  readQueueDepth,
} from "@valet/db";
import type { App } from "../app-type.ts";
import type { ApiDeps } from "../deps.ts";
import { watchQueue } from "../runs/watch-queue.ts";

export function registerOperationRoutes(app: App, { database, jobs, metrics }: ApiDeps): void {
  const { db } = database;
  const queue = watchQueue(jobs, metrics);

  app.route({
    ...listWorkersRoute,
    handler: async (): Promise<WorkerOverview> => {
      const [workers, hosts] = await Promise.all([jobs.listWorkers(), listSessionHosts(db)]);
      return {
        engine: workers === "unreachable" ? "unreachable" : "reached",
        dashboardUrl: jobs.linkTo(),
        workers: workers === "unreachable" ? [] : [...workers],
        sessionHosts: hosts.map(hostOf),
      };
    },
  });

  app.route({
    ...getQueueRoute,
    handler: async (): Promise<QueueOverview> => {
      const [depths, waiting, outbox, tasks] = await Promise.all([
        queue.depths(),
        readQueueDepth(db),
        outboxBacklog(db),
        countTasksByState(db),
      ]);
      return {
        engine: depths === undefined ? "unreachable" : "reached",
        steps: [...(depths ?? [])],
        queued: sumOf(depths ?? [], "queued"),
        running: sumOf(depths ?? [], "running"),
        waiting: { ...waiting, perPerson: [...waiting.perPerson] },
        outbox,
        tasks: byState(tasks),
      };
    },
  });
}

function hostOf({
  url,
  silentForMs,
  report,
}: SessionHostView): WorkerOverview["sessionHosts"][number] {
  const { sessions, pool, memory } = SessionHostReport.parse(report);
  return {
    url,
    silentForMs: Math.round(silentForMs),
    sessions: sessions.length,
    pooled: pool.length,
    memory,
  };
}

function sumOf(steps: readonly StepDepth[], what: "queued" | "running"): number {
  return steps.reduce((sum, step) => sum + step[what], 0);
}

function byState(counts: Readonly<Record<string, number>>): QueueOverview["tasks"] {
  return Object.fromEntries(
    TaskState.options.flatMap((state) => {
      const count = counts[state];
      return count === undefined ? [] : [[state, count] as const];
    }),
  );
}
