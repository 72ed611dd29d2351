import { type Fact, profileFact } from "../plan/fact.ts";
import { type AskedQuestion, isWritten } from "./asked-question.ts";
import { fieldMatches } from "./field-of-study.ts";
import { silenceOf } from "./list-silence.ts";
import { isTurned } from "./negation.ts";
import { plainWords, wantsWords } from "./question-words.ts";
import {
  type StudyRecord,
  degreeLevelOf,
  isHigher,
  degreeLevelsIn,
  mainStudy,
  studyRecords,
} from "./study-record.ts";
import { oneOption, yesNo } from "./worded-facts.ts";

/** "Are you considering further education after your current studies?" */
export function furtherStudy(question: AskedQuestion): Fact | undefined {
  const { text, profile, today } = question;
  const asks =
    /\b(further|additional|another|more|graduate|postgraduate|master'?s?|phd) (education|stud(y|ies)|degrees?|school|programs?)\b|\b(pursue|start|begin|do) (an? )?(master'?s|phd|mba|postgraduate|graduate school)|\breturn(ing)? to (full[- ]time )?(education|school|university|college|stud(y|ies))\b/u;
  const plans =
    /\b(consider|plan(ning|s)?|intend|committed|pursu(e|ing)|return(ing)?|continu(e|ing))\b/u;
  if (
    !asks.test(text) ||
    !plans.test(text) ||
    !/\b(after|following|upon|once|next|further)\b/u.test(text) ||
    /\b(internship|placement|co-?op|summer)\b/u.test(text)
  ) {
    return undefined;
  }
  const study = mainStudy(profile, today);
  const free = profile.application?.startDate ?? "";
  const isLast = study?.isCurrent === true && study.end !== undefined && free >= study.end;
  // Free for work once the studies end, and no later study is stored.
  const silence = isLast ? silenceOf(question, "education") : undefined;
  return (
    silence && { ...yesNo(false, "/application/startDate", 0), ...silence, isConclusion: true }
  );
}

/** "Are you currently enrolled in an undergraduate programme? Where, which, until when?" */
export function enrolled(question: AskedQuestion): Fact | undefined {
  const { text, closed, profile, today } = question;
  if (closed === undefined || isTurned(closed)) return undefined;
  if (
    !/\b(degree|program(me)?|university|college|school|student|course|undergraduate|graduate|bachelor\S*|master\S*|phd|stud(y|ies|ying)|education)\b/u.test(
      closed,
    )
  )
    return undefined;
  if (
    !/\b(enrolled|a (full[- ]time )?student|pursuing|studying|working towards?|attending)\b/u.test(
      closed,
    )
  )
    return undefined;
  if (
    /\bgraduat(e|es|ed|ing|ion)\b(?! (program|degree|student|course|or|school))|\b(return|visa|will you be|ever|previously|penultimate|final[- ]year)/u.test(
      closed,
    )
  )
    return undefined;
  const study = mainStudy(profile, today);
  if (study === undefined) return undefined;
  if (!study.isCurrent) return study.end === undefined ? undefined : yesNo(false, study.ref, 0.8);
  const levels = degreeLevelsIn(closed);
  if (levels.length > 0 && study.level === undefined) return undefined;
  const isLevel =
    levels.length === 0 || (study.level !== undefined && levels.includes(study.level));
  const subject = fieldAsked(closed);
  // What counts as such a subject is not for us to say.
  if (subject === undefined && /\b(stem|quantitative|technical|relevant|related)\b/u.test(closed))
    return undefined;
  if (isLevel && subject !== undefined && fieldMatches(study.entry.area ?? "", subject) !== true)
    return undefined;
  if (
    /\b(program|degree|course) (at|in) (a|an|the)\b/u.test(closed) &&
    /\b(us|u\.s\.?|canadian|target)\b/u.test(closed)
  )
    return undefined;
  if (isWritten(question) && isLevel && wantsWords(text)) return studyInWords(study);
  return yesNo(isLevel, study.ref, 0.88);
}

export function fieldAsked(text: string): string | undefined {
  return /\b(?:degree|program(?:me)?|bachelor'?s?|master'?s?|phd|studying|majoring|major)\b[^.?]{0,30}?\b(?:in|of) (?!an?\b|the\b|20\d\d)([^.?]+)/u.exec(
    text,
  )?.[1];
}

export function studyInWords({ entry, end, ref }: StudyRecord): Fact | undefined {
  const what = [entry.studyType, entry.area]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
  const until = end === undefined ? "" : `, expected to finish in ${monthInWords(end)}`;
  const where = entry.institution ?? "";
  if (what === "" || where === "") return undefined;
  return profileFact(ref, `Yes. ${what} at ${where}${until}.`);
}

