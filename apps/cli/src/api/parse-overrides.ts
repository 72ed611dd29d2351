import type { FieldValue, SnapshotField } from "@valet/contracts";
import { usageError } from "../describe-error.ts";
import { printableText } from "../render/printable-text.ts";

/**
 * `fieldId=value` pairs as corrections of the shown fields. A tick box takes true or false, a field
 * with several answers the same id several times.
 *
 * @throws `USAGE` for a pair that cannot be meant
 */
export function parseOverrides(
  pairs: readonly string[],
  fields: readonly SnapshotField[],
): Record<string, FieldValue> {
  const texts = new Map<string, string[]>();
  for (const pair of pairs) {
    const split = pair.indexOf("=");
    if (split < 1)
      throw usageError(`--set wants fieldId=value; "${printableText(pair)}" has no "=".`);
    const id = pair.slice(0, split);
    texts.set(id, [...(texts.get(id) ?? []), pair.slice(split + 1)]);
  }
  return Object.fromEntries(
    [...texts].map(([id, values]) => [id, overrideOf(findField(fields, id), values)]),
  );
}

function findField(fields: readonly SnapshotField[], id: string): SnapshotField {
  const field = fields.find((candidate) => candidate.id === id);
  if (field !== undefined) return field;
  const known = fields.map((candidate) => candidate.id).join(", ");
  throw usageError(
    `--set names the field "${printableText(id)}", which the review does not show. It shows: ${known}.`,
  );
}

function overrideOf(field: SnapshotField, values: readonly string[]): FieldValue {
  const [first = ""] = values;
  if (Array.isArray(field.value) || field.kind === "checkbox-group") return [...values];
  if (values.length > 1)
    throw usageError(`--set gives "${field.id}" more than one value, but it takes one.`);
  if (field.kind !== "checkbox") return first;
  if (first === "true" || first === "false") return first === "true";
  throw usageError(`"${field.id}" is a tick box: --set ${field.id}=true or ${field.id}=false.`);
}
