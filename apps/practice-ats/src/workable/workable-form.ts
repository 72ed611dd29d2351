import { choicesOf, field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** A posting's form as the page's script gets it. */
export interface WorkableForm {
  readonly basics: readonly FormField[];
  readonly questions: readonly FormField[];
  readonly submit: string;
  readonly choose: string;
  readonly asks: boolean;
}

const optional = { required: false };

export function workableForm(posting: SeededPosting, quirks: ReadonlySet<string>): WorkableForm {
  const { word, questions, equalOpportunity, hasCoverLetter, hasPrivacyConsent, seed } = posting;
  return {
    basics: [
      field({ id: "firstname", label: word("firstName"), kind: "text" }),
      field({ id: "lastname", label: word("lastName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      ...(seed % 3 === 0
        ? [field({ id: "headline", label: "Headline", kind: "text", ...optional })]
        : []),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      field({ id: "address", label: word("city"), kind: "text", ...optional }),
      field({ id: "avatar", label: "Photo", kind: "file", ...optional }),
      field({ id: "resume", label: word("resume"), kind: "file" }),
      ...(hasCoverLetter
        ? [field({ id: "cover_letter", label: word("coverLetter"), kind: "textarea", ...optional })]
        : []),
    ],
    questions: [
      ...questions.map(asAsked),
      ...equalOpportunity.map(asAsked),
      ...(hasPrivacyConsent
        ? [
            field({
              id: "gdpr",
              label: word("privacyConsent"),
              kind: "checkbox",
              choices: choicesOf("true"),
            }),
          ]
        : []),
    ],
    submit: word("submit"),
    choose: word("choose"),
    asks: quirks.has("challenge"),
  };
}

export function allWorkableFields({ basics, questions }: WorkableForm): FormField[] {
  return [...basics, ...questions];
}

/** The page has no lists of its own: what is chosen is chosen from radios. */
function asAsked(question: FormField): FormField {
  const isList = question.kind === "select" && question.choices.length <= 4;
  return isList ? { ...question, kind: "radio" } : question;
}
