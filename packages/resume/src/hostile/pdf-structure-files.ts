import { deflateSync } from "node:zlib";
import type { HostileFile } from "./hostile-file.ts";
import { pdfWith, stream, textOf, writePdf } from "./write-pdf.ts";

const pdf = (name: string, make: () => Uint8Array): HostileFile => ({ name, make });

/** A small résumé whose end names other places than where its tables are. */
function withEnd(end: (tableAt: number) => string): Uint8Array {
  const whole = Buffer.from(pdfWith()).toString("latin1");
  const at = whole.lastIndexOf("xref\n0 ");
  return Buffer.from(whole.slice(0, at) + end(at), "latin1");
}

const table = (trailer: string, at: number) =>
  `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`;

const pagesOf = (kids: string, count: number, more: readonly string[] = []) =>
  writePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    ...more,
  ]);

const emptyPage = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";

function chainOfPages(depth: number): Uint8Array {
  const nodes = Array.from(
    { length: depth },
    (_, index) => `<< /Type /Pages /Count 1 /Parent ${index + 2} 0 R /Kids [${index + 4} 0 R] >>`,
  );
  return pagesOf("3 0 R", 1, [...nodes, emptyPage]);
}

/** The content of a page, packed once more for each name of a filter. */
const packed = (filters: readonly string[], content: Uint8Array | string, dictionary = "") =>
  pdfWith({ content, packing: `/Filter [${filters.join(" ")}] ${dictionary}` });

function deflated(content: Uint8Array, times: number): Uint8Array {
  let bytes = content;
  for (let time = 0; time < times; time += 1) bytes = deflateSync(bytes, { level: 9 });
  return bytes;
}

const repeat = (filter: string, times: number) => Array.from({ length: times }, () => filter);
const mega = 1024 * 1024;
const flate = "/FlateDecode";

/** Objects packed into one, as their numbers, their places, and what stands there. */
const packedObjects = (numbers: string, body: string, dictionary: string) =>
  pdfWith({ more: [stream(`${numbers} ${body}`, `/Type /ObjStm ${dictionary}`)] });

const tableStream = (dictionary: string, content: Uint8Array = new Uint8Array(40)) =>
  withEnd(
    (at) =>
      `6 0 obj\n${Buffer.from(stream(content, `/Type /XRef /Root 1 0 R ${dictionary}`)).toString("latin1")}\nendobj\nstartxref\n${at}\n%%EOF\n`,
  );

const encrypted = (dictionary: string) =>
  pdfWith({
    more: [dictionary],
    trailer: "/Encrypt 6 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00>]",
  });
const wrong = "AB".repeat(32);

