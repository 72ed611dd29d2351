import type { FieldValue, ShownField } from "@valet/contracts";
import { reviewStrings } from "../../strings/application-strings.ts";
import { isEmptyValue } from "./review-changes.ts";

/** As a person reads it; empty where there is nothing. */
export function valueWords(value: FieldValue | null): string {
  if (isEmptyValue(value) || value === null) return "";
  if (typeof value === "boolean") return value ? reviewStrings.ticked : reviewStrings.notTicked;
  return typeof value === "string" ? value : value.join(", ");
}

export function fieldWords({ value, file }: Pick<ShownField, "value" | "file">): string {
  return file?.name ?? valueWords(value);
}
