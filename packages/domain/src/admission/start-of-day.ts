/**
 * When the day of `now` began in a time zone. A day has 23 or 25 hours where clocks are changed, and begins at
 * 1 in the morning where midnight itself is skipped.
 */
export function startOfDay(now: Date, timeZone: string): Date {
  const day = dayOf(now, timeZone);
  // The first moment of that day: before it is the day before, so it can be searched for.
  let [before, within] = [now.getTime() - 26 * hourMs, now.getTime()];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(new Date(middle), timeZone) === day) within = middle;
    else before = middle;
  }
  return new Date(within);
}

/** The first moment of the day after. */
export function startOfNextDay(now: Date, timeZone: string): Date {
  // No day has fewer than 22 hours or more than 26, and none but the next begins in between.
  const somewhen = new Date(startOfDay(now, timeZone).getTime() + 26.5 * hourMs);
  return startOfDay(somewhen, timeZone);
}

const hourMs = 60 * 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day on the calendar there, such as 2026-03-29. */
export function dayOf(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
