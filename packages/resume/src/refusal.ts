import { ValetError } from "@valet/contracts";
import { z } from "zod";

/** Why nothing is read from a file. */
export const RefusalReason = z.enum([
  "empty",
  "unknown_format",
  "damaged",
  "password",
  "too_long",
  "too_large",
  "unsafe",
  "no_text",
  "garbled",
  "timeout",
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

const words: Readonly<Record<RefusalReason, string>> = {
  empty: "This file is empty. Choose the résumé again and upload it once more.",
  unknown_format:
    "This is neither a PDF nor a DOCX file. Save the résumé as one of them and upload that.",
  damaged:
    "This file is damaged, so nothing can be read from it. Export the résumé again and upload the new file.",
  password: "This file wants a password. Save it without one and upload it again.",
  too_long:
    "This document has more than 50 pages or their text, which no résumé has. Upload the résumé alone.",
  too_large:
    "Unpacked, this file is larger than a résumé can be. Export it again, with smaller pictures, and upload that.",
  unsafe:
    "This file holds what may act by itself (macros, scripts, other files, links that load), and is not opened. Print it to a new PDF and upload that.",
  no_text:
    "This document has pictures of text and no text, as scans do, so nothing can be read from it. Upload the file that it was printed from.",
  garbled:
    "This document shows text, but its fonts do not say which letters it is. Export it again from where it was written, as a DOCX or another PDF.",
  timeout:
    "This document takes too long to read. Export it again in a simpler form and upload that.",
};

/** Of a document, in characters: more than fifty full pages. */
export const mostTextLength = 200_000;

/** Nothing was read, and nothing is guessed; `details.reason` says why. */
export function refuse(reason: RefusalReason, cause?: unknown): ValetError {
  return new ValetError(
    "RESUME_UNREADABLE",
    words[reason],
    { reason },
    cause === undefined ? {} : { cause },
  );
}
