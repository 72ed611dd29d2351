/** A stretch of days, both ends included; ISO dates. `isExact` where days were named. */
export interface DayWindow {
  readonly start: string;
  readonly end: string;
  readonly isExact: boolean;
}

const monthNames =
  "january february march april may june july august september october november december".split(
    " ",
  );
const month = `(${monthNames.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)\\.?`;
const day = "(\\d{1,2})(?:st|nd|rd|th)?";
const year = "(20\\d\\d|'\\d\\d)";

const seasons: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 12],
  fall: [9, 12],
  winter: [12, 2],
};

/** The month's number, 1 to 12. */
export function monthOf(name: string): number {
  return monthNames.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3))) + 1;
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  return text.startsWith("'") ? 2000 + Number(text.slice(1)) : Number(text);
}

export function isoDay(yearNumber: number, monthNumber: number, dayNumber: number): string {
  return new Date(Date.UTC(yearNumber, monthNumber - 1, dayNumber)).toISOString().slice(0, 10);
}

/** The last day of a month; the year may run over. */
export function monthEnd(yearNumber: number, monthNumber: number): string {
  return isoDay(yearNumber, monthNumber + 1, 0);
}

/**
 * The one time that a plain text names: "fall 2026", "july 5th 2027", "october 19th - january 8th",
 * "june - aug", "2027". Where it names no year, the next such time from `from` on is meant.
 */
export function findWindow(text: string, from: string): DayWindow | undefined {
  return (
    dayRange(text, from) ??
    monthRange(text, from) ??
    oneDay(text) ??
    oneMonth(text) ??
    season(text, from) ??
    wholeYear(text)
  );
}

const until = "\\s*(?:-|to|until|through)\\s*";

function dayRange(text: string, from: string): DayWindow | undefined {
  const monthFirst = new RegExp(
    `\\b${month} ${day}(?:,? ${year})?${until}(?:${month} )?${day}(?:,? ${year})?`,
    "u",
  ).exec(text);
  const dayFirst = new RegExp(
    `\\b${day} ${month}(?:,? ${year})?${until}${day} ${month}(?:,? ${year})?`,
    "u",
  ).exec(text);
  const [startMonth, startDay, startYear, endMonth, endDay, endYear] =
    monthFirst?.slice(1) ?? swapped(dayFirst?.slice(1)) ?? [];
  if (startMonth === undefined) return undefined;
  return between({
    start: [yearOf(startYear), monthOf(startMonth), Number(startDay)],
    end: [yearOf(endYear), monthOf(endMonth ?? startMonth), Number(endDay)],
    from,
    isExact: true,
  });
}

/** "21 june 2027 - 27 august" in the order of "june 21 2027 - august 27". */
function swapped(parts: readonly string[] | undefined): (string | undefined)[] | undefined {
  if (parts === undefined) return undefined;
  const [startDay, startMonth, startYear, endDay, endMonth, endYear] = parts;
  return [startMonth, startDay, startYear, endMonth, endDay, endYear];
}

function monthRange(text: string, from: string): DayWindow | undefined {
  const found = new RegExp(
    `\\b${month}(?: ${year})?\\s*(?:-|to|until|through|and)\\s*${month}(?: ${year})?(?!\\w)`,
    "u",
  ).exec(text);
  if (found === null) return undefined;
  const [, startMonth = "", startYear, endMonth = "", endYear] = found;
  return between({
    start: [yearOf(startYear), monthOf(startMonth), 1],
    end: [yearOf(endYear), monthOf(endMonth), 31],
    from,
    isExact: false,
  });
}

interface Ends {
  readonly start: readonly [number | undefined, number, number];
  readonly end: readonly [number | undefined, number, number];
  readonly from: string;
  readonly isExact: boolean;
}

