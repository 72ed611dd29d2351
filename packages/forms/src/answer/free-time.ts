import type { AskedQuestion } from "./asked-question.ts";
import { type DayWindow, daysBetween } from "./find-window.ts";

/** The person's stored first day, today when it has passed; undefined where none is stored as a date. */
export function freeFrom({
  profile,
  today,
}: Pick<AskedQuestion, "profile" | "today">): string | undefined {
  const text = profile.application?.startDate ?? "";
  const free = /^\d{4}-\d{2}$/u.test(text) ? `${text}-01` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(free)) return undefined;
  return free < today ? today : free;
}

/**
 * Whether somebody free from a day on has time then. Named days must be free from the first; of a month
 * or a season the larger half, of a year a quarter. Undefined where that is too close to tell.
 */
export function isFree(time: DayWindow, free: string): boolean | undefined {
  if (free <= time.start) return true;
  if (free > time.end) return false;
  if (time.isExact) return false;
  const length = daysBetween(time.start, time.end);
  const missed = daysBetween(time.start, free);
  if (length > 300) return missed * 4 <= length * 3 ? true : undefined;
  if (missed * 4 > length * 3) return false;
  return length < 130 && missed * 2 < length ? true : undefined;
}
