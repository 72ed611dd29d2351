import type { ProfileChange } from "@valet/contracts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

const widest = 60;

/** Changes that a résumé proposes: what, what it is now, what it would be, and where that was read. */
export function changeTable(changes: readonly ProfileChange[]): string {
  const rows = changes.map((change) => [
    change.id,
    change.kind === "add" ? "+" : "≠",
    change.pointer,
    textOf(change.kind === "replace" ? change.from : undefined),
    textOf(change.to),
    placeOf(change),
    change.confidence.toFixed(2),
  ]);
  const notes = changes.flatMap(({ id, note }) => (note === undefined ? [] : [`${id}: ${note}`]));
  const table = columnTable([
    ["change", "", "in your profile", "now", "then", "read from", "sure"],
    ...rows,
  ]);
  return [table, ...notes].join("\n");
}

function textOf(value: unknown): string {
  return shorten(printableText(wordsOf(value).join(" · ")), widest);
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

function placeOf({ sources }: ProfileChange): string {
  const [first] = Object.values(sources);
  if (first === undefined) return "";
  return "page" in first ? `page ${first.page}` : `paragraph ${first.paragraph}`;
}
