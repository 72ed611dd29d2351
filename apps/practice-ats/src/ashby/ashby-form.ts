import { createHash } from "node:crypto";

import { choicesOf, field, type FormField } from "../form-field.ts";
import type { InEach } from "../postings/language.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The form of a posting: the id of a field is its path, which names it in the schema and in the page. */
export interface AshbyForm {
  readonly fields: readonly FormField[];
  /** Which of them come up only once a place was chosen. */
  readonly hidden: ReadonlySet<string>;
  /** Asked in a form of its own below. */
  readonly survey: readonly FormField[];
}

export const resumePath = "_systemfield_resume";
export const locationPath = "_systemfield_location";

export function ashbyForm(
  { language, word, questions, equalOpportunity, hasCoverLetter, hasPrivacyConsent }: SeededPosting,
  quirks: ReadonlySet<string>,
): AshbyForm {
  const commute = field({ id: uuidOf("commute"), label: commuteLabel[language], kind: "textarea" });
  const letter = field({
    id: uuidOf("cover-letter"),
    label: word("coverLetter"),
    kind: "file",
    required: false,
  });
  const consent = field({
    id: uuidOf("consent"),
    label: word("privacyConsent"),
    kind: "checkbox",
    choices: choicesOf("true"),
  });
  return {
    fields: [
      field({ id: "_systemfield_name", label: word("fullName"), kind: "text" }),
      field({ id: "_systemfield_email", label: word("email"), kind: "email" }),
      field({ id: "_systemfield_phone", label: word("phone"), kind: "tel" }),
      field({ id: resumePath, label: word("resume"), kind: "file" }),
      ...(hasCoverLetter ? [letter] : []),
      field({ id: locationPath, label: word("city"), kind: "text" }),
      ...(quirks.has("reveals-question") ? [commute] : []),
      ...questions.map((question) => asEntry(question)),
      ...(hasPrivacyConsent ? [consent] : []),
    ],
    hidden: new Set([commute.id]),
    survey: equalOpportunity.map((one) => ({
      ...one,
      id: `_systemfield_eeoc_${one.id === "veteran" ? "veteran_status" : one.id}`,
    })),
  };
}

const commuteLabel: InEach = {
  en: "How would you get to the office from there?",
  de: "Wie kämen Sie von dort ins Büro?",
  fr: "Comment viendriez-vous au bureau depuis cet endroit ?",
  es: "¿Cómo llegaría a la oficina desde allí?",
};

/** A link is a line of text like any other. */
function asEntry(question: FormField): FormField {
  const kind = question.kind === "url" ? "text" : question.kind;
  return { ...question, kind, id: uuidOf(question.id) };
}

/** Questions are numbered by UUIDs that say nothing of them. */
function uuidOf(questionId: string): string {
  const hex = createHash("sha256").update(`ashby ${questionId}`).digest("hex");
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}
