/** A calendar day as the parts a form may want. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/**
 * A day as written. "03/04/2024" is read by `order`, when given; otherwise only where it can be nothing
 * else, as in "25/12/2024".
 */
export function parseDay(text: string, order?: "dmy" | "mdy"): CalendarDay | undefined {
  const clean = text.trim().toLowerCase();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[t\s])/u.exec(clean);
  if (iso !== null) return dayOf(iso[1], iso[2], iso[3]);
  const numeric = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$/u.exec(clean);
  if (numeric !== null) {
    const [, first, second, year] = numeric;
    if (order === "dmy") return dayOf(year, second, first);
    if (order === "mdy") return dayOf(year, first, second);
    if (Number(first) > 12) return dayOf(year, second, first);
    if (Number(second) > 12 || first === second) return dayOf(year, first, second);
    return undefined;
  }
  const named =
    /^(?:\p{L}+,\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+(\p{L}{3,})\.?,?\s+(\d{4})$/u.exec(clean) ??
    undefined;
  if (named !== undefined) return dayOf(named[3], monthOf(named[2]), named[1]);
  const english = /^(?:\p{L}+,\s+)?(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(
    clean,
  );
  return english === null ? undefined : dayOf(english[3], monthOf(english[1]), english[2]);
}

/** The day in a pattern of `yyyy`, `mm`, `dd` and signs, such as "dd.mm.yyyy". */
export function formatDay({ year, month, day }: CalendarDay, pattern: string): string {
  return pattern
    .replace(/y{2,4}/iu, String(year).padStart(4, "0"))
    .replace(/m{1,2}/iu, (mark) => String(month).padStart(mark.length, "0"))
    .replace(/d{1,2}/iu, (mark) => String(day).padStart(mark.length, "0"));
}

export function isoDay(day: CalendarDay): string {
  return formatDay(day, "yyyy-mm-dd");
}

function monthOf(name: string | undefined): string | undefined {
  const index = monthNames.findIndex((month) => month.startsWith((name ?? "?").slice(0, 3)));
  return index === -1 ? undefined : String(index + 1);
}

function dayOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): CalendarDay | undefined {
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const isReal =
    date.getUTCFullYear() === parts.year &&
    date.getUTCMonth() === parts.month - 1 &&
    date.getUTCDate() === parts.day;
  return isReal ? parts : undefined;
}
