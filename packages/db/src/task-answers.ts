import {
  type FieldValue,
  type UnansweredQuestion,
  ValetError,
  longestAnswer,
} from "@valet/contracts";
import { saveAnswers } from "./answer-bank.ts";
import { AnswerText, answerText, noFieldYet } from "./answer-text.ts";
import type { Querier } from "./connect.ts";
import { closeAndTell, findQuestion } from "./human-steps.ts";
import { jsonValue } from "./json-value.ts";
import type { TaskWrite } from "./write-task.ts";

/** What the person answered for one application. */
export interface TaskAnswer {
  /** Null for one given in advance, when no field was known. */
  readonly fieldId: string | null;
  /** As the form words it. */
  readonly question: string;
  readonly answer: string | string[];
}

export async function listTaskAnswers(db: Querier, taskId: string): Promise<TaskAnswer[]> {
  const rows = await db
    .selectFrom("taskAnswers")
    .select(["fieldId", "question", "answer"])
    .where("taskId", "=", taskId)
    .orderBy("answeredAt")
    .execute();
  return rows.map(({ fieldId, question, answer }) => ({
    fieldId: fieldId === noFieldYet ? null : fieldId,
    question,
    answer: AnswerText.parse(answer),
  }));
}

/**
 * Answers all that the open question asks; the waiting run will be told. The same given twice is given once.
 * Throws `NO_OPEN_STEP`, `UNKNOWN_FIELD` (not asked), `INVALID_ANSWER` (none of the choices, empty, or not all of them),
 * `ANSWER_LIMIT` (where they are to be remembered).
 */
export async function answerQuestions(
  write: TaskWrite,
  {
    answers,
    remember,
  }: { readonly answers: Readonly<Record<string, FieldValue>>; readonly remember: boolean },
): Promise<void> {
  const { trx, task } = write;
  const { step, isOpen } = await findQuestion(write);
  if (!isOpen) return;
  const given = checkAnswers(step.questions, answers);
  for (const { fieldId, question, answer } of given) {
    await trx
      .insertInto("taskAnswers")
      .values({ taskId: task.id, fieldId, question, answer: jsonValue(answer) })
      .onConflict((conflict) =>
        conflict
          .columns(["taskId", "fieldId", "question"])
          .doUpdateSet({ answer: jsonValue(answer) }),
      )
      .execute();
  }
  if (remember) await saveAnswers(trx, task.userId, given);
  await closeAndTell(write, step);
}

function checkAnswers(
  questions: readonly UnansweredQuestion[],
  answers: Readonly<Record<string, FieldValue>>,
): (TaskAnswer & { readonly fieldId: string })[] {
  const asked = new Set(questions.map(({ fieldId }) => fieldId));
  const unknown = Object.keys(answers).filter((id) => !asked.has(id));
  if (unknown.length > 0) {
    throw new ValetError(
      "UNKNOWN_FIELD",
      "Some answers are for questions that the form does not ask. Nothing was stored. Use the field ids of the questions.",
      { fieldIds: unknown },
    );
  }
  const wrong = questions.filter(({ fieldId, options }) => !isAnswer(answers[fieldId], options));
  if (wrong.length > 0) {
    throw new ValetError(
      "INVALID_ANSWER",
      `${wrong.length} of ${questions.length} questions have no answer that the form takes. Nothing was stored. Answer each of them, with one of its choices where it has any.`,
      { fieldIds: wrong.map(({ fieldId }) => fieldId) },
    );
  }
  return questions.flatMap(({ fieldId, question }) => {
    const answer = answers[fieldId];
    return answer === undefined ? [] : [{ fieldId, question, answer: answerText(answer) }];
  });
}

function isAnswer(answer: FieldValue | undefined, options: readonly string[]): boolean {
  if (answer === undefined) return false;
  const texts = [answerText(answer)].flat();
  const isLong = texts.some((text) => text.length > longestAnswer);
  if (texts.length === 0 || isLong || texts.some((text) => text.trim() === "")) return false;
  return options.length === 0 || texts.every((text) => options.includes(text));
}
