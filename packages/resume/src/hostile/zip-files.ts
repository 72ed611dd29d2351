import type { HostileFile } from "./hostile-file.ts";
import { docxParts, docxWith, zipWith } from "./plain-docx.ts";
import { type ZipPart, localRecord, writeZip } from "./write-zip.ts";

const zeros = (bytes: number) => new Uint8Array(bytes);
const mega = 1024 * 1024;
const picture = "word/media/image1.png";
const many = (count: number, bytes: Uint8Array | string): ZipPart[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `word/media/${index}.png`,
    bytes,
    ...(bytes.length === 0 ? { method: 0 } : {}),
  }));

/** Archives in archives, each of sixteen, as `42.zip` is. */
function nested(depth: number): Uint8Array {
  if (depth === 0) return writeZip([{ name: "0.dat", bytes: zeros(mega) }]);
  const inner = nested(depth - 1);
  const parts = Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, bytes: inner }));
  return writeZip(parts);
}

/** How many entries name one and the same bytes. */
const overlapping = (count: number) =>
  zipWith([
    { name: picture, bytes: zeros(mega) },
    ...Array.from({ length: count }, (_, index) => ({
      name: `word/media/again${index}.png`,
      bytes: "",
      sameAs: 3,
    })),
  ]);

/** An entry that is the content of another, with all that stands before it, as bombs without end are made. */
function within(): Uint8Array {
  const inner = { name: "word/media/inner1.png", bytes: zeros(1_000) };
  // Only what is no XML is looked into.
  const outer = { name: "word/outer1.xml", bytes: localRecord(inner), method: 0 };
  return zipWith([outer, { ...inner, within: 3 }]);
}

const asUnsafe = (name: string, make: () => Uint8Array): HostileFile => ({
  name,
  make,
  refusedAs: "unsafe",
});
const asTooLarge = (name: string, make: () => Uint8Array): HostileFile => ({
  name,
  make,
  refusedAs: "too_large",
});
const asDamaged = (name: string, make: () => Uint8Array): HostileFile => ({
  name,
  make,
  refusedAs: "damaged",
});

export const zipBombs: readonly HostileFile[] = [
  asTooLarge("a picture of 30 MB of nothing", () =>
    zipWith([{ name: picture, bytes: zeros(30 * mega) }]),
  ),
  asTooLarge("200 MB, each entry below what is looked at", () => zipWith(many(200, zeros(mega)))),
  asUnsafe("archives in archives", () =>
    zipWith([{ name: "word/media/image1.zip", bytes: nested(2) }]),
  ),
  asUnsafe("archives in archives, named a picture", () =>
    zipWith([{ name: picture, bytes: nested(3) }]),
  ),
  asUnsafe("a document in itself", () =>
    zipWith([{ name: picture, bytes: docxWith({}), method: 0 }]),
  ),
  asUnsafe("two entries of the same bytes", () => overlapping(1)),
  asUnsafe("an entry within another", within),
  asUnsafe("nine hundred entries of the same bytes", () => overlapping(900)),
  asTooLarge("1,001 entries", () => zipWith(many(998, ""))),
  asTooLarge("65,535 entries", () => zipWith(many(65_532, ""))),
  asUnsafe("100,000 entries, counted anew after 65,536", () =>
    writeZip([...docxParts(), ...many(65_536, "")]),
  ),
  {
    name: "a text of 50 MB that states 1,000 bytes",
    make: () =>
      writeZip(
        docxParts({ "word/document.xml": zeros(50 * mega) }).map((part) =>
          part.name === "word/document.xml" ? { ...part, statedBytes: 1_000 } : part,
        ),
      ),
  },
  asDamaged("a list of kinds of 50 MB that states 1,000 bytes", () =>
    writeZip(
      docxParts({ "[Content_Types].xml": zeros(50 * mega) }).map((part, index) =>
        index === 0 ? { ...part, statedBytes: 1_000 } : part,
      ),
    ),
  ),
  asDamaged("a list of kinds that states more bytes than it has", () =>
    writeZip(
      docxParts().map((part, index) => (index === 0 ? { ...part, statedBytes: 9_999 } : part)),
    ),
  ),
  asTooLarge("an entry that states 4 GB", () =>
    zipWith([{ name: picture, bytes: "x", statedBytes: 0xffffffff }]),
  ),
  {
    name: "a text of 19 MB",
    make: () =>
      docxWith({ "word/document.xml": `<w:document>${" ".repeat(19 * mega)}</w:document>` }),
    refusedAs: "too_large",
  },
  {
    name: "a text of 19 MB that packs badly",
    make: () => docxWith({ "word/document.xml": `<w:document>${noise(9 * mega)}</w:document>` }),
  },
];

