import { DocumentLine, ParsedResume } from "@valet/contracts";
import { z } from "zod";
import { RefusalReason } from "../refusal.ts";

/** What the process that reads documents is asked; the bytes come next through its standard input. */
export interface ParseQuestion {
  readonly wants: "resume" | "lines" | "both";
  readonly byteLength: number;
}

/** Checked by whoever asked: it comes from where a file attacks its reader. */
export const ParseAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("parsed"), parsed: ParsedResume }),
  z.object({ kind: z.literal("read"), parsed: ParsedResume, lines: z.array(DocumentLine) }),
  z.object({ kind: z.literal("lines"), lines: z.array(DocumentLine) }),
  z.object({ kind: z.literal("refused"), reason: RefusalReason }),
]);
export type ParseAnswer = z.infer<typeof ParseAnswer>;
