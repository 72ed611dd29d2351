import type { FieldValue, SnapshotField } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

/** The review: every field with what the page holds and where that comes from. */
export function reviewTable(
  fields: readonly SnapshotField[],
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string {
  const share = Math.max(16, Math.floor((width - 30) / 2));
  const head = ["field", "value", "source", "id"].map((title) => colors.dim(title));
  const rows = fields.map((field) => [
    shorten(printableText(`${field.label}${field.required ? " *" : ""}`), share),
    field.value === null && field.file === undefined
      ? colors.dim("(empty)")
      : // Never shortened: the person approves exactly this.
        printableText(fieldText(field)),
    field.source ?? colors.dim("–"),
    colors.dim(field.id),
  ]);
  return columnTable([head, ...rows]);
}

function fieldText({ value, file }: SnapshotField): string {
  return file === undefined ? valueText(value) : file.name;
}

export function valueText(value: FieldValue | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes (ticked)" : "no (not ticked)";
  return typeof value === "string" ? value : value.join(", ");
}
