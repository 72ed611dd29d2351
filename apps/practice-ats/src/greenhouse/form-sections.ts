import type { FormField } from "../form-field.ts";

/** A history of which an applicant gives as many entries as there are. */
export interface RowList {
  readonly title: string;
  /** What every entry asks; the number of the entry stands behind each id. */
  readonly fields: readonly FormField[];
  /** Between an id and the number: `school--0`, `title-0`. */
  readonly mark: "-" | "--";
}

/** The parts of the page, each from top to bottom. */
export interface FormSections {
  readonly applicant: readonly FormField[];
  readonly documents: readonly FormField[];
  readonly lists: readonly RowList[];
  readonly questions: readonly FormField[];
  readonly equalOpportunity: readonly FormField[];
}

/** Every field that the page has at any rate: the first entry of each history, and no further ones. */
export function allFields(form: FormSections): readonly FormField[] {
  return [
    ...form.applicant,
    ...form.documents,
    ...form.lists.flatMap((list) => rowFields(list, 0)),
    ...form.questions,
    ...form.equalOpportunity,
  ];
}

export function rowFields({ fields, mark }: RowList, row: number): readonly FormField[] {
  return fields.map((field) => ({ ...field, id: `${field.id}${mark}${row}` }));
}
