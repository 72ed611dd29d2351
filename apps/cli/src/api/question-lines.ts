import type { UnansweredQuestion } from "@valet/contracts";
import { printableText } from "../render/printable-text.ts";

/** What a form asks, one line each: the id to answer under, the question, its choices. */
export function questionLines(questions: readonly UnansweredQuestion[]): string[] {
  return questions.map(({ fieldId, question, options }) => {
    const choice = options.length > 0 ? ` (${options.map(printableText).join(" / ")})` : "";
    return `  ${printableText(fieldId)}: ${printableText(question)}${choice}`;
  });
}
