import { type StartWindow, Weekday } from "@valet/contracts";
import { addDays, firstMomentOf } from "./local-time.ts";
import { dayOf } from "./start-of-day.ts";

export interface Opening {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/**
 * When the window is open: now, or the next time. It opens and closes when a clock there first shows its times,
 * so in a night in which clocks are changed it is shorter or longer, and one of which every hour is skipped does
 * not open at all.
 */
export function nextOpening(window: StartWindow, timeZone: string, now: Date): Opening {
  const { days = Weekday.options } = window;
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  // One that opened yesterday may still be open.
  for (let day = addDays(dayOf(now, timeZone), -1); ; day = addDays(day, 1)) {
    if (!days.includes(weekdayOf(day))) continue;
    const opensAt = firstMomentOf(day, from, timeZone);
    const closesAt = firstMomentOf(to < from ? addDays(day, 1) : day, to, timeZone);
    if (closesAt > now && closesAt > opensAt) return { opensAt, closesAt };
  }
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function weekdayOf(day: string): Weekday {
  const fromSunday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return Weekday.options[(fromSunday + 6) % 7] ?? "mon";
}
