import { HeldUpBy } from "@valet/contracts";
import { type Db, outboxBacklog, readOperationCounts, readQueueDepth } from "@valet/db";
import type { Metrics } from "@valet/runtime";
import { keptFor } from "./kept-for.ts";

/** Counting is work for Postgres, however many scrape. */
const keptMs = 5_000;

/**
 * What whoever runs Valet watches and scales by, counted in the database: it is the same at every API process.
 * While Postgres is away these are missing and the others still answer.
 */
export function registerOperationMetrics(
  metrics: Metrics,
  db: Db,
  now: () => number = () => performance.now(),
): void {
  const counts = keptFor(keptMs, () => readOperationCounts(db).catch(() => undefined), now);
  const backlog = keptFor(keptMs, () => outboxBacklog(db).catch(() => undefined), now);

  const queue = keptFor(keptMs, () => readQueueDepth(db).catch(() => undefined), now);

  metrics.gauge({
    name: "valet_queue_waiting",
    help: "Applications that wait for their start, by what kept them when they were looked at last",
    labels: ["by"],
    collect: async (gauge) => {
      gauge.reset();
      const byReason = (await queue())?.byReason;
      if (byReason === undefined) return;
      for (const by of HeldUpBy.options) gauge.set({ by }, byReason[by] ?? 0);
    },
  });
  metrics.gauge({
    name: "valet_queue_oldest_seconds",
    help: "How long the application has been waiting for its start that waits longest; 0 when none does",
    collect: async (gauge) => {
      gauge.set((await queue())?.oldestSeconds ?? Number.NaN);
    },
  });
  metrics.gauge({
    name: "valet_tasks",
    help: "Applications that are on their way",
    labels: ["state", "site"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { state, site, count } of (await counts())?.tasks ?? []) {
        gauge.set({ state, site }, count);
      }
    },
  });
  metrics.gauge({
    name: "valet_tasks_ended",
    help: "Applications that have ended, except those of people who were erased",
    labels: ["outcome", "reason", "site"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { outcome, reason, site, count } of (await counts())?.ended ?? []) {
        gauge.set({ outcome, reason, site }, count);
      }
    },
  });
  metrics.gauge({
    name: "valet_step_retries",
    help: "Tries of a step after its first",
    labels: ["step"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { step, count } of (await counts())?.retries ?? []) gauge.set({ step }, count);
    },
  });
  metrics.gauge({
    name: "valet_human_waits",
    help: "Times that a person was waited for",
    labels: ["kind", "state"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { kind, state, count } of (await counts())?.humanWaits ?? []) {
        gauge.set({ kind, state }, count);
      }
    },
  });
  metrics.gauge({
    name: "valet_human_wait_seconds",
    help: "How long people were waited for, all times together",
    labels: ["kind", "state"],
    collect: async (gauge) => {
      gauge.reset();
      for (const { kind, state, seconds } of (await counts())?.humanWaits ?? []) {
        gauge.set({ kind, state }, seconds);
      }
    },
  });
  metrics.gauge({
    name: "valet_outbox_oldest_seconds",
    help: "Age of the oldest message that waits to be carried to the engine",
    collect: async (gauge) => {
      gauge.set((await backlog())?.oldestSeconds ?? Number.NaN);
    },
  });
  metrics.gauge({
    name: "valet_outbox_waiting",
    help: "Outbox messages that wait to be carried to the engine",
    collect: async (gauge) => {
      gauge.set((await backlog())?.waiting ?? Number.NaN);
    },
  });
}
