import type { FormField, Profile, ValueSource } from "@valet/contracts";

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
}

export interface FactInput {
  readonly field: FormField;
  readonly profile: Profile;
  readonly resume: { readonly fileName: string } | null;
  readonly company: string | undefined;
  /** ISO date. */
  readonly today: string;
  /** How many earlier fields of the page asked for the same: 0 for the first row of a list. */
  readonly occurrence: number;
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
  return /\b(not|never|cannot|unable|without|except|unless)\b|n['’]t\b/iu.test(label);
}

/** Whether the question only makes sense after another one ("If yes, please explain"). */
export function isFollowUp({ label }: FormField): boolean {
  return /\bif (yes|so|no|not|applicable|other|you answered)\b/iu.test(label);
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
