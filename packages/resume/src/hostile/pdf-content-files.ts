import type { HostileFile } from "./hostile-file.ts";
import { type PdfPage, pdfWith, stream, textOf, writePdf } from "./write-pdf.ts";

const pdf = (name: string, page: () => PdfPage): HostileFile => ({
  name,
  make: () => pdfWith(page()),
});
const drawing = (name: string, content: () => string): HostileFile =>
  pdf(name, () => ({ content: content() }));

/** Objects that draw the next one ten times each. */
const doubling = (levels: number): PdfPage => ({
  content: "/X Do ",
  resources: "/XObject << /X 6 0 R >>",
  more: Array.from({ length: levels }, (_, index) =>
    stream(
      "/X Do ".repeat(10),
      form(index === levels - 1 ? "" : `/XObject << /X ${index + 7} 0 R >>`),
    ),
  ),
});

const form = (resources: string) =>
  `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${resources} >>`;

const image = (width: number, height: number, more = "") =>
  stream(
    "x",
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 ${more}`,
  );

const drawn = (object: Uint8Array | string): PdfPage => ({
  content: "/X Do ",
  resources: "/XObject << /X 6 0 R >>",
  more: [object],
});

/** A font whose codes this table turns into letters. */
const coded = (table: string | Uint8Array): PdfPage => ({
  font: "/Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R",
  more: [table],
});

const range = (body: string) =>
  stream(
    `/CIDInit /ProcSet findresource begin begincmap\n${body}\nendcmap`,
    "/Type /CMap /CMapName /X",
  );

const composite = (descendant: string, more: readonly (string | Uint8Array)[] = []): PdfPage => ({
  font: `/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts ${descendant}`,
  more,
});

const fontFile = (kind: string, bytes: Uint8Array): PdfPage => ({
  font: "/Subtype /TrueType /BaseFont /X /FirstChar 32 /LastChar 126 /FontDescriptor 6 0 R",
  more: [`<< /Type /FontDescriptor /FontName /X /Flags 32 /${kind} 7 0 R >>`, stream(bytes)],
});

/** Pages of the same text, or of nothing but a picture. */
function pages(count: number, content: string): Uint8Array {
  const kids = Array.from({ length: count }, (_, index) => `${index + 5} 0 R`).join(" ");
  return writePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${count} /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X 3 0 R >> >> >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    stream(content),
    ...Array.from({ length: count }, () => "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"),
  ]);
}

const annotations = (one: string, count: number): PdfPage => ({
  page: `/Annots [${"6 0 R ".repeat(count)}]`,
  more: [one],
});

export const pdfContents: readonly HostileFile[] = [
  pdf("a form that draws itself", () => drawn(stream("/X Do ", form("/XObject << /X 6 0 R >>")))),
  drawing(
    "places that are no numbers",
    () => "BT /F1 1e999 Tf NaN NaN Td Infinity 0 0 --5 1e400 . Tm (x) Tj ET ",
  ),
  { name: "two hundred pages", make: () => pages(200, textOf()) },
  { name: "pages of pictures", make: () => pages(3, "/X Do ") },
  { name: "forty-nine pages of text", make: () => pages(49, textOf(60)) },
  pdf("forms that draw ten forms each, nine times over", () => doubling(9)),
  pdf("forms that draw ten forms each, four times over", () => doubling(4)),
  pdf("a picture of four billion points", () => drawn(image(65_535, 65_535))),
  pdf("a picture of two billion rows", () => drawn(image(1, 2_147_483_647))),
  pdf("a picture of minus one row", () => drawn(image(-1, -1))),
  pdf("a picture that masks itself", () => drawn(image(9, 9, "/SMask 6 0 R"))),
  pdf("a picture of four billion points, packed as JPEG 2000", () =>
    drawn(image(65_535, 65_535, "/Filter /JPXDecode")),
  ),
  pdf("a picture of four billion points, packed as JBIG2", () =>
    drawn(image(65_535, 65_535, "/Filter /JBIG2Decode")),
  ),
  pdf("a picture of four billion points, packed as a fax", () =>
    drawn(
      image(
        65_535,
        65_535,
        "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 65535 /Rows 65535 >>",
      ),
    ),
  ),
  drawing("a picture within the text", () => "BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID x EI "),
  drawing("a million texts", () => `BT /F1 9 Tf ${"(a) Tj ".repeat(1_000_000)} ET `),
  drawing(
    "two hundred thousand lines",
    () => `BT /F1 9 Tf 1 TL ${"(abc) Tj T* ".repeat(200_000)} ET `,
  ),
  drawing(
    "a hundred thousand columns",
    () => `BT /F1 1 Tf ${"3 0 Td (a) Tj ".repeat(100_000)} ET `,
  ),
  drawing(
    "two hundred thousand spaced letters",
    () => `BT /F1 9 Tf [${"(a) -900 ".repeat(200_000)}] TJ ET `,
  ),
  drawing(
    "far places",
    () => "BT /F1 1e30 Tf 1e300 -1e300 Td (far) Tj 1 1e308 1e308 1 1e308 1e308 Tm (far) Tj ET ",
  ),
  drawing(
    "letters of no size",
    () => `BT /F1 0 Tf 0 0 0 0 0 0 Tm ${"(none) Tj ".repeat(9_999)} ET `,
  ),
  drawing("a million saves", () => "q ".repeat(1_000_000)),
  drawing("a million restores", () => "Q ".repeat(1_000_000)),
  drawing("a million texts begun", () => "BT ".repeat(1_000_000)),
  drawing("a million lines drawn", () => `0 0 m ${"9 9 l ".repeat(1_000_000)} W n `),
  drawing("a million marks", () => "/P <</MCID 0>> BDC ".repeat(300_000)),
  drawing("half a million nested arrays", () => "[".repeat(500_000)),
  drawing("a hundred thousand nested dictionaries", () => "<</A ".repeat(100_000)),
  drawing("words that nobody knows", () => "unheard ".repeat(500_000)),
  pdf("a page as wide as the world", () => ({ page: "/MediaBox [0 0 1e30 1e30] /UserUnit 1e30" })),
  pdf("a page of no size", () => ({ page: "/MediaBox [0 0 0 0] /CropBox [9 9 -9 -9]" })),
  pdf("a page whose size is itself", () => ({
    page: "/MediaBox 6 0 R",
    more: ["[6 0 R 6 0 R 6 0 R 6 0 R]"],
  })),
  pdf("a page turned by an odd angle", () => ({ page: "/Rotate 2147483647" })),
  pdf("a font made of itself", () => composite("[5 0 R]")),
  pdf("a font made of nothing", () => composite("[]")),
  pdf("a font of two billion widths", () =>
    composite("[6 0 R]", [
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [0 2147483647 500] >>",
    ]),
  ),
  pdf("a font of a million widths", () => ({
    font: `/Subtype /TrueType /BaseFont /X /FirstChar -2147483648 /LastChar 2147483647 /Widths [${"500 ".repeat(1_000_000)}]`,
  })),
  pdf("a font whose letters draw themselves", () => ({
    font: "/Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /M 6 0 R >> /Encoding << /Differences [77 /M] >> /FirstChar 77 /LastChar 77 /Widths [9] /Resources << /Font << /F1 5 0 R >> >>",
    more: [stream("BT /F1 9 Tf (MMMM) Tj ET ")],
  })),
  pdf("a TrueType font of noise", () => fontFile("FontFile2", Buffer.alloc(200_000, 0x5a))),
  pdf("a TrueType font with 65,535 tables", () =>
    fontFile("FontFile2", Buffer.from(`00010000ffff${"00".repeat(9_000)}`, "hex")),
  ),
  pdf("a compact font of noise", () =>
    fontFile("FontFile3", Buffer.from(`01000401${"ff".repeat(50_000)}`, "hex")),
  ),
  pdf("a Type 1 font of noise", () =>
    fontFile("FontFile", Buffer.from(`%!PS-AdobeFont\n${"dup ".repeat(100_000)}`)),
  ),
  pdf("a table of letters that uses itself", () =>
    coded(stream("/X usecmap", "/Type /CMap /CMapName /X /UseCMap 6 0 R")),
  ),
  pdf("a table of four billion letters", () =>
    coded(range("1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")),
  ),
  pdf("a table of sixteen million letters", () =>
    coded(range("1 beginbfrange <000000> <FFFFFF> <0041> endbfrange")),
  ),
  pdf("a table of four billion spaces", () =>
    coded(
      range(
        "1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange",
      ),
    ),
  ),
  pdf("one code for a million letters", () =>
    coded(range(`1 beginbfchar <4D> <${"0041".repeat(1_000_000)}> endbfchar`)),
  ),
  pdf("a pattern filled with itself", () => ({
    content: "/Pattern cs /P scn 0 0 99 99 re f ",
    resources: "/Pattern << /P 6 0 R >>",
    more: [
      stream(
        "/Pattern cs /P scn 0 0 9 9 re f ",
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.00001 /YStep 0.00001 /Resources << /Pattern << /P 6 0 R >> >>",
      ),
    ],
  })),
  pdf("a mask that is masked by itself", () => ({
    content: "/G gs ",
    resources: "/ExtGState << /G 6 0 R >>",
    more: [
      "<< /SMask << /S /Luminosity /G 7 0 R >> >>",
      stream("/G gs ", `${form("/ExtGState << /G 6 0 R >>")} /Group << /S /Transparency >>`),
    ],
  })),
  pdf("colours made of themselves", () => ({
    content: "/C cs 1 scn ",
    resources: "/ColorSpace << /C 6 0 R >>",
    more: [
      "[/Separation /X 6 0 R 7 0 R]",
      stream(`{${"{".repeat(50_000)}`, "/FunctionType 4 /Domain [0 1] /Range [0 1]"),
    ],
  })),
  pdf("a shade of a billion samples", () => ({
    content: "/S sh ",
    resources: "/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Function 6 0 R >> >>",
    more: [
      stream(
        "x",
        "/FunctionType 0 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] /Size [65535 65535] /BitsPerSample 32",
      ),
    ],
  })),
  pdf("a hundred thousand notes", () =>
    annotations(
      "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://evil.test) >> >>",
      100_000,
    ),
  ),
  pdf("a note that answers itself", () =>
    annotations("<< /Type /Annot /Subtype /Popup /Parent 6 0 R /Rect [0 0 9 9] >>", 9),
  ),
  pdf("a form field within itself", () => ({
    catalog: "/AcroForm << /Fields [6 0 R] >>",
    ...annotations("<< /FT /Tx /Kids [6 0 R] /Parent 6 0 R /Subtype /Widget /Rect [0 0 9 9] >>", 9),
  })),
  pdf("an outline within itself", () => ({
    catalog: "/Outlines 6 0 R",
    more: ["<< /First 6 0 R /Next 6 0 R /Title (x) >>"],
  })),
  pdf("a tree of names within itself", () => ({
    catalog: "/Names << /Dests 6 0 R /EmbeddedFiles 6 0 R >>",
    more: ["<< /Kids [6 0 R 6 0 R] >>"],
  })),
  pdf("a structure within itself", () => ({
    catalog: "/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R",
    more: ["<< /Type /StructTreeRoot /K [6 0 R] /ParentTree 6 0 R /Kids [6 0 R] >>"],
  })),
  pdf("layers within themselves", () => ({
    catalog: "/OCProperties << /OCGs [6 0 R] /D << /Order 7 0 R >> >>",
    more: ["<< /Type /OCG /Name (x) >>", "[7 0 R 7 0 R]"],
  })),
];
