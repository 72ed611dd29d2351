import type { FormField } from "@valet/contracts";

/** A password is never filled: a page that insists on one lets only the person on. */
export function asksForAccount(
  fields: readonly Pick<FormField, "kind" | "visible" | "required">[],
): boolean {
  return fields.some(({ kind, visible, required }) => kind === "password" && visible && required);
}
