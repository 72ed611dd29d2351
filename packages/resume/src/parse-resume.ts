import { assertReadable } from "./assert-readable.ts";
import type { ParsedResume } from "./json-resume.ts";
import { parseDocument } from "./parse-document.ts";
import { readDocument } from "./read-document.ts";

/**
 * What a PDF or DOCX says of a person, as JSON Resume, with the place of every value. Nothing is read that
 * does not stand there.
 *
 * @throws ValetError `RESUME_UNREADABLE`, whose `details.reason` is a RefusalReason.
 */
export async function parseResume(bytes: Uint8Array): Promise<ParsedResume> {
  const document = await readDocument(bytes);
  assertReadable(document);
  return parseDocument(document);
}
