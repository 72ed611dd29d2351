import { ParseFailure, ValetError, parseFailureTexts } from "@valet/contracts";
import type { z } from "zod";

/** Why nothing is read from a file. */
export const RefusalReason = ParseFailure.exclude(["nothing_found", "unavailable"]);
export type RefusalReason = z.infer<typeof RefusalReason>;

/** Of a document, in characters: more than fifty full pages. */
export const mostTextLength = 200_000;

/** Nothing was read, and nothing is guessed; `details.reason` says why. */
export function refuse(reason: RefusalReason, cause?: unknown): ValetError {
  return new ValetError(
    "RESUME_UNREADABLE",
    parseFailureTexts[reason],
    { reason },
    cause === undefined ? {} : { cause },
  );
}
