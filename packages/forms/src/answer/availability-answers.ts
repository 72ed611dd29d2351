import type { Fact } from "../plan/fact.ts";
import type { AnswerRule, AskedQuestion, Finding } from "./asked-question.ts";
import { type DayWindow, daysBetween, findWindow } from "./find-window.ts";
import { freeFrom, isFree } from "./free-time.ts";
import { optionsThatSay } from "./option-sense.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { dateInFormat, namesDateFormat } from "../plan/date-format.ts";
import { daysInUnit, delayRange, startChoice } from "./start-choice.ts";
import { yesNo } from "./worded-facts.ts";

const ref = "/application/startDate";

const availableWords =
  /\b(available|availability|able to (start|join|begin|commit|work|complete)|free to|start(ing)? (on|in|by|from|date)|can you (start|join|begin|commit)|could you (start|join|begin)|join us|commit to)\b/u;

/** When the person is free, as far as the stored first day tells. */
export const availabilityAnswers: readonly AnswerRule[] = [
  noticeChoice,
  startChoice,
  availableThen,
  firstDay,
];

/** "When is the earliest you could start?" in writing. */
function firstDay(question: AskedQuestion): Fact | undefined {
  const { text: asked, options, closed, kind, profile } = question;
  const free = freeFrom(question);
  const stored = profile.application?.startDate;
  if (options.length > 0 || closed !== undefined || free === undefined || stored !== free)
    return undefined;
  const asks =
    /\b(when|how soon|what date|what is|earliest|date|available)\b.*\b(start(ing)?|join|begin|available|availability)\b/u;
  if (
    !asks.test(asked) ||
    asked.length > 120 ||
    /\b(why|graduat|interview|current|previous|did|started|was|were|degree|hours|days|end|and)\b/u.test(
      asked,
    )
  )
    return undefined;
  if (!["text", "date", "textarea"].includes(kind)) return undefined;
  const { label } = question;
  const text = kind !== "date" && namesDateFormat(label) ? dateInFormat(label, free) : free;
  return text === undefined
    ? undefined
    : { texts: [text], source: "profile", ref, confidence: 0.88 };
}

/** Offered lengths of notice; "none" is every way of saying so. */
function noticeChoice({ text, meaning, options, profile }: AskedQuestion): Finding | undefined {
  const isAsked = meaning === "noticePeriod" || /\bnotice\b/u.test(text);
  if (!isAsked || options.length < 2) return undefined;
  const notice = plainWords(profile.application?.noticePeriod);
  if (notice === "") return { personOnly: "no notice period is stored" };
  const isNone = /^(none|no( notice)?|0|immediate(ly)?|n\/a|not applicable)\b/u.test(notice);
  const days = isNone ? 0 : daysIn(notice);
  if (days === undefined) return { personOnly: "the stored notice period is not a length of time" };
  const fitting = options.filter((option) => {
    const range = delayRange(plainWords(option));
    const saysNone =
      /^(none|no notice|0\b|immediate|not applicable|n\/a|keine|aucun|ninguno?|nenhum|nessun|geen|brak)/u.test(
        plainWords(option),
      );
    return isNone && saysNone ? true : range !== undefined && days >= range[0] && days <= range[1];
  });
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? { texts: [only], source: "profile", ref: "/application/noticePeriod", confidence: 0.85 }
    : { personOnly: "the stored notice period fits none of the choices for sure" };
}

function daysIn(text: string): number | undefined {
  const [, amount] = /^(\d+)\b/u.exec(text) ?? [];
  const unit = daysInUnit(text);
  return amount === undefined || unit === undefined ? undefined : Number(amount) * unit;
}

/** "Are you available for the internship from 5 July 2027?" */
function availableThen(question: AskedQuestion): Fact | undefined {
  const { closed, text, options } = question;
  const free = freeFrom(question);
  if (
    closed === undefined ||
    free === undefined ||
    !availableWords.test(text) ||
    isTurned(closed)
  ) {
    return undefined;
  }
  if (
    /\b(moved|flexible|changed|postponed|deferred|negotiable|attend|assessment|tests?|challenges?|calls?|exams?|courses?|gap year|degree|phd|master'?s|study|studies|weekends?|nights?|evenings?|shifts?|overtime|holidays|interview|hours|remotely|travel)\b/u.test(
      text,
    )
  ) {
    return undefined;
  }
  const isNow = /\b(immediately|right away|straight away|asap|as soon as possible)\b/u.test(closed);
  if (isNow && findWindow(text, question.today) === undefined)
    return yesNo(free <= question.today, ref, 0.85);
  const time = findWindow(text, question.today);
  if (time === undefined) return undefined;
  const fits = isFreeThen(text, { time, free });
  if (fits === undefined) return undefined;
  const yes = optionsThatSay(options, "yes");
  // Several ways of saying yes differ in length: the first promises what all others promise too.
  if (fits && yes.length > 1 && yes.every((option) => /\b\d+\s*(weeks?|months?)\b/u.test(option))) {
    const [shortest] = [...yes].sort((a, b) => lengthIn(a) - lengthIn(b));
    return shortest === undefined
      ? undefined
      : { texts: [shortest], source: "profile", ref, confidence: 0.65, isConclusion: true };
  }
  return yesNo(fits, ref, time.isExact ? 0.88 : 0.78);
}

/** As the words around a time say: before it, after it, or so many weeks within it. */
function isFreeThen(
  text: string,
  { time, free }: { readonly time: DayWindow; readonly free: string },
): boolean | undefined {
  if (/\b(before|prior to|earlier than|sooner than)\b/u.test(text)) return free < time.start;
  if (/\b(after|later than)\b/u.test(text)) return free <= time.end ? true : undefined;
  const fits = isFree(time, free);
  const days = lengthIn(text) * 7;
  const from = free > time.start ? free : time.start;
  return fits === true && days > 0 && !time.isExact && daysBetween(from, time.end) + 3 < days
    ? undefined
    : fits;
}

function lengthIn(option: string): number {
  const [, amount = "0", unit = ""] = /\b(\d+)[\s-]*(week|month)/u.exec(option) ?? [];
  return Number(amount) * (unit === "month" ? 4.3 : 1);
}
