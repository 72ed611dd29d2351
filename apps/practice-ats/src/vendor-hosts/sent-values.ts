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
      return [field.id, field.kind === "checkboxes" ? given : (given[0] ?? "")];
    }),
  );
}
