import { isValetError } from "@valet/contracts";
import { parseResume, readLines, readResume } from "../parse-resume.ts";
import { RefusalReason } from "../refusal.ts";
import type { ParseAnswer, ParseQuestion } from "./parse-protocol.ts";

process.on("message", (question: ParseQuestion) => {
  void answer(question).then((said) => process.send?.(said));
});
// Whoever asked is gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

async function answer({ wants, byteLength }: ParseQuestion): Promise<ParseAnswer> {
  try {
    const bytes = await readBytes(byteLength);
    switch (wants) {
      case "lines":
        return { kind: "lines", lines: await readLines(bytes) };
      case "resume":
        return { kind: "parsed", parsed: await parseResume(bytes) };
      case "both":
        return { kind: "read", ...(await readResume(bytes)) };
    }
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
