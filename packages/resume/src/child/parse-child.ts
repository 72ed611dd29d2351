import { isValetError } from "@valet/contracts";
import type { ParsedResume } from "./json-resume.ts";
import { parseResume } from "./parse-resume.ts";
import { RefusalReason } from "./refusal.ts";

export type ParseAnswer =
  | { readonly kind: "parsed"; readonly parsed: ParsedResume }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

process.on("message", (bytes: Uint8Array) => {
  void answer(bytes).then((said) => process.send?.(said));
});
// Whoever asked is gone.
process.once("disconnect", () => process.exit(0));

async function answer(bytes: Uint8Array): Promise<ParseAnswer> {
  try {
    return { kind: "parsed", parsed: await parseResume(bytes) };
  } catch (error) {
    const reason = isValetError(error, "RESUME_UNREADABLE")
      ? RefusalReason.safeParse(error.details["reason"]).data
      : undefined;
    // Whatever a file does to its reader, the file is to blame.
    return { kind: "refused", reason: reason ?? "damaged" };
  }
}
