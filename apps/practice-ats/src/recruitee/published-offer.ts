import type { FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** What the careers site interface tells of an offer and what its form asks. */
export function publishedOffer(posting: SeededPosting, slug: string): unknown {
  const { seed, title, location, questions, hasCoverLetter } = posting;
  return {
    id: 2_000_000 + seed,
    slug,
    title,
    location,
    options_phone: "required",
    options_photo: "off",
    options_cv: "required",
    options_cover_letter: hasCoverLetter ? "optional" : "off",
    open_questions: questions.map((one, position) => ({
      // Not the number that the page's controls are named after.
      id: 3_000_000 + 10 * seed + position,
      kind: publishedKind(one),
      body: one.label,
      required: one.required,
      position,
      open_question_options: hasOptions(one)
        ? one.choices.map(({ label }, index) => ({ id: index + 1, body: label }))
        : [],
    })),
  };
}

function publishedKind({ kind, choices }: FormField): string {
  if (kind === "checkboxes") return "multi_choice";
  if (kind === "yes-no" || kind === "checkbox") return "boolean";
  if (choices.length > 0) return "single_choice";
  return kind === "textarea" ? "text" : "string";
}

function hasOptions(one: FormField): boolean {
  return ["multi_choice", "single_choice"].includes(publishedKind(one));
}
