import { strFromU8, unzipSync } from "fflate";
import { refuse } from "../refusal.ts";

const mostEntries = 1_000;
/** All parts together; what is read of them is far less. */
const mostBytes = 100 * 1024 * 1024;
const mostRatio = 200;
const mostTextBytes = 20 * 1024 * 1024;

/** The XML parts of a document by their names. */
export type DocxParts = ReadonlyMap<string, string>;

/**
 * Unpacks the texts of a DOCX and nothing else.
 *
 * @throws ValetError `RESUME_UNREADABLE` for what is no DOCX, unpacks to too much, or carries what may act:
 * macros, embedded files, archives, or parts from elsewhere.
 */
export function unpackDocx(bytes: Uint8Array): DocxParts {
  let entries = 0;
  let total = 0;
  const names = new Set<string>();
  const files = unzip(bytes, ({ name, size, originalSize }) => {
    entries += 1;
    total += originalSize;
    const isBomb = originalSize > 1024 * 1024 && originalSize > mostRatio * Math.max(1, size);
    if (entries > mostEntries || total > mostBytes || isBomb) throw refuse("too_large");
    if (names.has(name) || isUnsafe(name)) throw refuse("unsafe");
    names.add(name);
    const isText =
      /^(?:\[Content_Types\]|word\/(?:document|styles|numbering|header\d*|footer\d*|_rels\/document\.xml))\.(?:xml|rels)$/u;
    if (!isText.test(name)) return false;
    if (originalSize > mostTextBytes) throw refuse("too_large");
    return true;
  });
  if (!names.has("[Content_Types].xml") || !names.has("word/document.xml")) {
    throw refuse("unknown_format");
  }
  const parts = new Map(Object.entries(files).map(([name, content]) => [name, strFromU8(content)]));
  for (const text of parts.values()) {
    // Entities of its own are how small files become large ones.
    if (/<!DOCTYPE|<!ENTITY/u.test(text)) throw refuse("unsafe");
  }
  if (loadsFromElsewhere(parts.get("word/_rels/document.xml.rels") ?? "")) throw refuse("unsafe");
  return parts;
}

type Filter = NonNullable<NonNullable<Parameters<typeof unzipSync>[1]>["filter"]>;

function unzip(bytes: Uint8Array, filter: Filter): Readonly<Record<string, Uint8Array>> {
  let refusal: unknown;
  try {
    return unzipSync(bytes, {
      filter: (file) => {
        try {
          return filter(file);
        } catch (error) {
          refusal = error;
          throw error;
        }
      },
    });
  } catch (cause) {
    throw refusal ?? refuse("damaged", cause);
  }
}

function isUnsafe(name: string): boolean {
  return (
    /vbaProject|\.(?:zip|docx?|docm|xlsm?|jar|exe|js|vbs|ps1|bin)$|^word\/(?:embeddings|activeX|afchunk)/iu.test(
      name,
    ) || name.split(/[\\/]/u).includes("..")
  );
}

/** Links that a person follows are no harm; pictures, templates and texts that load themselves are. */
function loadsFromElsewhere(relationships: string): boolean {
  return [...relationships.matchAll(/<Relationship\b[^>]*>/gu)].some(
    ([tag]) => /TargetMode\s*=\s*"External"/u.test(tag) && !/\/hyperlink"/u.test(tag),
  );
}
