import type { FieldValue } from "@valet/contracts";

export function isUnanswered(value: FieldValue | undefined): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
