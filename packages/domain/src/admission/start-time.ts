/** Clocks differ, and a request takes its time. */
const pastMs = 60_000;
const aheadMs = 366 * 24 * 60 * 60_000;

/** Whether something may be planned for this time: not in the past but for a minute, and at most a year ahead. */
export function judgeStartTime(at: Date, now: Date): "fine" | "past" | "too_far" {
  const ahead = at.getTime() - now.getTime();
  if (ahead < -pastMs) return "past";
  return ahead > aheadMs ? "too_far" : "fine";
}