/** Letters without a pattern, so that no rule about how well they pack applies. */
function noise(length: number): string {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = 97 + ((state >>> 16) % 26);
  }
  return bytes.toString("latin1");
}

const unsafeNames = [
  "../x.xml",
  "word/../../x.xml",
  "word/..",
  "/etc/x.xml",
  "C:/x.xml",
  "word\\x.xml",
  "..\\..\\x.xml",
  "word/a\0b.xml",
  "word/a\nb.xml",
  "",
];

const strange = { name: picture, bytes: "x" };

export const zipStructures: readonly HostileFile[] = [
  asUnsafe("a link to another file", () =>
    zipWith([{ ...strange, bytes: "/etc/passwd", mode: 0o120777 }]),
  ),
  asUnsafe("something before it", () => zipWith([], { prefix: Buffer.from("#!/bin/sh\n") })),
  {
    name: "an encrypted entry",
    make: () => zipWith([{ ...strange, flags: 1 }]),
    refusedAs: "password",
  },
  ...unsafeNames.map((name) =>
    asUnsafe(`an entry named ${JSON.stringify(name)}`, () => zipWith([{ name, bytes: "x" }])),
  ),
  ...[0o020666, 0o060666, 0o010666, 0o140666].map((mode) =>
    asUnsafe(`an entry of the kind ${mode.toString(8)}`, () => zipWith([{ ...strange, mode }])),
  ),
  ...[0x40, 0x2000].map((flags) => ({
    name: `an entry encrypted by the flag ${flags}`,
    make: () => zipWith([{ ...strange, flags }]),
    refusedAs: "password" as const,
  })),
  ...[1, 6, 9, 12, 14, 93, 95, 97, 98, 99].map((method) =>
    asDamaged(`an entry packed by the method ${method}`, () => zipWith([{ ...strange, method }])),
  ),
  asUnsafe("the same name twice", () => zipWith([strange, strange])),
  asUnsafe("the same name in another case", () =>
    zipWith([{ name: "WORD/document.XML", bytes: "<w:document/>" }]),
  ),
  asUnsafe("another name before the entry", () =>
    zipWith([{ ...strange, localName: "word/media/other1.png" }]),
  ),
  asUnsafe("another size before the entry", () => zipWith([{ ...strange, localBytes: 7 }])),
  asUnsafe("another method before the entry", () => zipWith([{ ...strange, localMethod: 0 }])),
  asUnsafe("something before it that no place counts", () =>
    zipWith([], { prefix: Buffer.from("GIF89a"), isPrefixCounted: false }),
  ),
  asUnsafe("entries that it does not count", () => zipWith([strange], { count: 3 })),
  asDamaged("entries that it counts and has not", () => zipWith([strange], { count: 5 })),
  asDamaged("something behind it", () => zipWith([], { suffix: Buffer.from("<script>") })),
  asUnsafe("a directory that lies elsewhere", () => zipWith([], { directoryStart: 0xffffffff })),
  asUnsafe("a directory that lies at its beginning", () => zipWith([], { directoryStart: 0 })),
  { name: "a gap", make: () => zipWith([], { gap: Buffer.alloc(1_000) }) },
  {
    name: "the longest comment",
    make: () => zipWith([], { comment: Buffer.alloc(0xffff, "PK\u0005\u0006") }),
  },
];