/** "2027-06" as "June 2027". */
export function monthInWords(month: string): string {
  if (month.length < 7) return month.slice(0, 4);
  const first = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    first,
  );
}

/** "Do you have (at least) a Bachelor's degree?" */
export function hasDegree(question: AskedQuestion): Fact | undefined {
  const { closed, profile, today } = question;
  if (closed === undefined || isTurned(closed)) return undefined;
  if (/\b(grades?|score|gpa|honou?rs|classification)\b/u.test(closed)) return undefined;
  if (
    !/\b(do you (have|hold|possess)|have you (completed|obtained|earned|received|finished|got))\b.*\b(degree|diploma|bachelor|master|phd|doctorate|a-?levels?|high school)/u.test(
      closed,
    )
  )
    return undefined;
  const levels = degreeLevelsIn(closed);
  const isAnyDegree = /\b(university|college|academic|tertiary) (degree|diploma|education)\b/u.test(
    closed,
  );
  const asked = levels.at(-1) ?? (isAnyDegree ? "bachelor" : undefined);
  const done = studyRecords(profile, today).filter(
    ({ isCurrent, end }) => !isCurrent && end !== undefined,
  );
  const subject = fieldAsked(closed);
  if ((asked === undefined && subject === undefined) || profile.education === undefined)
    return undefined;
  const isLeast =
    isAnyDegree || /\b(or (higher|above|equivalent or higher)|at least|minimum)\b/u.test(closed);
  const found = done.find(
    ({ level, entry }) =>
      (asked === undefined
        ? level !== "school"
        : level === asked || (isLeast && isHigher(level, asked))) &&
      (subject === undefined || fieldMatches(entry.area ?? "", subject) === true),
  );
  if (found !== undefined) return yesNo(true, found.ref, 0.9);
  if (subject !== undefined) return undefined;
  const pursued = studyRecords(profile, today).find(
    ({ isCurrent, level }) => isCurrent && level === asked,
  );
  return pursued === undefined ? undefined : yesNo(false, pursued.ref, 0.75);
}

export const degreeWords =
  /\b(degree|level of (education|study|qualification)|education level|highest (level|qualification)|qualification|type of degree)\b/u;

/** The level among offered ones: the highest completed where that is asked, else what is studied now. */
export function degreeChoice(question: AskedQuestion): Fact | undefined {
  const { text, options, profile, today, closed } = question;
  if (!degreeWords.test(text) || closed !== undefined) return undefined;
  if (
    /\b(after|next|plan|plan to|further|class(ification)?|grade|gpa|result|subject|discipline|when|date|year)\b/u.test(
      text,
    )
  )
    return undefined;
  const levelled = options.filter((option) => degreeLevelOf(option) !== undefined);
  if (levelled.length < 2) return undefined;
  const records = studyRecords(profile, today);
  const isDone = /\b(completed|obtained|attained|achieved|earned|received|hold)\b/u.test(text);
  const isNow =
    /\b(current(ly)?|pursu\w*|enrolled|working|studying|expected|seeking|most recent|in progress|completing)\b/u.test(
      text,
    );
  const study =
    isDone && !isNow
      ? records.find(({ isCurrent, level }) => !isCurrent && level !== undefined)
      : records.find(({ level }) => level !== undefined);
  if (study?.level === undefined) return undefined;
  if (!isDone && !isNow && study.isCurrent && /\bhighest\b/u.test(text)) return undefined;
  const fitting = options.filter((option) => degreeLevelOf(option) === study.level);
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined)
    return oneOption(only, `${study.ref}/studyType`, 0.88);
  const exact = fitting.filter((option) => namesDegree(option, study.entry.studyType ?? ""));
  const [same] = exact;
  return exact.length === 1 && same !== undefined
    ? oneOption(same, `${study.ref}/studyType`, 0.88)
    : undefined;
}

export function namesDegree(option: string, studyType: string): boolean {
  const bare = (text: string): string => plainWords(text).replace(/[^a-z]+/gu, "");
  const long: Readonly<Record<string, string>> = {
    bsc: "bachelorofscience",
    ba: "bachelorofarts",
    msc: "masterofscience",
    ma: "masterofarts",
    bs: "bachelorofscience",
    ms: "masterofscience",
    beng: "bachelorofengineering",
    meng: "masterofengineering",
  };
  const type = bare(studyType);
  return (
    bare(option).includes(long[type] ?? `(${type})`) ||
    new RegExp(`\\b${type}\\b`, "u").test(plainWords(option))
  );
}