function between({ start, end, from, isExact }: Ends): DayWindow {
  const [startYear, startMonth, startDay] = start;
  const [endYear, endMonth, endDay] = end;
  const runsOver = endMonth < startMonth ? 1 : 0;
  const thisYear = Number(from.slice(0, 4));
  const guess = startYear ?? (endYear === undefined ? undefined : endYear - runsOver);
  const first = guess ?? (endOf(thisYear) < from ? thisYear + 1 : thisYear);
  return { start: isoDay(first, startMonth, startDay), end: endOf(first), isExact };

  function endOf(base: number): string {
    const last = endYear ?? base + runsOver;
    const lastDay = monthEnd(last, endMonth);
    const wanted = isoDay(last, endMonth, endDay);
    return wanted < lastDay && wanted.slice(5, 7) === lastDay.slice(5, 7) ? wanted : lastDay;
  }
}

function oneDay(text: string): DayWindow | undefined {
  const monthFirst = new RegExp(`\\b${month} ${day},? ${year}`, "u").exec(text);
  const dayFirst = new RegExp(`\\b${day} (?:of )?${month},? ${year}`, "u").exec(text);
  const iso = /\b(20\d\d)-(\d\d)-(\d\d)\b/u.exec(text)?.[0];
  const found =
    monthFirst !== null
      ? isoDay(yearOf(monthFirst[3]) ?? 0, monthOf(monthFirst[1] ?? ""), Number(monthFirst[2]))
      : dayFirst !== null
        ? isoDay(yearOf(dayFirst[3]) ?? 0, monthOf(dayFirst[2] ?? ""), Number(dayFirst[1]))
        : iso;
  return found === undefined ? undefined : { start: found, end: found, isExact: true };
}

function oneMonth(text: string): DayWindow | undefined {
  const found = [...text.matchAll(new RegExp(`\\b${month},? (?:of )?${year}`, "gu"))];
  const months = found.map(([, name = "", named]): [number, number] => [
    yearOf(named) ?? 0,
    monthOf(name),
  ]);
  const [only] = months;
  if (only === undefined || new Set(months.map(String)).size > 1) return undefined;
  const [inYear, number] = only;
  return { start: isoDay(inYear, number, 1), end: monthEnd(inYear, number), isExact: false };
}

const seasonNames = `(spring|summer|autumn|fall|winter)`;

/** "fall back" and "Spring Boot" are no seasons: without a year the words around have to say so. */
const bareSeason = new RegExp(
  `(?:^|\\b(?:in|for|this|next|during|the|over) (?:the )?|[,/(] ?)${seasonNames}(?=$|[\\s]*[,/().?!-]| (?:terms?|semesters?|quarters?|internships?|program|break|or|and)\\b)`,
  "u",
);

function season(text: string, from: string): DayWindow | undefined {
  const dated = [...text.matchAll(new RegExp(`\\b${seasonNames}\\b[^.?]{0,20}?${year}`, "gu"))];
  const [first] = dated;
  const isOne = new Set(dated.map(([, name, named]) => `${name} ${named}`)).size <= 1;
  const name = first?.[1] ?? bareSeason.exec(text)?.[1] ?? "";
  const [startMonth, endMonth] = seasons[name] ?? [];
  if (!isOne || startMonth === undefined || endMonth === undefined) return undefined;
  const inYear = yearOf(first?.[2]) ?? yearOf(new RegExp(`\\b${year}`, "u").exec(text)?.[1]);
  return between({
    start: [inYear, startMonth, 1],
    end: [undefined, endMonth, 31],
    from,
    isExact: false,
  });
}

function wholeYear(text: string): DayWindow | undefined {
  const years = [...text.matchAll(/\b(20\d\d)\b/gu)].map(([, digits]) => Number(digits));
  const [only] = years;
  if (only === undefined || new Set(years).size !== 1) return undefined;
  // Two terms of one year are not the whole of it.
  if (new RegExp(`\\b(${month}|${seasonNames})[^.?]{0,12}${year}`, "u").test(text))
    return undefined;
  return { start: isoDay(only, 1, 1), end: isoDay(only, 12, 31), isExact: false };
}

/** Days from one ISO date to another; negative when the second is earlier. */
export function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / 86_400_000);
}
