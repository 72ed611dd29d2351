import type { Meaning } from "@valet/contracts";

/**
 * Words of one language, as regular expressions over plain text (lower case, Latin letters without marks).
 * `is` has to be all that is left of a label, `has` may stand anywhere in it.
 */
export interface LanguageTerms {
  readonly is: Readonly<Partial<Record<Meaning, string>>>;
  readonly has: Readonly<Partial<Record<Meaning, string>>>;
}
