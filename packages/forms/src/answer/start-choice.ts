import type { Fact } from "../plan/fact.ts";
import { type AskedQuestion, takesSeveral } from "./asked-question.ts";
import {
  type DayWindow,
  daysBetween,
  findWindow,
  isoDay,
  monthEnd,
  monthOf,
} from "./find-window.ts";
import { freeFrom, isFree } from "./free-time.ts";
import { optionsThatSay, senseOf } from "./option-sense.ts";
import { plainWords } from "./question-words.ts";

const ref = "/application/startDate";

/** Offered times: those from the person's first day on; where one may be chosen, the earliest. */
export function startChoice(question: AskedQuestion): Fact | undefined {
  const { options, text, closed, today, job } = question;
  const free = freeFrom(question);
  if (free === undefined || options.length < 2) return undefined;
  if (!startWords.test(text) || !startTopic.test(text)) return undefined;
  if (closed !== undefined && options.every((option) => ["yes", "no"].includes(senseOf(option))))
    return undefined;
  if (
    /\b(graduat|degree|study|studies|interview|hours|days (a|per) week|weekdays?|shift|notice)/u.test(
      text,
    )
  )
    return undefined;
  const byDelay = delayOption(question, daysBetween(today, free));
  if (byDelay !== undefined) return byDelay;
  const about = plainWords(`${text} ${job.title ?? ""}`);
  const year = /\b20\d\d\b/u.exec(about)?.[0];
  const times = options.map((option) => optionWindow(option, { today, year, season: about }));
  if (times.filter((time) => time !== undefined).length < 2) return undefined;
  const fitting = options.filter((option, index) => {
    const time = times[index];
    return time !== undefined && isFree(time, free) === true && !isOtherWinter(option, free);
  });
  const [first] = fitting;
  if (first === undefined) {
    const rest = optionsThatSay(options, "other");
    const none = optionsThatSay(options, "none");
    const [only] = [...rest, ...none];
    return rest.length + none.length === 1 && only !== undefined
      ? { texts: [only], source: "profile", ref, confidence: 0.8 }
      : undefined;
  }
  const texts = takesSeveral(question) ? fitting : [first];
  return { texts, isList: takesSeveral(question), source: "profile", ref, confidence: 0.8 };
}

/** "Winter 2028" begins in December of that year for some and of the year before for others. */
function isOtherWinter(option: string, free: string): boolean {
  const year = Number(/\bwinter\b[^\d]*(20\d\d)\b/u.exec(plainWords(option))?.[1]);
  return !Number.isNaN(year) && free > isoDay(year - 1, 12, 1);
}

export const startWords =
  /\b(when|which|what|select|earliest|preferred|available|availability|how soon|dates?|terms?|periods?|cohorts?|intakes?)\b/u;

export const startTopic =
  /\b(start|join|begin|available|availability|(internship|hiring) (season|cycle)|program(me)? dates?|terms?|periods?|cohorts?|intakes?|dates work|internship dates?)\b/u;

export interface OptionTime {
  readonly today: string;
  readonly year: string | undefined;
  readonly season: string;
}

/** A time without a year is in the year that the question or the posting names, or the next one. */
export function optionWindow(
  option: string,
  { today, year, season }: OptionTime,
): DayWindow | undefined {
  const text = plainWords(option);
  if (/\b20\d\d\b/u.test(text) || year === undefined) return findWindow(text, today);
  const months = /\(([a-z]+)\.?\s*-\s*([a-z]+)\.?\)/u.exec(text);
  if (months !== null) {
    const [, first = "", last = ""] = months;
    const from = `${year}-01-01` > today ? `${year}-01-01` : today;
    const inner = windowOfMonths(monthOf(first), monthOf(last), from);
    if (inner !== undefined) return inner;
  }
  const seasonStart = findWindow(season, today);
  return findWindow(
    text,
    seasonStart !== undefined && seasonStart.end >= today ? seasonStart.start : today,
  );
}

export function windowOfMonths(first: number, last: number, today: string): DayWindow | undefined {
  if (first === 0 || last === 0) return undefined;
  const year = Number(today.slice(0, 4));
  const over = last < first ? 1 : 0;
  const base = monthEnd(year + over, last) < today ? year + 1 : year;
  return { start: isoDay(base, first, 1), end: monthEnd(base + over, last), isExact: false };
}

/** "Immediately", "within 2 weeks", "1-3 months", "more than 3 months". */
export function delayOption({ options }: AskedQuestion, delayDays: number): Fact | undefined {
  const ranges = options.map((option) => delayRange(plainWords(option)));
  if (ranges.filter((range) => range !== undefined).length < 2) return undefined;
  const fitting = options.filter((_, index) => {
    const range = ranges[index];
    return range !== undefined && delayDays >= range[0] && delayDays <= range[1];
  });
  const [only] = fitting;
  if (fitting.length !== 1 || only === undefined) return undefined;
  return { texts: [only], source: "profile", ref, confidence: 0.85 };
}

export function delayRange(text: string): readonly [number, number] | undefined {
  if (
    /^(immediately|right away|now|asap|as soon as possible|sofort|immediatement|inmediata\w*|imediata\w*|subito|direct|natychmiast)\b/u.test(
      text,
    )
  )
    return [0, 3];
  const unit = daysInUnit(text);
  if (unit === undefined || /\b20\d\d\b/u.test(text)) return undefined;
  const numbers = [...text.matchAll(/\d+/gu)].map(([digits]) => Number(digits) * unit);
  const [first, high] = numbers;
  const low = first ?? (/\b(a|one|an|ein\w*|un[ea]?|um)\b/u.test(text) ? unit : undefined);
  if (low === undefined) return undefined;
  if (high !== undefined) return [low, high];
  if (
    /\b(less|under|within|up to|fewer|bis zu|weniger|moins|menos|meno|minder|mniej)\b|</u.test(text)
  )
    return [0, low];
  if (/\bor more\b|\bat least\b|\+|\bmindestens\b/u.test(text))
    return [low, Number.POSITIVE_INFINITY];
  if (/\b(more|over|above|longer|mehr|plus|mas|mais|piu|meer|ponad)\b|>/u.test(text))
    return [low + 1, Number.POSITIVE_INFINITY];
  return /\bnotice\b|^\d+ (\p{L}+)$/u.test(text) ? [low, low] : undefined;
}

const units: readonly (readonly [number, RegExp])[] = [
  [7, /\b(weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|tygod\w*)\b/u],
  [30.5, /\b(months?|monate?n?|mois|mes(es)?|mesi|mese|maand(en)?|miesi[ae]c\w*)\b/u],
  [1, /\b(days?|tage?n?|jours?|dias?|giorn[io]|dagen|dni)\b/u],
];

/** How many days the unit of a length of time is; undefined where a text names none. */
export function daysInUnit(text: string): number | undefined {
  return units.find(([, words]) => words.test(text))?.[0];
}
