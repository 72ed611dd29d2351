import type { ScoreCase } from "../bench/forms/form-score.ts";
import { printableText, shorten } from "./printable-text.ts";

/** Where a measurement went wrong, two lines each. */
export function caseList(cases: readonly ScoreCase[]): string {
  if (cases.length === 0) return "";
  const lines = cases.map(({ set, where, expected, found }) =>
    [
      `  ${set} ${shorten(printableText(where), 160)}`,
      `    expected ${shorten(printableText(expected), 80)}, found ${shorten(printableText(found), 80)}`,
    ].join("\n"),
  );
  return ["", "Worst cases", ...lines].join("\n");
}
