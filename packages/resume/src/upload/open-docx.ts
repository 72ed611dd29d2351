import { refuse } from "../refusal.ts";
import { inflateEntry, inflateHead } from "./inflate-entry.ts";
import { readRelationships } from "./read-relationships.ts";
import { type ZipEntry, readZipDirectory } from "./read-zip-directory.ts";
import { xmlText } from "./xml-text.ts";

/** A DOCX that was found to be one and to hold nothing that acts. */
export interface DocxPackage {
  readonly names: readonly string[];
  /** The text of an XML part of at most so many bytes; empty when there is none of this name. */
  readXml(name: string, mostBytes: number): string;
}

const contentTypesName = "[Content_Types].xml";
/** Of all parts together that say what belongs to what. */
const mostRelationshipBytes = 512 * 1024;
const mostContentTypesBytes = 256 * 1024;

/**
 * Opens a DOCX by its central directory; only what says how its parts belong together is unpacked.
 *
 * @throws ValetError `RESUME_UNREADABLE` for what is no DOCX, is damaged or a bomb, or carries what may act:
 * macros, embedded files, archives, programs, or parts from elsewhere.
 */
export function openDocx(archive: Buffer): DocxPackage {
  const entries = readZipDirectory(archive);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const readXml = (name: string, mostBytes: number): string => {
    const entry = byName.get(name);
    return entry === undefined ? "" : xmlText(inflateEntry(archive, entry, mostBytes));
  };
  if (!byName.has(contentTypesName) || !byName.has("word/document.xml")) {
    throw refuse("unknown_format");
  }
  if (entries.some((entry) => isUnsafeName(entry.name) || isUnsafeFile(archive, entry))) {
    throw refuse("unsafe");
  }
  if (/macroEnabled|vbaProject/iu.test(readXml(contentTypesName, mostContentTypesBytes))) {
    throw refuse("unsafe");
  }
  const relationships = entries.filter(({ name }) => /\.rels$/iu.test(name));
  if (sumOfBytes(relationships) > mostRelationshipBytes) throw refuse("too_large");
  for (const { name } of relationships) {
    const all = readRelationships(readXml(name, mostRelationshipBytes));
    if (all.some((relationship) => !isHarmless(relationship))) throw refuse("unsafe");
  }
  return { names: entries.map(({ name }) => name), readXml };
}

function sumOfBytes(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}

const unsafeFolders = /^word\/(?:embeddings|activeX|afchunk)/iu;
const unsafeEndings =
  /\.(?:zip|7z|rar|tar|t?gz|bz2|xz|cab|iso|jar|doc[mx]?|dot[mx]|xls[bmx]?|ppt[mx]?|exe|dll|com|scr|msi|bat|cmd|ps1|js|vbs|wsf|hta|lnk|sh|html?|mht(?:ml)?)$/iu;

function isUnsafeName(name: string): boolean {
  return unsafeFolders.test(name) || /vbaProject|vbaData/iu.test(name) || unsafeEndings.test(name);
}

/** Archives, programs, and the compound files in which macros and embedded objects are kept. */
const unsafeHeads = [
  "PK\u0003\u0004",
  "PK\u0005\u0006",
  "7z\u00BC\u00AF",
  "Rar!",
  "MZ\u0090\0",
  "\u007FELF",
  "\u00D0\u00CF\u0011\u00E0",
  "%PDF-",
].map((text) => Buffer.from(text, "latin1"));

function isUnsafeFile(archive: Buffer, entry: ZipEntry): boolean {
  if (/\.(?:xml|rels)$/iu.test(entry.name)) return false;
  const head = inflateHead(archive, entry);
  return unsafeHeads.some((unsafe) => head.subarray(0, unsafe.length).equals(unsafe));
}

const unsafeTypes = /\/(?:aFChunk|oleObject|package|control|subDocument|vbaProject|wordVbaData)$/iu;

function isHarmless({ type, target, isExternal }: ReturnType<typeof readRelationships>[number]) {
  if (unsafeTypes.test(type)) return false;
  // A person follows a link; pictures, texts and templates load by themselves. Word names the template that
  // a document was begun with by its place on the disk of whoever wrote it, which loads nothing elsewhere.
  const isTemplateOnDisk =
    /\/attachedTemplate$/iu.test(type) && /^file:\/\/(?:localhost)?\/(?![\\/])/iu.test(target);
  return !isExternal || /\/hyperlink$/iu.test(type) || isTemplateOnDisk;
}
