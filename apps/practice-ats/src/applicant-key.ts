import type { FieldValues } from "./form-field.ts";

/** Both sites call the field `email`. */
export function applicantKey(values: FieldValues): string | undefined {
  const email = values["email"];
  return typeof email === "string" ? email.trim().toLowerCase() : undefined;
}
