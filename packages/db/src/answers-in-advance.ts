import type { AnswersInAdvance } from "@valet/contracts";
import { AnswerText, answerText, noFieldYet } from "./answer-text.ts";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** Beside the answers to what the form asks later on; a retry asks with the same ones. */
export async function storeAnswersInAdvance(
  db: Querier,
  taskId: string,
  answers: AnswersInAdvance,
): Promise<void> {
  if (answers.length === 0) return;
  await db
    .insertInto("taskAnswers")
    .values(
      answers.map(({ question, answer }) => ({
        taskId,
        fieldId: noFieldYet,
        question,
        answer: jsonValue(answerText(answer)),
      })),
    )
    .execute();
}

export async function listAnswersInAdvance(db: Querier, taskId: string): Promise<AnswersInAdvance> {
  const rows = await db
    .selectFrom("taskAnswers")
    .select(["question", "answer"])
    .where("taskId", "=", taskId)
    .where("fieldId", "=", noFieldYet)
    .orderBy("question")
    .execute();
  return rows.map(({ question, answer }) => ({ question, answer: AnswerText.parse(answer) }));
}
