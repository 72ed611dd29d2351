import type { FieldValue, ShownField } from "@valet/contracts";

/** What a person has changed, by field; as the API takes it. */
export type Changes = Readonly<Record<string, FieldValue>>;

export function sameValue(one: FieldValue | null, other: FieldValue | null): boolean {
  if (isEmptyValue(one) && isEmptyValue(other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.toSorted().join("\n") === other.toSorted().join("\n");
  }
  return one === other;
}

export function isEmptyValue(value: FieldValue | null): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** With this value for the field; without it where that is what the page holds anyway. */
export function withChange(changes: Changes, field: ShownField, value: FieldValue): Changes {
  const { [field.id]: _, ...others } = changes;
  return sameValue(field.value, value) ? others : { ...others, [field.id]: value };
}

/** Those that still change something of a form that may be another one now. */
export function stillMeant(changes: Changes, fields: readonly ShownField[]): Changes {
  const byId = new Map(fields.map((field) => [field.id, field]));
  return Object.fromEntries(
    Object.entries(changes).filter(([id, value]) => {
      const field = byId.get(id);
      return field !== undefined && !sameValue(field.value, value);
    }),
  );
}

export interface Difference {
  readonly field: ShownField;
  /** Undefined: the field was not there. */
  readonly before: FieldValue | null | undefined;
}

/** What a form holds now and did not when the person looked at it. */
export function differences(
  seen: readonly ShownField[],
  now: readonly ShownField[],
): readonly Difference[] {
  const before = new Map(seen.map((field) => [field.id, field.value]));
  return now.flatMap((field): Difference[] => {
    const known = before.get(field.id);
    if (known === undefined) return [{ field, before: undefined }];
    return sameValue(known, field.value) ? [] : [{ field, before: known }];
  });
}

/** Of what it is less sure than this the person is told. */
export const sureFrom = 0.8;

export type FieldGroup = "all" | "filled" | "empty" | "unsure" | "changed";

export function isInGroup(field: ShownField, group: FieldGroup, changes: Changes): boolean {
  const isLeftOut = isEmptyValue(field.value) && field.file === undefined;
  switch (group) {
    case "all":
      return true;
    case "filled":
      return !isLeftOut;
    case "empty":
      return isLeftOut;
    case "unsure":
      return !isLeftOut && field.confidence < sureFrom;
    case "changed":
      return field.id in changes;
  }
}

export function canEdit({ kind }: Pick<ShownField, "kind">): boolean {
  return kind !== "file" && kind !== "password";
}
