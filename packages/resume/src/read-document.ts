import { readDocx } from "./docx/read-docx.ts";
import type { TextDocument } from "./layout/text-document.ts";
import { readPdf } from "./pdf/read-pdf.ts";
import { inspectUpload } from "./upload/inspect-upload.ts";

/**
 * A file's text in reading order. What it is, its bytes say, not its name.
 *
 * @throws ValetError `RESUME_UNREADABLE`.
 */
export async function readDocument(bytes: Uint8Array): Promise<TextDocument> {
  const { kind } = inspectUpload(bytes);
  return kind === "pdf" ? readPdf(bytes) : readDocx(bytes);
}
