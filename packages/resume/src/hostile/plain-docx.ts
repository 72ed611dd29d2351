import { type ZipLies, type ZipPart, writeZip } from "./write-zip.ts";

export const line =
  "Mira Velling wrote the service that bills customers and kept the warehouse of events";
const officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Texts of a DOCX's parts by their names. */
export type DocxTexts = Readonly<Record<string, string | Uint8Array>>;

export const contentTypes = (more = "") =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>${more}</Types>`;

export const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

export const documentOf = (body: string, head = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;

export const relationshipsOf = (relationships: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships}</Relationships>`;

export const relationship = (type: string, target: string, mode = "") =>
  `<Relationship Id="r1" Type="${officeTypes}/${type}" Target="${target}" ${mode}/>`;

const plainTexts: DocxTexts = {
  "[Content_Types].xml": contentTypes(),
  "_rels/.rels": relationshipsOf(relationship("officeDocument", "word/document.xml")),
  "word/document.xml": documentOf(paragraph(line).repeat(8)),
};

/** The parts of a small résumé, with these in place of its own or beside them. */
export function docxParts(texts: DocxTexts = {}): readonly ZipPart[] {
  return Object.entries({ ...plainTexts, ...texts }).map(([name, bytes]) => ({ name, bytes }));
}

export function docxWith(texts: DocxTexts): Uint8Array {
  return writeZip(docxParts(texts));
}

/** A small résumé whose archive holds these as well, or lies. */
export function zipWith(more: readonly ZipPart[], lies: ZipLies = {}): Uint8Array {
  return writeZip([...docxParts(), ...more], lies);
}
