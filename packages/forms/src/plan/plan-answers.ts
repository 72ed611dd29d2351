import type { FieldValue, FormField, PlannedField } from "@valet/contracts";
import { normaliseQuestion } from "@valet/domain";
import { planOverrides } from "./plan-overrides.ts";

/** What the person answered to a question of this form. */
export interface GivenAnswer {
  readonly fieldId: string;
  /** As the form worded it. */
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
  const given = fields.flatMap((field): [string, FieldValue][] => {
    const found = findAnswer(field, { fields, answers });
    return found === undefined ? [] : [[field.id, valueFor(field, found.answer)]];
  });
  const { plan } = planOverrides(fields, Object.fromEntries(given));
  const byId = new Map(plan.map((field) => [field.id, field]));
  return planned.map((field) => byId.get(field.id) ?? field);
}

function findAnswer(
  { id, label }: FormField,
  { fields, answers }: { readonly fields: readonly FormField[]; answers: readonly GivenAnswer[] },
): GivenAnswer | undefined {
  const words = normaliseQuestion(label);
  const same = answers.filter(({ question }) => normaliseQuestion(question) === words);
  const isOnlyOne = fields.filter((field) => normaliseQuestion(field.label) === words).length === 1;
  return same.findLast(({ fieldId }) => fieldId === id) ?? (isOnlyOne ? same.at(-1) : undefined);
}

function valueFor({ kind }: FormField, answer: GivenAnswer["answer"]): FieldValue {
  if (kind === "checkbox") return answer === "Yes";
  if (typeof answer !== "string") return [...answer];
  return kind === "checkbox-group" ? [answer] : answer;
}
