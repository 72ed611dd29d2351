import { Cron } from "croner";

/** Two runs of a schedule are at least so far apart. */
const shortestGapMs = 5 * 60_000;

const fields = ["minute", "hour", "day of month", "month", "weekday"] as const;
const nicknames = /^@(?:hourly|daily|weekly|monthly|yearly|annually)$/;
/** More than any day has times that are five minutes apart. */
const judgedTimes = 300;
const judgedFrom = new Date("2026-01-01T00:00:00Z");
const judgedUntil = Date.parse("2027-02-01T00:00:00Z");

export type JudgedCron =
  | { readonly kind: "fine" }
  /** With what is wrong, as the end of a sentence that begins with the name of the field in the request. */
  | { readonly kind: "refused"; readonly problem: string };

/** Whether these are times that a schedule can have. */
export function judgeCron(cron: string): JudgedCron {
  const said = cron.trim().split(/\s+/);
  if (!nicknames.test(cron.trim())) {
    if (said.length !== fields.length) {
      return refused(
        `has ${said.length} fields in place of five: minute, hour, day of month, month, weekday, such as "30 9 * * mon-fri"`,
      );
    }
    const wrong = said.findIndex((field, index) => !isFieldRight(field, index));
    if (wrong >= 0) {
      return refused(
        `says "${said[wrong]}" for the ${fields[wrong]}, which is no ${fields[wrong]}`,
      );
    }
  }
  if (read(cron, "UTC").nextRun(judgedFrom) === null) {
    return refused("names a day that never comes, such as the 31st of February");
  }
  // Whether minutes of neighbouring hours are far enough apart is soon known, and mostly enough.
  const [minutes = "*"] = nicknames.test(cron.trim()) ? ["0"] : said;
  const isTooOften = comesTooOften(`${minutes} * * * *`) && comesTooOften(cron);
  return isTooOften ? refused("comes more often than every five minutes") : { kind: "fine" };
}

/**
 * The first of these times after `after`. A time that clocks skip is when they are put forward, one that comes
 * twice is the first; what comes every so many minutes goes on through both.
 */
export function nextCronTime(cron: string, timeZone: string, after: Date): Date | undefined {
  return read(cron, timeZone).nextRun(after) ?? undefined;
}

function refused(problem: string): JudgedCron {
  return { kind: "refused", problem };
}

/** In its own place, with nothing else that could be wrong. */
function isFieldRight(field: string, place: number): boolean {
  try {
    read(fields.map((_, index) => (index === place ? field : "*")).join(" "), "UTC");
    return true;
  } catch {
    return false;
  }
}

/** In a zone without changes of clocks, which say nothing of the times. */
function comesTooOften(cron: string): boolean {
  const reader = read(cron, "UTC");
  let before = reader.nextRun(judgedFrom);
  for (let count = 1; count < judgedTimes && before !== null; count += 1) {
    const at = reader.nextRun(before);
    if (at === null) return false;
    if (at.getTime() - before.getTime() < shortestGapMs) return true;
    if (at.getTime() > judgedUntil) return false;
    before = at;
  }
  return false;
}

function read(cron: string, timezone: string): Cron {
  // Paused: it is asked for times and never starts anything.
  return new Cron(cron.trim(), { timezone, paused: true });
}
