import { gzipSync } from "node:zlib";
import type { RefusalReason } from "../refusal.ts";
import type { HostileFile } from "./hostile-file.ts";
import { docxWith, line, paragraph } from "./plain-docx.ts";
import { pdfWith, textOf } from "./write-pdf.ts";
import { writeZip } from "./write-zip.ts";

const sixteenths = Array.from({ length: 15 }, (_, index) => index + 1);

function cut(kind: string, make: () => Uint8Array): readonly HostileFile[] {
  return sixteenths.map((share) => ({
    name: `a ${kind} cut off after ${share} of 16 parts`,
    make: () => {
      const whole = make();
      return whole.subarray(0, Math.floor((whole.length * share) / 16));
    },
    refusedAs: "damaged",
  }));
}

/** The text makes what ends a PDF more than its last sixteenth, which alone could still be read. */
export const cutOff: readonly HostileFile[] = [
  ...cut("DOCX", () => docxWith({})),
  ...cut("PDF", () => pdfWith({ content: textOf(200) })),
];

const zipped = (name: string) => writeZip([{ name, bytes: "x" }]);
const compound = (mark: string) =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from(mark, "utf16le")]);

const others: Readonly<Record<string, () => Uint8Array | string>> = {
  "a page of the web": () => `<html><body>${paragraph(line)}</body></html>`,
  "rich text": () => `{\\rtf1 ${line}}`,
  text: () => line,
  "a picture": () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  "a photo": () => Buffer.from("ffd8ffe000104a464946", "hex"),
  "a moving picture": () => "GIF89a",
  "an old document": () => compound("WordDocument"),
  "an archive": () => zipped("readme.txt"),
  "a spreadsheet": () => zipped("xl/workbook.xml"),
  slides: () => zipped("ppt/presentation.xml"),
  "an open document": () => zipped("content.xml"),
  "a book": () => zipped("META-INF/container.xml"),
  "an empty archive": () => writeZip([]),
  "another archive": () => gzipSync(line),
  "a drawing": () => "<svg xmlns='http://www.w3.org/2000/svg'/>",
  "a saved page": () => "MIME-Version: 1.0\nContent-Type: multipart/related\n",
  "a print file": () => "%!PS-Adobe-3.0\n",
  "one byte": () => "P",
  spaces: () => " ".repeat(1_000),
  "10 MB of zeros": () => Buffer.alloc(10 * 1024 * 1024),
  "10 MB of ones": () => Buffer.alloc(10 * 1024 * 1024, 0xff),
};

const refused = (
  name: string,
  bytes: Uint8Array | string,
  refusedAs: RefusalReason,
): HostileFile => ({
  name,
  make: () => Buffer.from(bytes),
  refusedAs,
});

const oftenNamed = `%PDF-1.7\n${"/JavaScript ".repeat(800_000)}\n%%EOF\n`;

export const otherFormats: readonly HostileFile[] = [
  refused("nothing", "", "empty"),
  refused("a document that wants a password", compound("EncryptedPackage"), "password"),
  ...Object.entries(others).map(([name, make]): HostileFile => ({
    name,
    make: () => Buffer.from(make()),
    refusedAs: name === "an empty archive" ? "unsafe" : "unknown_format",
  })),
  refused("the header of a PDF", "%PDF-1.7", "damaged"),
  refused("the header of an archive", "PK\u0003\u0004", "damaged"),
  { name: "the header and the end of a PDF", make: () => Buffer.from("%PDF-1.7\n%%EOF") },
  { name: "10 MB of one word", make: () => Buffer.from(oftenNamed) },
  { name: "a PDF of another time", make: () => Buffer.from("%PDF-9.9\nstartxref\n0\n%%EOF") },
];
