import type { FieldValue, FormField, PlannedField } from "@valet/contracts";
import { isPossibleValue } from "@valet/domain";

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
    } else if (!isPossibleValue(field, value)) {
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
