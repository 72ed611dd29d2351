import { hasZipEntry } from "./has-zip-entry.ts";

/** Kinds of document a résumé may be, told by their bytes: names and declared types can lie. */
export type DocumentType =
  | "application/pdf"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export function documentTypeOf(bytes: Buffer): DocumentType | undefined {
  if (bytes.toString("latin1", 0, 5) === "%PDF-") return "application/pdf";
  const isZip = bytes.toString("latin1", 0, 4) === "PK\u0003\u0004";
  return isZip && hasZipEntry(bytes, "word/document.xml")
    ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    : undefined;
}