export const pdfStructures: readonly HostileFile[] = [
  pdf("a table of places before which it stands itself", () =>
    withEnd((at) => table(`/Prev ${at}`, at)),
  ),
  pdf("pages that hold each other", () => pagesOf("2 0 R", 1)),
  pdf("two tables, each before the other", () =>
    withEnd((at) => table(`/Prev ${at + 120}`, at).padEnd(120) + table(`/Prev ${at}`, at + 120)),
  ),
  pdf("a table that begins far behind the end", () =>
    withEnd(() => "startxref\n99999999999\n%%EOF\n"),
  ),
  pdf("a packing of a packing of a bomb", () =>
    packed(repeat(flate, 3), deflated(Buffer.alloc(50 * mega), 3)),
  ),
  pdf("a table of a billion places", () =>
    withEnd(
      (at) =>
        `xref\n0 1000000000\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  ),
  pdf("no table", () => withEnd(() => "startxref\n0\n%%EOF\n")),
  pdf("a table that begins before the file", () => withEnd(() => "startxref\n-1\n%%EOF\n")),
  pdf("a thousand ends", () => withEnd((at) => table("", at).repeat(1_000))),
  pdf("a packed table with wide columns", () =>
    tableStream("/Size 9 /W [2147483647 2147483647 1]"),
  ),
  pdf("a packed table of two billion places", () => tableStream("/Size 2147483647 /W [1 2 1]")),
  pdf("a packed table that begins at minus one", () =>
    tableStream("/Size 9 /Index [-1 2147483647] /W [1 2 1]"),
  ),
  pdf("a packed table before itself", () => tableStream("/Size 9 /W [1 2 1] /Prev 15 /XRefStm 15")),
  pdf("a table whose columns are nowhere", () => tableStream("/Size 9 /W 7 0 R")),
  pdf("pages nested five hundred deep", () => chainOfPages(500)),
  pdf("pages nested twenty thousand deep", () => chainOfPages(20_000)),
  pdf("a hundred thousand pages", () => pagesOf("3 0 R ".repeat(100_000), 100_000, [emptyPage])),
  pdf("two billion pages that are not there", () => pagesOf("3 0 R", 2_147_483_647, [emptyPage])),
  pdf("fifty pages that are not there", () => pagesOf("", 50)),
  pdf("minus one page", () => pagesOf("3 0 R", -1, [emptyPage])),
  pdf("a page that is its own parent", () =>
    pagesOf("3 0 R", 1, ["<< /Type /Page /Parent 3 0 R >>"]),
  ),
  pdf("pages that are no pages", () => pagesOf("1 0 R", 1)),
  pdf("a catalog that is not there", () => writePdf(["<< >>"], "/Root 99 0 R")),
  pdf("a catalog that is a number", () => writePdf(["7"], "/Root 1 0 R")),
  pdf("a catalog that is itself", () => writePdf(["1 0 R"], "/Root 1 0 R")),
  pdf("a quarter of a million objects", () =>
    pdfWith({ more: Array.from({ length: 250_000 }, () => "0") }),
  ),
  pdf("a million packed objects", () =>
    pdfWith({
      more: [
        stream(
          deflated(Buffer.from(`${numbered(1_000_000)} ${"0 ".repeat(1_000_000)}`), 1),
          `/Type /ObjStm /N 1000000 /First 14000000 /Filter ${flate}`,
        ),
      ],
    }),
  ),
  pdf("packed objects that hold themselves", () =>
    packedObjects("6 0", "<< >>", "/N 1 /First 4 /Extends 6 0 R"),
  ),
  pdf("two billion packed objects", () => packedObjects("7 0", "<< >>", "/N 2147483647 /First 4")),
  pdf("packed objects that begin nowhere", () => packedObjects("7 0", "<< >>", "/N 1 /First -9")),
  pdf("half a million nested arrays", () =>
    pdfWith({ more: ["[".repeat(500_000)], catalog: "/Lang 6 0 R" }),
  ),
  pdf("half a million nested arrays in its catalog", () =>
    pdfWith({ catalog: `/X ${"[".repeat(500_000)}` }),
  ),
  pdf("a hundred thousand nested dictionaries", () =>
    pdfWith({ catalog: `/X ${"<< /A ".repeat(100_000)}` }),
  ),
  pdf("half a million nested brackets", () => pdfWith({ catalog: `/X ${"(".repeat(500_000)}` })),
  pdf("a name of 5 MB", () => pdfWith({ catalog: `/${"A".repeat(5 * mega)} 1` })),
  pdf("a number of 1 MB", () => pdfWith({ catalog: `/X ${"9".repeat(mega)}` })),
  pdf("keys as every object has them", () =>
    pdfWith({ catalog: "/__proto__ << /toString 1 >> /constructor 2 0 R" }),
  ),
  pdf("a length of two billion", () =>
    pdfWith({ more: ["<< /Length 2147483647 >>\nstream\nx\nendstream"], page: "/Contents 6 0 R" }),
  ),
  pdf("a length that is itself", () =>
    pdfWith({ more: ["<< /Length 6 0 R >>\nstream\nx\nendstream"], page: "/Contents 6 0 R" }),
  ),
  pdf("a stream without an end", () =>
    pdfWith({ more: ["<< /Length 9 >>\nstream\nx"], page: "/Contents 6 0 R" }),
  ),
  pdf("a hundred thousand contents", () =>
    pdfWith({ page: `/Contents [${"4 0 R ".repeat(100_000)}]` }),
  ),
  pdf("contents that hold themselves", () =>
    pdfWith({ more: ["[6 0 R 6 0 R]"], page: "/Contents 6 0 R" }),
  ),
  pdf("a bomb of a gigabyte", () => packed([flate], deflated(Buffer.alloc(1_000 * mega), 1))),
  pdf("a bomb of text", () => packed([flate], deflated(Buffer.from(textOf(400_000)), 1))),
  pdf("a thousand packings", () =>
    packed(repeat(flate, 1_000), deflated(Buffer.from(textOf()), 10)),
  ),
  pdf("a thousand packings as letters", () =>
    packed(repeat("/ASCIIHexDecode", 1_000), "41".repeat(mega)),
  ),
  pdf("lengths of runs", () => packed(["/RunLengthDecode"], Buffer.alloc(8 * mega, 0x81))),
  pdf("repeats of one code", () => packed(["/LZWDecode"], Buffer.alloc(4 * mega, 0x80))),
  pdf("a row of two billion columns", () =>
    packed(
      [flate],
      deflated(Buffer.alloc(mega), 1),
      "/DecodeParms << /Predictor 12 /Columns 2147483647 >>",
    ),
  ),
  pdf("rows of so many colours", () =>
    packed(
      [flate],
      deflated(Buffer.alloc(mega), 1),
      "/DecodeParms << /Predictor 2 /Colors 99999 /BitsPerComponent 16 >>",
    ),
  ),
  pdf("a packing that is itself", () => packed(["4 0 R"], "x")),
  pdf("a packing that wants a key", () => packed(["/Crypt"], textOf())),
  pdf("half a packing", () =>
    packed([flate], deflated(Buffer.from(textOf(900)), 1).subarray(0, 60)),
  ),
  pdf("a password that nobody knows", () =>
    encrypted(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${wrong}> /U <${wrong}> >>`),
  ),
  pdf("a newer password that nobody knows", () =>
    encrypted(
      `<< /Filter /Standard /V 5 /R 6 /Length 256 /P -44 /O <${"AB".repeat(48)}> /U <${"AB".repeat(48)}> /OE <${wrong}> /UE <${wrong}> /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF >>`,
    ),
  ),
  pdf("a lock that nobody knows", () => encrypted("<< /Filter /Unheard /V 99 /R 99 >>")),
  pdf("a lock that locks itself", () => encrypted("6 0 R")),
];

function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 10} ${index * 2}`).join(" ");
}
