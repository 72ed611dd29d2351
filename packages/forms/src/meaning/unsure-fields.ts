import type { FormField } from "@valet/contracts";

/**
 * Below this nothing that the page says in words has named the field: its label, a hint in it and its own name
 * give 0.72 and more, while a field's mere type gives 0.6, and so does a question that no rule knows.
 */
export const sureFrom = 0.7;

/** Fields that a person sees and may fill, and of which no rule is sure what they ask for. */
export function unsureFields(fields: readonly FormField[]): FormField[] {
  return fields.filter(isUnsure);
}

export function isUnsure({ policy, visible, kind, confidence, label }: FormField): boolean {
  const isOpen = policy !== "never" && visible && kind !== "file" && kind !== "password";
  return isOpen && confidence < sureFrom && label.trim() !== "";
}
