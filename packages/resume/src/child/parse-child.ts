import { isValetError } from "@valet/contracts";
import type { ParsedResume } from "../json-resume.ts";
import { parseResume } from "../parse-resume.ts";
import { RefusalReason } from "../refusal.ts";

export type ParseAnswer =
  | { readonly kind: "parsed"; readonly parsed: ParsedResume }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

/** The length of the document whose bytes come next through the standard input. */
export interface ParseQuestion {
  readonly byteLength: number;
}

process.on("message", ({ byteLength }: ParseQuestion) => {
  void answer(byteLength).then((said) => process.send?.(said));
});
// Whoever asked is gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

async function answer(byteLength: number): Promise<ParseAnswer> {
  try {
    return { kind: "parsed", parsed: await parseResume(await readBytes(byteLength)) };
  } catch (error) {
    const reason = isValetError(error, "RESUME_UNREADABLE")
      ? RefusalReason.safeParse(error.details["reason"]).data
      : undefined;
    // Whatever a file does to its reader, the file is to blame.
    return { kind: "refused", reason: reason ?? "damaged" };
  }
}

/** One document is asked for at a time, so that what comes is all of this one. */
async function readBytes(byteLength: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(byteLength);
  let filled = 0;
  while (filled < byteLength) {
    const chunk: Buffer | null = process.stdin.read();
    if (chunk === null) await new Promise((resolve) => process.stdin.once("readable", resolve));
    else filled += chunk.copy(bytes, filled);
  }
  return bytes;
}
