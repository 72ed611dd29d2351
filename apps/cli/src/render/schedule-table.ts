import type { Schedule, ScheduledJob } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { formatDuration } from "./format-duration.ts";
import { printableText, shorten } from "./printable-text.ts";

/** Schedules, whichever runs next first, one a line. */
export function scheduleTable(schedules: readonly Schedule[], colors: Colors): string {
  const head = ["id", "name", "next", "last", "jobs", "times"].map((one) => colors.dim(one));
  const rows = schedules.map((schedule) => {
    const { waiting, started, skipped } = schedule.counts;
    return [
      schedule.id,
      shorten(printableText(schedule.name), 40),
      nextText(schedule),
      lastText(schedule),
      `${waiting} waiting, ${started} started, ${skipped} skipped`,
      schedule.cron === null ? "once" : `${printableText(schedule.cron)} (${schedule.timeZone})`,
    ];
  });
  return columnTable([head, ...rows]);
}

/** When it starts jobs next, or why it does not. */
export function nextText({ nextAt, state }: Schedule): string {
  return nextAt ?? (state === "paused" ? "never while it is paused" : "never, it is done");
}

/** Whoever was up in time is not told so. */
function lastText({ lastRunAt, lateBy }: Schedule): string {
  if (lastRunAt === null) return "–";
  const isLate = lateBy !== null && lateBy >= 60;
  return isLate ? `${lastRunAt}, ${formatDuration(lateBy * 1_000)} late` : lastRunAt;
}

/** Jobs in their order, one a line, and why one was not started. */
export function scheduledJobTable(jobs: readonly ScheduledJob[], colors: Colors): string {
  const head = ["state", "application", "job"].map((one) => colors.dim(one));
  const rows = jobs.map(({ state, taskId, code, jobUrl }) => [
    code === null ? state : colors.yellow(`${state}: ${code}`),
    taskId ?? "–",
    shorten(printableText(jobUrl), 100),
  ]);
  return columnTable([head, ...rows]);
}
