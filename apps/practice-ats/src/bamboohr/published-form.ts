import type { FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** What `/detail` tells of a posting and its form; lists that are not asked are empty. */
export function publishedForm(posting: SeededPosting): unknown {
  const { word, questions, equalOpportunity, title } = posting;
  const fixed = (label: string, isRequired: boolean) => ({ isRequired, label });
  const list = (topic: string) => {
    const asked = equalOpportunity.find(({ id }) => id === topic);
    const options = (asked?.choices ?? []).map(({ label }, index) => ({ id: index, text: label }));
    return { ...fixed(asked?.label ?? "", asked?.required ?? false), options };
  };
  const formFields = {
    firstName: fixed(word("firstName"), true),
    lastName: fixed(word("lastName"), true),
    email: fixed(word("email"), true),
    phone: fixed(word("phone"), true),
    resumeFileId: fixed(word("resume"), true),
    coverLetterFileId: fixed(word("coverLetter"), false),
    genderId: list("gender"),
    ethnicityId: list("ethnicity"),
    veteranStatusId: list("veteran"),
    disabilityId: list("disability"),
    customQuestions: questions.map((one) => ({
      id: one.id,
      isRequired: one.required,
      question: one.label,
      type: publishedType(one),
      options: one.choices.map(({ value: id, label: option }) => ({ id, option })),
      hasOther: false,
    })),
  };
  return { result: { jobOpening: { jobOpeningName: title }, formFields } };
}

function publishedType({ kind, choices }: FormField): string {
  if (kind === "checkbox" || kind === "checkboxes") return "checkbox";
  if (kind === "yes-no") return "yes_no";
  if (choices.length > 0) return "multi";
  return kind === "textarea" ? "long" : "short";
}
