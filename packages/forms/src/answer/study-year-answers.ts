import type { Fact } from "../plan/fact.ts";
import type { AnswerRule, AskedQuestion } from "./asked-question.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { type StudyRecord, mainStudy, studyYears } from "./study-record.ts";

/** Which year of the studies the person is in, counted from the stored dates. */
export const studyYearAnswers: readonly AnswerRule[] = [isInYear, yearChoice];

const yearWords =
  /\b(freshman|sophomore|junior|senior|penultimate|final|first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b(?=([- ]year| (or|and|in|standing|at)\b|[,?/]|$))/gu;

/** "Are you a penultimate-year student?", "Are you a freshman or sophomore?" */
function isInYear(question: AskedQuestion): Fact | undefined {
  const { closed, profile, today } = question;
  if (closed === undefined || isTurned(closed)) return undefined;
  if (
    !/\b(student|undergraduate|program(me)?|degree|university|college|stud(y|ies|ying)|freshman|sophomore|penultimate)\b/u.test(
      closed,
    )
  )
    return undefined;
  const named = [...closed.matchAll(yearWords)].map(([word]) => word);
  const study = mainStudy(profile, today);
  if (named.length === 0 || study === undefined) return undefined;
  if (
    named.length === 1 &&
    ["first", "second", "third"].includes(named[0] ?? "") &&
    !/year/u.test(closed)
  )
    return undefined;
  if (/\b(choice|preference|class|degree class|time|internship)\b/u.test(closed)) return undefined;
  const verdicts = named.map((word) => isYear(word, study, today));
  const ref = `${study.ref}/endDate`;
  if (verdicts.includes(true)) return yesNo(true, ref, 0.82);
  return verdicts.every((verdict) => verdict === false) ? yesNo(false, ref, 0.82) : undefined;
}

/** Undefined where the two ways of counting, from the start and from the end, disagree. */
function isYear(word: string, study: StudyRecord, today: string): boolean | undefined {
  const years = studyYears(study, today);
  if (years === undefined) return undefined;
  const { year, left } = years;
  const ordinal = ["first", "second", "third", "fourth", "fifth"].indexOf(word) + 1;
  const digit = Number(/^\d/u.exec(word)?.[0] ?? 0);
  if (ordinal > 0 || digit > 0) return year === (ordinal > 0 ? ordinal : digit);
  if (word === "final") return left === 1;
  if (word === "penultimate") return left === 2;
  // American names are said of four years; in three they are counted from both ends.
  const fromStart = ["freshman", "sophomore", "junior", "senior"].indexOf(word) + 1;
  const fits = [year === fromStart, left === 5 - fromStart];
  return fits[0] === fits[1] ? fits[0] : undefined;
}

/** "What year of study are you in?" with the years to choose from. */
function yearChoice(question: AskedQuestion): Fact | undefined {
  const { text, options, profile, today, closed } = question;
  if (closed !== undefined || options.length < 2) return undefined;
  if (
    !/\b(year of (your )?(study|studies|university|degree|course)|(what|which|current|academic) year|academic (level|standing|status)|class (standing|year)|school year|student status|stage (of|in|are you)|current status)\b/u.test(
      text,
    )
  )
    return undefined;
  if (
    /\b(graduat\w+ (date|year|in)|complet|finish|birth|visa|immigration|employment|work)/u.test(
      text,
    )
  )
    return undefined;
  const study = mainStudy(profile, today);
  if (study === undefined) return undefined;
  const fitting = options.filter((option) => {
    const words = [...plainWords(option).matchAll(yearWords)].map(([word]) => word);
    return words.some((word) => isYear(word, study, today) === true);
  });
  const [only] = fitting;
  if (only === undefined) return undefined;
  const ref = `${study.ref}/endDate`;
  if (fitting.length === 1) return { texts: [only], source: "profile", ref, confidence: 0.82 };
  const final = fitting.filter((option) => /\bfinal\b/u.test(plainWords(option)));
  return final.length === 1 && final[0] !== undefined
    ? { texts: [final[0]], source: "profile", ref, confidence: 0.75 }
    : undefined;
}
