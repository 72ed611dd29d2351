const dayMs = 24 * 60 * 60_000;

/**
 * When a clock on the wall there first shows this time of this day (such as 2026-03-29, 150 for half past two).
 * A time that is skipped is the moment at which the clock is put forward; of one that comes twice it is the first.
 */
export function firstMomentOf(day: string, minutes: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const [before, after] = [offsetMs(wall - dayMs, timeZone), offsetMs(wall + dayMs, timeZone)];
  const shown = [wall - before, wall - after].filter((at) => at + offsetMs(at, timeZone) === wall);
  if (shown.length > 0) return new Date(Math.min(...shown));
  // Clocks were put forward over it. That moment is searched for.
  let [early, late] = [wall - dayMs, wall + dayMs];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, timeZone) === before) early = middle;
    else late = middle;
  }
  return new Date(late);
}

/** The day so many days after this one. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** The time as a clock there shows it, such as 2026-03-29T09:00:00+02:00. */
export function zonedTime(at: Date, timeZone: string): string {
  const whole = Math.floor(at.getTime() / 1_000) * 1_000;
  const offset = offsetMs(whole, timeZone);
  const wall = new Date(whole + offset).toISOString().slice(0, 19);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${wall}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far clocks there are ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(timeZone, format);
  }
  const whole = Math.floor(at / 1_000) * 1_000;
  return Date.parse(`${format.format(whole).replace(" ", "T")}Z`) - whole;
}
