import type { UnansweredQuestion } from "@valet/contracts";
import { printableText } from "../render/printable-text.ts";

/** What a form asks, one line each: the id to answer under, the question, its choices; a draft in a line of its own. */
export function questionLines(questions: readonly UnansweredQuestion[]): string[] {
  return questions.flatMap(({ fieldId, question, options, draft }) => {
    const choice = options.length > 0 ? ` (${options.map(printableText).join(" / ")})` : "";
    const asked = `  ${printableText(fieldId)}: ${printableText(question)}${choice}`;
    return draft === undefined
      ? [asked]
      : [asked, `    draft, to be corrected: ${printableText(draft)}`];
  });
}
