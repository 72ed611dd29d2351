import type { FieldKind, Meaning } from "@valet/contracts";
import { choiceKinds, lineKinds, type MeaningRule } from "../meaning-rule.ts";
import { dutch } from "./dutch.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import type { LanguageTerms } from "./language-terms.ts";
import { otherLanguages } from "./other-languages.ts";
import { polish } from "./polish.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";

const languages: readonly LanguageTerms[] = [
  german,
  french,
  spanish,
  portuguese,
  italian,
  dutch,
  polish,
  otherLanguages,
];

const guarded =
  /^(email\.confirm|workAuth|compliance|eeo|consent|attestation|payment|account|search|captcha)/u;

/** Order in which meanings are tried; what is not named here comes last. */
const order: readonly Meaning[] = [
  "payment.other",
  "account.password",
  "account.username",
  "search",
  "workAuth.sponsorship",
  "attestation.truth",
  "consent.marketing",
  "consent.privacy",
  "email.confirm",
];

const rules: readonly MeaningRule[] = languages
  .flatMap(({ is, has }) => [
    ...entriesOf(is).map(([meaning, words]) => toRule(meaning, `^(?:${words})$`)),
    ...entriesOf(has).map(([meaning, words]) => toRule(meaning, words)),
  ])
  .toSorted((a, b) => rankOf(a) - rankOf(b));

/** Legal questions, consents and what is never filled, in the languages beside English. */
export const guardedLanguageRules: readonly MeaningRule[] = rules.filter(({ meaning }) =>
  guarded.test(meaning),
);

/** Who the applicant is and what they would like, in the languages beside English. */
export const applicantLanguageRules: readonly MeaningRule[] = rules.filter(
  ({ meaning }) => !guarded.test(meaning),
);

function entriesOf(terms: LanguageTerms["is"]): [Meaning, string][] {
  return Object.entries(terms) as [Meaning, string][]; // keys of a record over Meaning
}

function rankOf({ meaning }: MeaningRule): number {
  const rank = order.indexOf(meaning);
  return rank === -1 ? order.length : rank;
}

function toRule(meaning: Meaning, words: string): MeaningRule {
  const kinds = kindsOf(meaning);
  return { meaning, label: new RegExp(words, "u"), ...(kinds === undefined ? {} : { kinds }) };
}

function kindsOf(meaning: Meaning): readonly FieldKind[] | undefined {
  if (/^(consent|attestation)\./u.test(meaning)) return choiceKinds;
  if (/^(address|birthdate|location)(\.|$)/u.test(meaning) || meaning === "phone.countryCode") {
    return [...lineKinds, "textarea", "select", "combobox", "listbox"];
  }
  if (/^(name|email|url)(\.|$)/u.test(meaning) || meaning === "phone") {
    return [...lineKinds, "combobox"];
  }
  if (meaning === "resume") return ["file"];
  if (meaning === "coverLetter") return ["file", "textarea"];
  if (meaning === "account.username" || meaning === "search") return ["text", "email", "tel"];
  return meaning === "account.password" ? ["text", "password"] : undefined;
}
