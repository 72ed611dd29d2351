import type { FormField } from "../form-field.ts";

/** The parts of the page, each from top to bottom. */
export interface FormSections {
  readonly applicant: readonly FormField[];
  readonly documents: readonly FormField[];
  readonly questions: readonly FormField[];
  readonly equalOpportunity: readonly FormField[];
}

export function allFields(form: FormSections): readonly FormField[] {
  return [...form.applicant, ...form.documents, ...form.questions, ...form.equalOpportunity];
}
