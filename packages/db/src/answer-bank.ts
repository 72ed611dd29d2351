import { type SavedAnswer, ValetError } from "@valet/contracts";
import { normaliseQuestion, normaliseScope } from "@valet/domain";
import type { Querier } from "./connect.ts";
import { changeProfile, getProfile } from "./profiles.ts";

/** The answer bank lives in the profile, whose `savedAnswers` it is. */
type AnswerToSave = Omit<SavedAnswer, "confirmedAt">;
type AnsweredQuestion = Pick<SavedAnswer, "question" | "scope">;

/** In the order of the bank; with `words` only those whose question holds each of them. */
export async function listAnswers(
  db: Querier,
  userId: string,
  words = "",
): Promise<readonly SavedAnswer[]> {
  const { application } = await getProfile(db, userId);
  const wanted = normaliseQuestion(words).split(" ");
  return (application?.savedAnswers ?? []).filter(({ question }) => {
    const asked = normaliseQuestion(question);
    return wanted.every((word) => asked.includes(word));
  });
}

/** In the place of the answer to the same question. Throws `ANSWER_LIMIT`. */
export async function saveAnswer(
  db: Querier,
  userId: string,
  { question, answer, scope }: AnswerToSave,
): Promise<SavedAnswer> {
  const confirmedAt = new Date().toISOString();
  const saved = { question, answer, ...(scope === undefined ? {} : { scope }), confirmedAt };
  await changeAnswers(db, userId, (answers) => replaceSame(answers, saved));
  return saved;
}

/** Several at once, for all companies; of two to the same question the last one counts. */
export async function saveAnswers(
  db: Querier,
  userId: string,
  given: readonly Pick<SavedAnswer, "question" | "answer">[],
): Promise<void> {
  const confirmedAt = new Date().toISOString();
  await changeAnswers(db, userId, (answers) =>
    given.reduce<readonly SavedAnswer[]>(
      (bank, { question, answer }) => replaceSame(bank, { question, answer, confirmedAt }),
      answers,
    ),
  );
}

/** Throws `NOT_FOUND`. */
export async function deleteAnswer(
  db: Querier,
  userId: string,
  asked: AnsweredQuestion,
): Promise<void> {
  await changeAnswers(db, userId, (answers) => {
    const others = answers.filter((answer) => !isSame(answer, asked));
    if (others.length < answers.length) return others;
    throw new ValetError(
      "NOT_FOUND",
      "There is no saved answer to this question. Nothing was deleted. `GET /answers` lists them.",
    );
  });
}

async function changeAnswers(
  db: Querier,
  userId: string,
  change: (answers: readonly SavedAnswer[]) => readonly SavedAnswer[],
): Promise<void> {
  await changeProfile(db, userId, (profile) => {
    const { savedAnswers = [], ...facts } = profile.application ?? {};
    return { ...profile, application: { ...facts, savedAnswers: [...change(savedAnswers)] } };
  });
}

function replaceSame(answers: readonly SavedAnswer[], saved: SavedAnswer): readonly SavedAnswer[] {
  const place = answers.findIndex((answer) => isSame(answer, saved));
  if (place < 0) return [...answers, saved];
  return answers.flatMap((answer, index) => {
    if (index === place) return [saved];
    return isSame(answer, saved) ? [] : [answer];
  });
}

/** As `findSavedAnswer` of the forms compares, so that what is replaced is what would have been used. */
function isSame(one: AnsweredQuestion, other: AnsweredQuestion): boolean {
  return questionKey(one) === questionKey(other);
}

function questionKey({ question, scope }: AnsweredQuestion): string {
  const company = scope === undefined ? null : normaliseScope(scope);
  return JSON.stringify([normaliseQuestion(question), company]);
}
