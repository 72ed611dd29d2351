import type { FieldValue, FormField, PlannedField } from "@valet/contracts";
import { isPossibleValue, normaliseQuestion } from "@valet/domain";
import { answerFact } from "./answer-fact.ts";
import { fitValue } from "./fit-value.ts";
import { planOverrides } from "./plan-overrides.ts";

/** What the person answered for this application alone. */
export interface GivenAnswer {
  /** Null for an answer in advance: it was given before anybody had read the form. */
  readonly fieldId: string | null;
  /** As the form worded it, or as the person did in advance. */
  readonly question: string;
  readonly answer: string | readonly string[];
}

/**
 * The plan with the person's own answers in the place of what was planned. A field is known by its words;
 * its id decides only between several of the same words, since ids move when a form asks more.
 * An answer that is none of its choices any more is asked for again.
 */
export function planAnswers(
  fields: readonly FormField[],
  {
    planned,
    answers,
  }: { readonly planned: readonly PlannedField[]; readonly answers: readonly GivenAnswer[] },
): PlannedField[] {
  // An answer never opens what nobody may fill, and what nobody may fill makes no question ambiguous.
  const open = fields.filter(({ policy, kind }) => policy !== "never" && !unanswerable.has(kind));
  const plans = open.flatMap((field) => {
    const found = findAnswer(field, { fields: open, answers });
    if (found === undefined) return [];
    if (found.fieldId === null) return [planInAdvance(field, found.answer)];
    return planOverrides([field], { [field.id]: valueFor(field, found.answer) }).plan;
  });
  const byId = new Map(plans.map((field) => [field.id, field]));
  return planned.map((field) => byId.get(field.id) ?? field);
}

const unanswerable: ReadonlySet<FormField["kind"]> = new Set(["file", "password"]);

function findAnswer(
  { id, label }: FormField,
  { fields, answers }: { readonly fields: readonly FormField[]; answers: readonly GivenAnswer[] },
): GivenAnswer | undefined {
  const words = normaliseQuestion(label);
  // What has no words on the form only an id can mean.
  const same = answers.filter(
    ({ fieldId, question }) =>
      normaliseQuestion(question) === words && (words !== "" || fieldId !== null),
  );
  const isOnlyOne = fields.filter((field) => normaliseQuestion(field.label) === words).length === 1;
  return same.findLast(({ fieldId }) => fieldId === id) ?? (isOnlyOne ? same.at(-1) : undefined);
}

function valueFor({ kind }: FormField, answer: GivenAnswer["answer"]): FieldValue {
  if (kind === "checkbox") return answer === "Yes";
  if (typeof answer !== "string") return [...answer];
  return kind === "checkbox-group" ? [answer] : answer;
}

/**
 * Whoever answers in advance has not seen the choices, so the words are matched to them as stored answers
 * are. Where they fit none the person is asked: another value than theirs would not be their answer.
 */
function planInAdvance(field: FormField, answer: GivenAnswer["answer"]): PlannedField {
  const said = { source: "person", ref: "", confidence: 1 } as const;
  const value = fitValue(field, { ...answerFact(answer, said), isWorded: true });
  const { id, confidence } = field;
  if (value === undefined || !isPossibleValue(field, value))
    return ask({ id, confidence, why: "the answer given in advance fits none of its choices" });
  if (value === false && field.required)
    return ask({ id, confidence, why: "it must be ticked and the answer given in advance is no" });
  const why = "the person answered it in advance";
  return { id, action: "fill", value, source: "person", confidence: 1, why };
}

function ask(field: Pick<PlannedField, "id" | "confidence" | "why">): PlannedField {
  return { ...field, action: "ask", value: null, source: null };
}
