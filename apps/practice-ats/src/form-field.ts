export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type FieldKind =
  | "text"
  | "email"
  | "tel"
  | "url"
  | "number"
  | "textarea"
  | "select"
  | "late-select"
  | "radio"
  | "yes-no"
  | "date"
  | "checkbox"
  | "checkboxes"
  | "odd-list"
  | "file";

/** One question of an application form: drawn and checked from the same data. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Empty when the question is not a choice. */
  readonly choices: readonly Choice[];
  /** The HTML `autocomplete` token, if the site sets one. */
  readonly autocomplete?: string;
  readonly hint?: string;
}

export type FieldValue = string | readonly string[];
/** By field id. A file's value is its name or the id of its upload. */
export type FieldValues = Readonly<Record<string, FieldValue>>;
/** By field id, in words for the applicant. */
export type FieldErrors = Readonly<Record<string, string>>;

export const acceptedFileTypes = ".pdf,.doc,.docx,.txt,.rtf";

export function field(
  description: Pick<FormField, "id" | "label" | "kind"> & Partial<FormField>,
): FormField {
  return { required: true, choices: [], ...description };
}

export function choicesOf(...labels: string[]): Choice[] {
  return labels.map((label) => ({ value: label, label }));
}
