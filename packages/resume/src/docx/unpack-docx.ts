import { openDocx } from "../upload/open-docx.ts";

/** Of one part; a résumé's has a hundredth of it. */
const mostTextBytes = 20 * 1024 * 1024;

/** The XML parts of a document by their names. */
export type DocxParts = ReadonlyMap<string, string>;

/**
 * Unpacks the texts of a DOCX and nothing else.
 *
 * @throws ValetError `RESUME_UNREADABLE` for what `openDocx` refuses, and for texts that are too large.
 */
export function unpackDocx(bytes: Uint8Array): DocxParts {
  const docx = openDocx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const isText =
    /^word\/(?:document|styles|numbering|header\d*|footer\d*|_rels\/document\.xml)\.(?:xml|rels)$/u;
  const names = docx.names.filter((name) => isText.test(name));
  return new Map(names.map((name) => [name, docx.readXml(name, mostTextBytes)]));
}
