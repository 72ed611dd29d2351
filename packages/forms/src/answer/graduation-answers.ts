import { type Fact, profileFact } from "../plan/fact.ts";
import { dateInFormat, namesDateFormat } from "../plan/date-format.ts";
import { type AnswerRule, type AskedQuestion, isWritten } from "./asked-question.ts";
import { type DayWindow, findWindow, monthEnd } from "./find-window.ts";
import { senseOf } from "./option-sense.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { mainStudy } from "./study-record.ts";

/** When the studies end or ended. */
export const graduationAnswers: readonly AnswerRule[] = [graduatesThen, graduationDate];

const topic =
  /\b(graduat(e|es|ed|ing|ion)|(complete[ds]?|completing|completion|finish(ed)?|finishing|end) (of |date of )?(your )?(current )?(degree|studies|course|program(me)?|education)|degree (completion|end|conferral))\b/u;

/** The stored month, with its last day; a bare year is too coarse for most questions. */
function graduation({
  profile,
  today,
}: AskedQuestion): { month: string; window: DayWindow; ref: string } | undefined {
  const study = mainStudy(profile, today);
  if (study?.end === undefined || study.end.length < 7) return undefined;
  const [year = 0, month = 1] = study.end.split("-").map(Number);
  const window = { start: `${study.end}-01`, end: monthEnd(year, month), isExact: false };
  return { month: study.end, window, ref: `${study.ref}/endDate` };
}

/** "Will you graduate between December 2026 and June 2027?" */
function graduatesThen(question: AskedQuestion): Fact | undefined {
  const { closed, text, today, options } = question;
  if (closed === undefined || !topic.test(closed) || isTurned(closed)) return undefined;
  if (options.some((option) => senseOf(option) === "else") || /\b(what|when|which)\b/u.test(closed))
    return undefined;
  const found = graduation(question);
  if (found === undefined) return undefined;
  const { window: own, ref } = found;
  if (/\b(interested|opportunities|employment|after|upon|return|join)\b/u.test(text))
    return undefined;
  const asked = findWindow(closed, today);
  if (asked === undefined) {
    const isOver = /\b(have you|already|recently) (already |recently )?graduated\b/u.test(closed);
    return isOver ? yesNo(own.end < today, ref, 0.85) : undefined;
  }
  if (
    /\b(before|by|no later than|prior to|on or before)\b/u.test(closed) &&
    !/\bbetween\b/u.test(closed)
  ) {
    return yesNo(own.end <= asked.end, ref, 0.85);
  }
  if (/\b(after|later than|no earlier|not before|or later)\b/u.test(closed))
    return yesNo(own.start >= asked.start, ref, 0.85);
  return yesNo(own.start >= asked.start && own.end <= asked.end, ref, 0.88);
}

function graduationDate(question: AskedQuestion): Fact | undefined {
  const { text, options, closed, kind } = question;
  if (!topic.test(text) || closed !== undefined || text.length > 260) return undefined;
  if (
    /\b(high school|secondary|why|describe|gpa|after graduat|upon graduat|plans|authori[sz]|visa)\b/u.test(
      text,
    )
  )
    return undefined;
  const found = graduation(question);
  if (found === undefined) return undefined;
  const { month, window: own, ref } = found;
  if (isWritten(question)) {
    if (!/\b(when|what|date|month|year|expected|anticipated|graduation)\b/u.test(text))
      return undefined;
    if (kind === "number" || (/\byear\b/u.test(text) && !/\bmonth\b|\bdate\b/u.test(text)))
      return profileFact(ref, month.slice(0, 4));
    return kind === "date" ? undefined : profileFact(ref, monthText(question.label, month));
  }
  const months = options.filter((option) => plainWords(option) === monthName(month));
  const [sameMonth] = months;
  if (sameMonth !== undefined && /\bmonth\b/u.test(text)) {
    return { texts: [sameMonth], source: "profile", ref, confidence: 0.9 };
  }
  const fitting = options.filter((option) => holdsMonth(option, own) === true);
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined)
    return { texts: [only], source: "profile", ref, confidence: 0.9 };
  // "2027" beside "June 2027" or "Summer 2027": what is said most exactly.
  const named = fitting.filter((option) => plainWords(option).includes(monthName(month)));
  const [exact] = named;
  return named.length === 1 && exact !== undefined
    ? { texts: [exact], source: "profile", ref, confidence: 0.85 }
    : undefined;
}

function holdsMonth(option: string, own: DayWindow): boolean | undefined {
  const text = plainWords(option);
  const time = findWindow(text, own.start.slice(0, 4));
  if (time === undefined || !/\b20\d\d\b|'\d\d\b/u.test(text)) return undefined;
  if (/\b(or later|after|and later|onwards?|beyond)\b|\+/u.test(text))
    return own.start >= time.start;
  if (/\b(or earlier|before|prior|or before|earlier than|by)\b/u.test(text))
    return own.end <= time.end;
  if (/\b(spring|summer|fall|autumn|winter)\b/u.test(text)) return seasonHolds(text, own);
  return own.start >= time.start && own.end <= time.end;
}

/** Graduation terms: spring runs to June, summer from June, so that June alone stays open. */
function seasonHolds(text: string, own: DayWindow): boolean | undefined {
  const [year = "", month = ""] = own.start.split("-");
  if (!text.includes(year)) return false;
  const number = Number(month);
  if (/\bspring\b/u.test(text)) return number >= 3 && number <= 6;
  if (/\bsummer\b/u.test(text)) return number >= 6 && number <= 8;
  return /\b(fall|autumn)\b/u.test(text)
    ? number >= 9 && number <= 12
    : number <= 2 || number === 12;
}

function monthName(month: string): string {
  return new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" })
    .format(new Date(`${month}-01T00:00:00Z`))
    .toLowerCase();
}

/** In the format that the label spells out, otherwise "June 2027". */
function monthText(label: string, month: string): string | undefined {
  if (namesDateFormat(label)) return dateInFormat(label, month);
  const name = monthName(month);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${month.slice(0, 4)}`;
}
