import { type Fact, profileFact } from "../plan/fact.ts";
import { type AskedQuestion, isWritten } from "./asked-question.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";
import { studyRecords } from "./study-record.ts";
import { yesNo } from "./worded-facts.ts";

interface Course {
  readonly name: string;
  readonly ref: string;
}

/** "Have you taken a course in X?", "Relevant coursework": the courses that the education list names. */
export function courseAnswers(question: AskedQuestion): Fact | undefined {
  const { text, closed } = question;
  if (!/\b(courses?|coursework|modules?|classes|class)\b/u.test(text)) return undefined;
  const own = coursesOf(question);
  if (own.length === 0) return undefined;
  if (closed === undefined) return listed(question, own);
  if (isTurned(closed) || !/\b(taken|completed|studied|done|attended|take)\b/u.test(closed))
    return undefined;
  if (
    /\b(online|coursera|udemy|certificat\w*|certified|graduate[- ]level|advanced|grades?|more than|at least)\b/u.test(
      closed,
    )
  )
    return undefined;
  const [, subjects = ""] =
    /\b(?:in|on|about|of|such as|like|including)\b(.+)$/u.exec(closed) ?? [];
  // Of several that are asked for at once each would have to be named.
  if (/\band\b|&/u.test(subjects)) return undefined;
  const parts = subjects.split(/,|\bor\b|[?.:()/]/u).map((part) => part.trim());
  const found = own.find(({ name }) => parts.includes(plainWords(name)));
  return found === undefined ? undefined : yesNo(true, found.ref, 0.85);
}

function coursesOf({ profile, today }: AskedQuestion): Course[] {
  return studyRecords(profile, today).flatMap(({ entry, ref }) =>
    (entry.courses ?? []).map((name, index) => ({ name, ref: `${ref}/courses/${index}` })),
  );
}

function listed(question: AskedQuestion, own: readonly Course[]): Fact | undefined {
  const { text } = question;
  const asks =
    /^(please )?(list |name |state )?(any |all |your |the )*(relevant |related |key |main |academic )*(courses?|coursework|modules)\b/u;
  if (
    !isWritten(question) ||
    !asks.test(text) ||
    text.length > 90 ||
    /\b(grades?|why|online|number)\b/u.test(text)
  )
    return undefined;
  const [first] = own;
  const ref = first?.ref.replace(/\/\d+$/u, "") ?? "";
  const fact = profileFact(ref, own.map(({ name }) => name).join(", "));
  // Which of them are relevant the person has not said.
  return fact && { ...fact, confidence: 0.75, isConclusion: true };
}
