import { type TaskWriter, releaseSchedule, runDueSchedule, takeDueSchedule } from "@valet/db";
import type { Logger, Metrics } from "@valet/runtime";
import type { GetPage } from "@valet/sites";
import { type Looking, startLooking } from "../start-looking.ts";
import { findClosed } from "./find-closed.ts";

export interface SchedulerDeps {
  readonly writer: TaskWriter;
  readonly getPage: GetPage;
  /** Tells that applications wait for their start. */
  readonly kickRelay: () => void;
  readonly log: Logger;
}

/** Times are to the minute. */
const lookEveryMs = 1_000;
/** For the pages of one schedule's jobs; what is not looked at by then is started without. */
const limitMs = 60_000;
const leaseMs = limitMs + 60_000;
/** What the next look may still be on time for. */
const onTimeSeconds = 60;

/**
 * Starts the jobs of one schedule that is due, if there is one. Whether there was.
 */
export async function runOneSchedule(
  { writer, getPage, kickRelay, log }: SchedulerDeps,
  now: () => Date,
  signal: AbortSignal,
): Promise<"started" | "late" | "moved" | undefined> {
  const due = await takeDueSchedule(writer.db, { now: now(), leaseMs });
  if (due === undefined) return undefined;
  try {
    const findings = await findClosed(getPage, due.jobs, { limitMs, signal });
    const run = await runDueSchedule(writer, due, { now: now(), findings });
    if (run === undefined) return "moved";
    kickRelay();
    log.info({ scheduleId: due.id, ...run }, "a schedule has started its jobs");
    return run.lateBy > onTimeSeconds ? "late" : "started";
  } catch (error) {
    // With the lease kept, one that always fails would be tried all the time.
    if (signal.aborted) await releaseSchedule(writer.db, due).catch(() => undefined);
    throw error;
  }
}

/** Runs schedules for as long as it is open, from every API process at once. */
export function startScheduler(deps: SchedulerDeps & { readonly metrics: Metrics }): Looking {
  const { metrics, log } = deps;
  const runs = metrics.counter({
    name: "valet_schedule_runs_total",
    help: "Times at which schedules started jobs, and how many of them were more than a minute late",
    labels: ["when"],
  });

  return startLooking({
    look: async (signal) => {
      const ran = await runOneSchedule(deps, () => new Date(), signal);
      if (ran === "started") runs.inc({ when: "on_time" });
      if (ran === "late") runs.inc({ when: "late" });
      return ran === undefined ? "wait" : "again";
    },
    everyMs: lookEveryMs,
    onFault: (err) => log.warn({ err }, "a schedule could not be run; it is tried again"),
  });
}
