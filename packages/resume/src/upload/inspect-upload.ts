import { refuse } from "../refusal.ts";
import { assertSoundPdf } from "./assert-sound-pdf.ts";
import { findZipEnd } from "./find-zip-end.ts";
import { openDocx } from "./open-docx.ts";

export interface InspectedUpload {
  readonly kind: "pdf" | "docx";
}

/** PDF readers look this far for its header. */
const headerWithin = 1_024;

/**
 * What a file is, by its bytes alone and before anything reads or keeps it: names and declared types can
 * lie. A file that is two things at once, or that could act on who opens it, is refused. Whether it wants a
 * password is known of a DOCX here, of a PDF only when it is parsed.
 *
 * @throws ValetError `RESUME_UNREADABLE`, whose `details.reason` is a RefusalReason.
 */
export function inspectUpload(bytes: Uint8Array): InspectedUpload {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOf(file);
  if (kind === "pdf") assertSoundPdf(file);
  else openDocx(file);
  return { kind };
}

function kindOf(file: Buffer): InspectedUpload["kind"] {
  if (file.length === 0) throw refuse("empty");
  const head = file.toString("latin1", 0, headerWithin);
  const before = /^([^]*?)%PDF-\d/u.exec(head)?.[1];
  if (before !== undefined) {
    // A mark of the byte order and empty lines are mistakes of programs; anything else is another format.
    if (/^(?:\u00EF\u00BB\u00BF)?[\s\0]*$/u.test(before)) return "pdf";
    throw refuse("unsafe");
  }
  if (head.startsWith("PK\u0003\u0004")) return "docx";
  // How Word keeps a DOCX that wants a password: a compound file.
  if (head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
    const isEncrypted = file.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw refuse(isEncrypted ? "password" : "unknown_format");
  }
  // An archive behind something else: each reader sees another file.
  throw refuse(findZipEnd(file) === undefined ? "unknown_format" : "unsafe");
}
