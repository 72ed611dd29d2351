import { readDocx } from "./docx/read-docx.ts";
import type { TextDocument } from "./layout/text-document.ts";
import { readPdf } from "./pdf/read-pdf.ts";
import { refuse } from "./refusal.ts";

/**
 * A file's text in reading order. What it is, its first bytes say, not its name.
 *
 * @throws ValetError `RESUME_UNREADABLE`.
 */
export async function readDocument(bytes: Uint8Array): Promise<TextDocument> {
  if (bytes.length === 0) throw refuse("empty");
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  // Some programs write a few bytes before it.
  if (/%PDF-\d/u.test(head)) return readPdf(bytes);
  if (head.startsWith("PK\u0003\u0004")) return readDocx(bytes);
  // How Word keeps a DOCX that wants a password: a compound file.
  if (head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
    const isEncrypted = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw refuse(isEncrypted ? "password" : "unknown_format");
  }
  throw refuse("unknown_format");
}
