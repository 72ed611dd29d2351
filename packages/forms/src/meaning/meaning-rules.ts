import { applicantRules } from "./applicant-rules.ts";
import { guardedRules } from "./guarded-rules.ts";
import { applicantLanguageRules, guardedLanguageRules } from "./languages/language-rules.ts";
import type { MeaningRule } from "./meaning-rule.ts";

/** What needs care stands first: traps, legal questions, consents. */
export const meaningRules: readonly MeaningRule[] = [
  ...guardedRules,
  ...guardedLanguageRules,
  ...applicantRules,
  ...applicantLanguageRules,
];
