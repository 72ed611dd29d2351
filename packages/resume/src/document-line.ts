import type { DocumentLine } from "@valet/contracts";
import type { TextDocument } from "./layout/text-document.ts";

export function linesOf({ lines }: TextDocument): DocumentLine[] {
  return lines.map(({ place, box, text }) => ({ place, box, text }));
}
