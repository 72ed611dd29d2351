import { draftAnswers, draftFacts } from "@valet/ai";
import {
  type FormField,
  type Profile,
  type UnansweredQuestion,
  policyClasses,
} from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";

interface Asked {
  readonly taskId: string;
  readonly userId: string;
  readonly profile: Profile;
  readonly fields: readonly FormField[];
  readonly questions: readonly UnansweredQuestion[];
}

/**
 * The questions with a draft where a free text is asked for and a model is there to draft one: from what is
 * stored and the words of the question alone. The person is asked as without; whatever becomes of it, the
 * question stays.
 */
export async function withDrafts(
  { modelFor, log }: Pick<WorkerDeps, "modelFor" | "log">,
  { taskId, userId, profile, fields, questions }: Asked,
  signal: AbortSignal,
): Promise<readonly UnansweredQuestion[]> {
  const open = questions.filter((question) => isFreeText(question, fields));
  if (modelFor === undefined || open.length === 0) return questions;
  try {
    const facts = draftFacts(profile);
    const model = modelFor({ purpose: "drafts", userId, about: { taskId } });
    const asked = { questions: open.map(({ question }) => question), facts };
    const drafted = await draftAnswers(model, asked, signal);
    const outcome = drafted.kind === "drafted" ? { drafts: drafted.drafts.size } : drafted;
    log.info({ taskId, questions: open.length, ...outcome }, "answers were drafted");
    if (drafted.kind === "none") return questions;
    return questions.map((question) => {
      const draft = drafted.drafts.get(open.indexOf(question));
      return draft === undefined ? question : { ...question, draft };
    });
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ taskId, err: error }, "no answers were drafted");
    return questions;
  }
}

/** Lists and facts of the person are theirs to choose; only what is told in sentences may be drafted. */
function isFreeText({ fieldId }: UnansweredQuestion, fields: readonly FormField[]): boolean {
  const field = fields.find(({ id }) => id === fieldId);
  if (field === undefined || policyClasses[field.meaning] !== "freeText") return false;
  return field.kind === "textarea" || (field.kind === "text" && field.label.trim().endsWith("?"));
}
