import { gradeAnswers } from "./grade-answers.ts";
import { graduationAnswers } from "./graduation-answers.ts";
import { studyYearAnswers } from "./study-year-answers.ts";
import { dateInFormat, namesDateFormat } from "../plan/date-format.ts";
import { type Fact, profileFact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, isWritten, takesSeveral } from "./asked-question.ts";
import { courseAnswers } from "./course-answers.ts";
import { degreeChoice, enrolled, furtherStudy, hasDegree, monthInWords } from "./degree-answers.ts";
import { fieldMatches } from "./field-of-study.ts";
import { optionsThatSay } from "./option-sense.ts";
import { mainStudy } from "./study-record.ts";
import { listed, oneOption } from "./worded-facts.ts";

/** What and where the person studies or studied. */
export const educationAnswers: readonly AnswerRule[] = [
  courseAnswers,
  furtherStudy,
  ...gradeAnswers,
  ...studyYearAnswers,
  enrolled,
  ...graduationAnswers,
  fieldsOfStudy,
  hasDegree,
  degreeChoice,
  studyStart,
  schoolOrSubject,
];

/** "What year did you start your degree?" */
function studyStart({
  text,
  options,
  profile,
  today,
  label,
  kind,
}: AskedQuestion): Fact | undefined {
  const asks =
    /\b(start|started|begin|began|begun|commence|enrol+ed)\b.{0,30}\b(degree|studies|university|college|course|program(me)?)\b|\bstart(ing)? (date|year) of (your )?(current )?(degree|studies|course)\b/u;
  const study = mainStudy(profile, today);
  const start = /^\d{4}(-\d{2})?/u.exec(study?.entry.startDate ?? "")?.[0];
  if (study === undefined || start === undefined || !asks.test(text)) return undefined;
  if (!/\b(when|year|date|month)\b/u.test(text) || kind === "date" || text.length > 120)
    return undefined;
  const ref = `${study.ref}/startDate`;
  const isYear = kind === "number" || options.length > 0 || /\byear\b/u.test(text);
  if (isYear && !namesDateFormat(label)) return profileFact(ref, start.slice(0, 4));
  return profileFact(
    ref,
    namesDateFormat(label) ? dateInFormat(label, start) : monthInWords(start),
  );
}

/** "Which fields of study align with your background?" */
function fieldsOfStudy(question: AskedQuestion): Fact | undefined {
  const { text, options, profile, today } = question;
  const asks =
    /\b(fields?|areas?) of (study|concentration)|\bmajors?\b|\bdisciplines?\b|\bwhat (are you|did you) study|\b(degree|course) subject|\bacademic background\b|\bsubject area\b/u;
  if (!asks.test(text) || options.length < 2) return undefined;
  const study = mainStudy(profile, today);
  const area = study?.entry.area;
  if (study === undefined || area === undefined || area === "") return undefined;
  const own = options.filter((option) => fieldMatches(area, option) === true);
  const [first] = own;
  if (own.length === 1 && first !== undefined) return oneOption(first, `${study.ref}/area`, 0.9);
  if (own.length > 1)
    return takesSeveral(question) ? listed(own, `${study.ref}/area`, 0.8) : undefined;
  const others = optionsThatSay(options, "other");
  const [other] = others;
  if (takesSeveral(question) && /\b(background|closely|relevant|apply|align)/u.test(text)) {
    const courses = (study.entry.courses ?? []).flatMap((course) =>
      options.filter((option) => fieldMatches(course, option) === true),
    );
    if (courses.length > 0) return listed([...new Set(courses)], `${study.ref}/courses`, 0.75);
  }
  return others.length === 1 && other !== undefined
    ? oneOption(other, `${study.ref}/area`, 0.75)
    : undefined;
}

/** Short questions for the school or the subject in a sentence. */
function schoolOrSubject(question: AskedQuestion): Fact | undefined {
  const { text, profile, today } = question;
  const study = mainStudy(profile, today);
  if (
    study === undefined ||
    text.length > 140 ||
    /\b(high school|secondary|a-?level|other|if|city|country|state|address|location|located|website|type|date|year|email|id|number|ranking)\b/u.test(
      text,
    )
  )
    return undefined;
  const asksSchool =
    /\b(which|what|name of( the| your)?)\b.*\b(university|college|school|institution)\b.*\b(attend|study|studying|enrolled|graduate|currently)|^(current |your |name of (your )?)?(university|college|school|institution)\b.{0,30}$/u;
  if (asksSchool.test(text) && !/\b(hear|event|fair|ambassador|email|society)\b/u.test(text)) {
    return profileFact(`${study.ref}/institution`, study.entry.institution);
  }
  const asksSubject =
    /\bwhat (is|are|was|did) you(r)? (study|studying|major|degree subject|field of study|course of study|area of study)|^(current )?(degree|course) (subject|title|name)$/u;
  if (asksSubject.test(text) && isWritten(question)) {
    const { studyType, area } = study.entry;
    const isWhole = /^(current )?(degree|course) (title|name)$/u.test(text);
    const words = isWhole ? [studyType, area].filter((part) => part !== undefined).join(" ") : area;
    return profileFact(`${study.ref}/area`, words);
  }
  return undefined;
}
