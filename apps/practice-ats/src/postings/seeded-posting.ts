import { type Choice, field, type FormField } from "../form-field.ts";
import type { Language } from "./language.ts";
import { type BankQuestion, equalOpportunityBank, questionBank } from "./question-bank.ts";
import { createRandom, type Random } from "./random.ts";
import { type Term, terms } from "./terms.ts";

/** One posting as its seed makes it: the same for the same seed, whichever site shows it. */
export interface SeededPosting {
  readonly seed: number;
  readonly language: Language;
  readonly title: string;
  readonly company: string;
  readonly location: string;
  /** Between three and seven, in the posting's language. */
  readonly questions: readonly FormField[];
  /** None where the employer does not ask. */
  readonly equalOpportunity: readonly FormField[];
  readonly hasCoverLetter: boolean;
  readonly hasPrivacyConsent: boolean;
  readonly word: (term: Term) => string;
}

const company = "Northwind Practice";
const titles = {
  en: ["Software Engineer", "Data Analyst", "Product Designer"],
  de: ["Softwareentwickler (m/w/d)", "Datenanalyst (m/w/d)", "Produktdesigner (m/w/d)"],
  fr: ["Ingénieur logiciel (H/F)", "Analyste de données (H/F)", "Designer produit (H/F)"],
  es: ["Ingeniero de software", "Analista de datos", "Diseñador de producto"],
} as const;

/** Most postings are in English; every fifth seed is in another language. */
export function seededPosting(seed: number): SeededPosting {
  const random = createRandom(seed);
  const language: Language = seed % 5 === 4 ? random.pick(["de", "fr", "es"]) : "en";
  const count = 3 + Math.floor(random.next() * 5);
  const questions = random
    .some(questionBank, count)
    .map((question, index) =>
      drawn(question, { random, language, id: `question_${seed}${index}` }),
    );
  const equalOpportunity = random.chance(0.4)
    ? equalOpportunityBank.map((question) => ({
        ...drawn(question, { random, language, id: question.topic }),
        required: false,
      }))
    : [];
  return {
    seed,
    language,
    title: `${random.pick(titles[language])} ${seed}`,
    company,
    location: "Denver, Colorado, United States",
    questions,
    equalOpportunity,
    hasCoverLetter: random.chance(0.5),
    hasPrivacyConsent: random.chance(0.4),
    word: (term) => terms[term][language],
  };
}

function drawn(
  { kinds, wordings, choices = [] }: BankQuestion,
  {
    random,
    language,
    id,
  }: { readonly random: Random; readonly language: Language; readonly id: string },
): FormField {
  return field({
    id,
    kind: random.pick(kinds),
    label: random.pick(wordings)[language],
    required: random.chance(0.7),
    choices: choices.map((words): Choice => ({ value: words[language], label: words[language] })),
  });
}
