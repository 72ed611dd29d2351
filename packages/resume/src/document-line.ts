import { z } from "zod";
import type { TextDocument } from "./layout/text-document.ts";

/** A line of a document in reading order, without how it looks. */
export const DocumentLine = z.object({
  place: z.union([z.object({ page: z.number().int() }), z.object({ paragraph: z.number().int() })]),
  box: z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }),
  text: z.string(),
});
export type DocumentLine = z.infer<typeof DocumentLine>;

export function linesOf({ lines }: TextDocument): DocumentLine[] {
  return lines.map(({ place, box, text }) => ({ place, box, text }));
}
