import type { DocumentLine } from "@valet/contracts";
import { assertReadable } from "./assert-readable.ts";
import { linesOf } from "./document-line.ts";
import type { ParsedResume } from "./json-resume.ts";
import type { TextDocument } from "./layout/text-document.ts";
import { parseDocument } from "./parse-document.ts";
import { readDocument } from "./read-document.ts";

/**
 * What a PDF or DOCX says of a person, as JSON Resume, with the place of every value. Nothing is read that
 * does not stand there.
 *
 * @throws ValetError `RESUME_UNREADABLE`, whose `details.reason` is a RefusalReason.
 */
export async function parseResume(bytes: Uint8Array): Promise<ParsedResume> {
  return parseDocument(await readReadable(bytes));
}

/** The same with the lines that it was read from; throws like `parseResume`. */
export async function readResume(
  bytes: Uint8Array,
): Promise<{ readonly parsed: ParsedResume; readonly lines: DocumentLine[] }> {
  const document = await readReadable(bytes);
  return { parsed: parseDocument(document), lines: linesOf(document) };
}

/** Its lines in reading order; throws like `parseResume`. */
export async function readLines(bytes: Uint8Array): Promise<DocumentLine[]> {
  return linesOf(await readReadable(bytes));
}

async function readReadable(bytes: Uint8Array): Promise<TextDocument> {
  const document = await readDocument(bytes);
  assertReadable(document);
  return document;
}
