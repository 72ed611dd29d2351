import type { FormField, PlannedField, Profile } from "@valet/contracts";
import { countriesIn } from "./countries.ts";
import { type FactInput } from "./fact.ts";
import { findFact } from "./find-fact.ts";
import { fitValue } from "./fit-value.ts";

export interface PlanInput {
  readonly fields: readonly FormField[];
  readonly profile: Profile;
  readonly resume: { readonly fileName: string } | null;
  /** Who is applied to, where known: some questions are about them. */
  readonly company?: string;
  /** ISO date. */
  readonly today: string;
}

/**
 * What to do with each field. Every value carries where it comes from; what no stored fact answers is
 * asked when required and left alone when not.
 */
export function planFields({ fields, profile, resume, company, today }: PlanInput): PlannedField[] {
  const seen = new Map<string, number>();
  const countriesOfForm = countriesAskedAbout(fields);
  return fields.map((field) => {
    if (field.policy === "never") return skip(field, field.why);
    const occurrence = seen.get(field.meaning) ?? 0;
    seen.set(field.meaning, occurrence + 1);
    return planField({ field, profile, resume, company, today, occurrence, countriesOfForm });
  });
}

/** "Will you require sponsorship?" beside "Are you authorized to work in Canada?" is about Canada. */
function countriesAskedAbout(fields: readonly FormField[]): readonly string[] {
  const named = fields
    .filter(({ meaning }) => meaning.startsWith("workAuth."))
    .flatMap(({ label }) => countriesIn(label));
  return [...new Set(named)];
}

function planField(input: FactInput): PlannedField {
  const { field } = input;
  const fact = findFact(input);
  if (fact === undefined) {
    return field.required
      ? ask(field, "no stored fact answers it")
      : skip(field, "it is optional and no stored fact answers it");
  }
  const value = fitValue(field, fact);
  if (value === undefined) {
    return field.required
      ? ask(field, "the stored fact fits none of its choices")
      : skip(field, "it is optional and the stored fact fits none of its choices");
  }
  if (value === false && field.kind === "checkbox" && field.required) {
    return ask(field, "it must be ticked and the stored answer is no");
  }
  return {
    id: field.id,
    action: "fill",
    value,
    source: fact.source,
    sourceRef: fact.ref,
    confidence: Math.min(field.confidence, fact.confidence),
    why: `${field.why}; answered from ${fact.source === "savedAnswer" ? "a saved answer" : `the ${fact.source}`}`,
  };
}

function ask({ id, confidence }: FormField, why: string): PlannedField {
  return { id, action: "ask", value: null, source: null, confidence, why };
}

function skip({ id, confidence }: FormField, why: string): PlannedField {
  return { id, action: "skip", value: null, source: null, confidence, why };
}
