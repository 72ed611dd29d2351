import type { FormField, Profile, ValueSource } from "@valet/contracts";
import { isTurned } from "../answer/negation.ts";
import type { JobFacts, ParentQuestion } from "../answer/asked-question.ts";

/** Something true about the applicant, in the words a form may want it in, best first. */
export interface Fact {
  readonly texts: readonly string[];
  /** Set for facts that are a yes or a no. */
  readonly isTrue?: boolean;
  /** Set when all texts belong to the answer, not just the first that fits. */
  readonly isList?: boolean;
  readonly source: ValueSource;
  /** JSON pointer into the source. */
  readonly ref: string;
  readonly confidence: number;
  /** Follows from what is stored, but was never said by the person: counts only where they will see it. */
  readonly isConclusion?: boolean;
  /** The question was read as a sentence: the texts answer it as it is worded. */
  readonly isWorded?: boolean;
}

export interface FactInput {
  readonly field: FormField;
  readonly profile: Profile;
  readonly resume: { readonly fileName: string } | null;
  readonly job: JobFacts;
  /** The explanation below the question and the heading above it. */
  readonly help?: string | null | undefined;
  readonly section?: string | null | undefined;
  /** The question before, which this one may depend on. */
  readonly parent?: ParentQuestion | undefined;
  /** ISO date. */
  readonly today: string;
  /** The row of a list the field belongs to; elsewhere how many earlier fields asked for the same. */
  readonly occurrence: number;
  /** JSON pointers of what only the résumé says. */
  readonly fromResume: readonly string[];
  /** The person sees every answer before anything is sent. */
  readonly isReviewed: boolean;
  /** ISO codes of the countries that the form's questions on work authorisation name. */
  readonly countriesOfForm: readonly string[];
}

/** Undefined means unknown. */
export type FactFinder = (input: FactInput) => Fact | undefined;

/** A fact of the profile, said in one or several ways. */
export function profileFact(
  ref: string,
  text: string | readonly string[] | undefined,
): Fact | undefined {
  if (text === undefined) return undefined;
  const texts = typeof text === "string" ? [text] : text;
  return texts.length === 0 ? undefined : { texts, source: "profile", ref, confidence: 0.97 };
}

export function yesNoFact(ref: string, isTrue: boolean | undefined): Fact | undefined {
  if (isTrue === undefined) return undefined;
  return { texts: [isTrue ? "Yes" : "No"], isTrue, source: "profile", ref, confidence: 0.95 };
}

/** Whether the question is turned around: a yes would then say the opposite. */
export function isNegated({ label }: FormField): boolean {
  return isTurned(label) || /\bwithout\b/iu.test(label);
}

/** Whether a bare yes or no would be an answer in words. */
export function isClosedQuestion({ label }: FormField): boolean {
  const isOpen = /\b(provide|details?|explain|describe|list|specify|which|what|how|why)\b/iu;
  return (
    /^(are|do|does|did|will|would|have|has|can|could|is|may)\b/iu.test(label) && !isOpen.test(label)
  );
}

/** Whether the control can carry an answer in words. */
export function takesText({ kind }: FormField): boolean {
  return ["text", "textarea", "email", "tel", "url", "number", "date", "other"].includes(kind);
}
