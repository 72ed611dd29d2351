import { type Sourced, sourced } from "../facts/sourced.ts";
import type { Entry } from "./split-entries.ts";

export interface DateSpan {
  readonly startDate?: Sourced;
  readonly endDate?: Sourced;
}

/** From when to when an entry says it was. */
export function dateSpan(dates: Entry["dates"], confidence: number): DateSpan {
  if (dates === undefined) return {};
  const { line, range } = dates;
  const { start, end, text } = range;
  return {
    ...(start === undefined ? {} : { startDate: sourced(start, line, text, confidence) }),
    ...(end === undefined ? {} : { endDate: sourced(end, line, text, confidence) }),
  };
}
