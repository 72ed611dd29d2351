import type { FieldValues, FormField } from "../form-field.ts";
import type { SentForm } from "../read-multipart.ts";

/** What was sent for each field, by the name its control is sent under. */
export function sentValues(
  fields: readonly FormField[],
  { values, files }: SentForm,
  nameOf: (field: FormField) => string,
): FieldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const name = nameOf(field);
      if (field.kind === "file") return [field.id, files.get(name)?.name ?? ""];
      const given = (values.get(name) ?? []).filter((value) => value !== "");
      if (field.kind === "checkboxes") return [field.id, given];
      // A hidden twin in front of a box says "0" for one that is not ticked.
      const value = field.kind === "checkbox" ? (given.at(-1) ?? "") : (given[0] ?? "");
      return [field.id, value === "0" && field.kind === "checkbox" ? "" : value];
    }),
  );
}
