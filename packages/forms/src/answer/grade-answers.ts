import { type Fact, profileFact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, isWritten } from "./asked-question.ts";
import { optionsThatSay } from "./option-sense.ts";
import { plainWords } from "./question-words.ts";
import { mainStudy, studyRecords } from "./study-record.ts";
import { numberRange } from "./number-range.ts";

/** Grades, each in the scale it was given in: none is converted. */
export const gradeAnswers: readonly AnswerRule[] = [schoolGrades, gradePoint, degreeClass];

type BritishClass = "first" | "2:1" | "2:2" | "third";

/** "2:1", "Upper second class honours (2.1)". */
function britishClass(text: string): BritishClass | undefined {
  const plain = plainWords(text).replace(/[()]/gu, " ");
  if (
    /\b(upper[- ]second|2\s?[:.]\s?1|2\.?i|ii\.?i|2,1)(?!\d)/u.test(plain) &&
    !/lower/u.test(plain)
  )
    return "2:1";
  if (/\b(lower[- ]second|2\s?[:.]\s?2|2\.?ii|2,2)(?!\d)/u.test(plain)) return "2:2";
  if (/\b(first|1st)\b/u.test(plain)) return "first";
  return /\b(third|3rd)\b/u.test(plain) ? "third" : undefined;
}

const gradeTopic =
  /\b(gpa|grade point|grades?|degree class(ification)?|classification|(overall|degree|final|predicted|expected) (result|mark|score|average)|average (mark|grade)|2[:.][12]|first[- ]class (honours|degree))(?!\d)/u;

/** A-level and similar, from the row of that school. */
function schoolGrades({ text, profile, today, options }: AskedQuestion): Fact | undefined {
  const asked = /\b(a-?\s?levels?|high school|secondary|ib|abitur)\b/u;
  if (!asked.test(text) || !/\b(grades?|results?|scores?|gpa|points)\b/u.test(text))
    return undefined;
  if (options.length > 0 || /\b(gcse|sat|act|ucas|maths?|mathematics)\b/u.test(text))
    return undefined;
  const records = studyRecords(profile, today).filter(({ level }) => level === "school");
  const [only] = records;
  if (records.length !== 1 || only === undefined) return undefined;
  const isSame =
    /\ba-?\s?levels?\b/u.test(text) === /\ba-?\s?levels?\b/u.test(plainWords(only.entry.studyType));
  const { score, area } = only.entry;
  if (!isSame || score === undefined || score === "") return undefined;
  return profileFact(
    `${only.ref}/score`,
    area === undefined || area === "" ? score : `${score} (${area})`,
  );
}

function gradePoint(question: AskedQuestion): Fact | undefined {
  const { text, options, profile, today } = question;
  if (/\b(gpa|grading|grade|which|what) scale\b|\bscale used\b/u.test(text)) return undefined;
  if (!/\bgpa\b|\bgrade point\b/u.test(text) || /\b(high school|secondary)\b/u.test(text))
    return undefined;
  const study = mainStudy(profile, today);
  const score = study?.entry.score;
  if (study === undefined || score === undefined || score === "") return undefined;
  const ref = `${study.ref}/score`;
  const value = gradePointOf(score);
  if (value === "unclear") return undefined;
  if (value === undefined) {
    const none = optionsThatSay(options, "notApplicable");
    const [only] = none;
    const other = options.filter((option) =>
      /\b(different|other|another) (grading|scale|system)|\bnot (on|in) a? ?(4|gpa)/u.test(
        plainWords(option),
      ),
    );
    const [scale] = other;
    if (other.length === 1 && scale !== undefined)
      return { texts: [scale], source: "profile", ref, confidence: 0.85 };
    return none.length === 1 && only !== undefined
      ? { texts: [only], source: "profile", ref, confidence: 0.85 }
      : undefined;
  }
  if (isWritten(question)) return profileFact(ref, String(value));
  const fitting = options.filter((option) => numberRange(option)?.holds(value) === true);
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? { texts: [only], source: "profile", ref, confidence: 0.9 }
    : undefined;
}

/**
 * A number on the scale to 4, where the score says so: "3.8/4.0", "3.8 GPA". A bare "1.3" may be German and
 * excellent: unclear. Undefined for what is surely another scale.
 */
function gradePointOf(score: string): number | "unclear" | undefined {
  const [, digits, scale, name] =
    /^\s*(?:gpa:?\s*)?([0-4][.,]\d{1,2}|4)\s*(?:(?:\/|out of)\s*([\d.]+)|(gpa))?\s*$/iu.exec(
      score,
    ) ?? [];
  if (digits === undefined || (scale !== undefined && Number(scale) !== 4)) return undefined;
  const isSaid = scale !== undefined || name !== undefined || /gpa/iu.test(score);
  return isSaid ? Number(digits.replace(",", ".")) : "unclear";
}

function degreeClass(question: AskedQuestion): Fact | undefined {
  const { text, options, profile, today, closed } = question;
  if (
    !gradeTopic.test(text) ||
    /\b(gpa|gcse|a-?\s?levels?|maths?|mathematics|school|module|sat|act|test)\b/u.test(text)
  )
    return undefined;
  const study = mainStudy(profile, today);
  const score = study?.entry.score;
  if (study === undefined || score === undefined || score === "") return undefined;
  const ref = `${study.ref}/score`;
  const own = britishClass(score);
  if (isWritten(question))
    return closed === undefined && text.length < 160 ? profileFact(ref, score) : undefined;
  if (own === undefined) return undefined;
  if (closed !== undefined) {
    const least = britishClass(closed);
    const order: readonly BritishClass[] = ["third", "2:2", "2:1", "first"];
    if (
      least === undefined ||
      !/\b(at least|minimum|or (above|higher|better)|achieved|on track|expect)/u.test(closed)
    )
      return undefined;
    const isMet = order.indexOf(own) >= order.indexOf(least);
    return {
      texts: [isMet ? "Yes" : "No"],
      isTrue: isMet,
      source: "profile",
      ref,
      confidence: 0.88,
    };
  }
  const fitting = options.filter((option) => britishClass(option) === own);
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? { texts: [only], source: "profile", ref, confidence: 0.9 }
    : undefined;
}
