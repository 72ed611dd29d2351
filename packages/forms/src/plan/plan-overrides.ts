import type { FieldValue, FormField, PlannedField } from "@valet/contracts";

export interface OverridePlan {
  readonly plan: PlannedField[];
  /** Ids that the form does not have, or that nobody may fill. */
  readonly unknown: string[];
  /** Ids whose value is none of the field's choices or of the wrong type. */
  readonly invalid: string[];
}

/** The person's own values for fields of this page. */
export function planOverrides(
  fields: readonly FormField[],
  overrides: Readonly<Record<string, FieldValue>>,
): OverridePlan {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const plan: PlannedField[] = [];
  const unknown: string[] = [];
  const invalid: string[] = [];
  for (const [id, value] of Object.entries(overrides)) {
    const field = byId.get(id);
    if (field === undefined || field.policy === "never" || field.kind === "file") {
      unknown.push(id);
    } else if (!isPossible(field, value)) {
      invalid.push(id);
    } else {
      plan.push({
        id,
        action: "fill",
        value,
        source: "person",
        confidence: 1,
        why: "the person set it",
      });
    }
  }
  return { plan, unknown, invalid };
}

function isPossible({ kind, options }: FormField, value: FieldValue): boolean {
  if (kind === "checkbox") return typeof value === "boolean";
  if (typeof value === "boolean") return false;
  const isList = kind === "checkbox-group" || kind === "listbox" || kind === "combobox";
  if (Array.isArray(value) && !isList) return false;
  if (options.length === 0) return true;
  return [value].flat().every((text) => text === "" || options.includes(text));
}
