import { field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The form of a vendor that asks everything on one page. */
export interface LightForm {
  readonly basics: readonly FormField[];
  readonly questions: readonly FormField[];
  /** Must arrive empty: only programs fill them. */
  readonly honeypots: readonly FormField[];
}

export function allLightFields({ basics, questions, honeypots }: LightForm): FormField[] {
  return [...basics, ...questions, ...honeypots];
}

export function honeypot(name: string, label: string): FormField {
  return field({ id: `honeypot_${name}`, label, kind: "text", required: false });
}

/** The privacy consent, where the posting asks for one. */
export function consentOf({ hasPrivacyConsent, word }: SeededPosting, value: string): FormField[] {
  const label = word("privacyConsent");
  const choices = [{ value, label: "true" }];
  return hasPrivacyConsent ? [field({ id: "consent", label, kind: "checkbox", choices })] : [];
}
