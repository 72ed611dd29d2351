import { field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The form of a posting: ids are the names its controls are sent under, except those of cards. */
export interface LeverForm {
  readonly basics: readonly FormField[];
  readonly links: readonly FormField[];
  /** Each question is a card of its own. */
  readonly cards: readonly FormField[];
  readonly equalOpportunity: readonly FormField[];
  readonly consents: readonly FormField[];
}

export function leverForm(posting: SeededPosting, quirks: ReadonlySet<string>): LeverForm {
  const { word, questions, equalOpportunity, hasPrivacyConsent } = posting;
  const optional = { required: false };
  return {
    basics: [
      field({ id: "resume", label: word("resume"), kind: "file" }),
      field({ id: "name", label: word("fullName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      field({ id: "location", label: word("city"), kind: "text" }),
      field({ id: "org", label: word("currentCompany"), kind: "text", ...optional }),
    ],
    links: [
      field({ id: "urls[LinkedIn]", label: "LinkedIn URL", kind: "url", ...optional }),
      field({ id: "urls[GitHub]", label: "GitHub URL", kind: "url", ...optional }),
      field({ id: "urls[Portfolio]", label: "Portfolio URL", kind: "url", ...optional }),
    ],
    cards: [
      ...(quirks.has("legal-name") ? [legalName] : []),
      ...questions.map((question) => asCard(question, quirks)),
    ],
    equalOpportunity,
    consents: hasPrivacyConsent
      ? [
          field({
            id: "consent",
            label: word("privacyConsent"),
            kind: "checkbox",
            choices: [{ value: "true", label: "true" }],
          }),
        ]
      : [],
  };
}

export function allLeverFields(form: LeverForm): FormField[] {
  return [...form.basics, ...form.links, ...form.cards, ...form.equalOpportunity, ...form.consents];
}

const legalName = field({
  id: "question_legal_name",
  label: "What is your full legal name as it appears on your passport?",
  kind: "text",
});

/** Cards know no dates, numbers and addresses; and employers mistype: a zero for the letter in "No". */
function asCard(question: FormField, quirks: ReadonlySet<string>): FormField {
  const isPlain = ["date", "number", "url"].includes(question.kind);
  const choices = question.choices.map((choice) =>
    quirks.has("n0") && choice.label === "No" ? { value: "N0", label: "N0" } : choice,
  );
  return { ...question, kind: isPlain ? "text" : question.kind, choices };
}
