import { createHash } from "node:crypto";
import type { AnswersInAdvance, BatchQuestion, FieldValue } from "@valet/contracts";
import { canonicalJson } from "../canonical-snapshot.ts";
import { normaliseQuestion } from "../question-words.ts";

/** What one form asks that nothing stored answers. */
export type AskedQuestion = Pick<BatchQuestion, "question" | "options" | "kind">;

export interface AskingLine {
  readonly line: number;
  readonly asks: readonly AskedQuestion[];
  /** For this job alone. */
  readonly answers: AnswersInAdvance;
}

/**
 * Each question once: those with the same words and the same options are one, and what the person has
 * answered for the batch or for that job is none. In the order in which they are first asked.
 */
export function gatherQuestions(
  lines: readonly AskingLine[],
  answers: AnswersInAdvance,
): BatchQuestion[] {
  const forAll = wordsOf(answers);
  const gathered = new Map<string, BatchQuestion>();
  for (const { line, asks, answers: own } of lines) {
    const known = new Set([...wordsOf(own), ...forAll]);
    for (const { question, options, kind } of asks) {
      const words = normaliseQuestion(question);
      if (words === "" || known.has(words)) continue;
      const id = questionId(words, options);
      const same = gathered.get(id);
      if (same === undefined) {
        gathered.set(id, { id, question, options, kind, lines: [line], answer: null });
      } else if (!same.lines.includes(line)) same.lines.push(line);
    }
  }
  return [...gathered.values()];
}

/**
 * What an application of the batch is told in advance. An answer for its own job comes before one to a
 * question of the batch, and that before one that was given for all. Of questions with the same words and
 * other options it gets the one that its form asks; a form that could not be looked up gets an answer only
 * where these words were one question.
 */
export function answersOfLine({
  line,
  own,
  questions,
  forAll,
}: {
  readonly line: number;
  readonly own: AnswersInAdvance;
  readonly questions: readonly BatchQuestion[];
  readonly forAll: AnswersInAdvance;
}): AnswersInAdvance {
  const sameWords = Map.groupBy(questions, ({ question }) => normaliseQuestion(question));
  const collected = [...sameWords.values()].flatMap((variants) => {
    const asked = variants.find(({ lines }) => lines.includes(line));
    const one = asked ?? (variants.length === 1 ? variants[0] : undefined);
    return one === undefined || one.answer === null
      ? []
      : [{ question: one.question, answer: one.answer }];
  });
  const told = new Map<string, AnswersInAdvance[number]>();
  for (const answer of [...own, ...collected, ...forAll]) {
    const words = normaliseQuestion(answer.question);
    if (!told.has(words)) told.set(words, answer);
  }
  return [...told.values()].slice(0, mostAnswers);
}

/** What an application takes in advance. */
const mostAnswers = 100;

/** Whether this can be the answer: one of the options, where there are some. */
export function fitsQuestion(
  { options }: Pick<BatchQuestion, "options">,
  answer: FieldValue,
): boolean {
  if (typeof answer === "boolean") return true;
  const texts = [answer].flat();
  if (texts.length === 0 || texts.some((text) => text.trim() === "")) return false;
  if (options.length === 0) return true;
  const known = new Set(options.map((option) => normaliseQuestion(option)));
  return texts.every((text) => known.has(normaliseQuestion(text)));
}

function wordsOf(answers: AnswersInAdvance): Set<string> {
  return new Set(answers.map(({ question }) => normaliseQuestion(question)));
}

function questionId(words: string, options: readonly string[]): string {
  const offered = options.map((option) => normaliseQuestion(option)).toSorted();
  return createHash("sha256").update(canonicalJson({ words, offered })).digest("hex").slice(0, 16);
}
