import {
  Document,
  ExternalHyperlink,
  Header,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from "docx";
import { strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { parseResume } from "../parse-resume.ts";
import { readDocx } from "./read-docx.ts";

type Child = Paragraph | Table;

function docxOf(children: readonly Child[], header?: Header): Promise<Uint8Array> {
  const headers = header === undefined ? {} : { headers: { default: header } };
  return Packer.toBuffer(new Document({ sections: [{ ...headers, children: [...children] }] }));
}

const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });
const plain = (text: string) => new Paragraph({ text });
const strong = (text: string) => new Paragraph({ children: [new TextRun({ text, bold: true })] });
const bullet = (text: string) => new Paragraph({ text, bullet: { level: 0 } });
const cell = (children: readonly Paragraph[]) => new TableCell({ children: [...children] });

test("headings, lists, tabs, links and the page header are read", async () => {
  const name = new Paragraph({ children: [new TextRun({ text: "Mira Velling", size: 48 })] });
  const link = new ExternalHyperlink({
    link: "https://github.com/miravell",
    children: [new TextRun("GitHub")],
  });
  const docx = await docxOf(
    [
      new Paragraph({ children: [new TextRun("mira.velling@mail.test | "), link] }),
      heading("Experience"),
      new Paragraph({
        children: [
          new TextRun({ text: "Acme Systems GmbH", bold: true }),
          new TextRun({ text: "\tMarch 2019 – Present" }),
        ],
      }),
      plain("Senior Engineer"),
      bullet("Cut the time of a build by half"),
      bullet("Wrote the service that bills customers"),
      heading("Education"),
      plain("Hollin University"),
      plain("Bachelor of Science in Computer Science"),
      plain("2011 – 2015"),
      heading("Skills"),
      plain("Go, Rust"),
    ],
    new Header({ children: [name] }),
  );
  const { resume, sources } = await parseResume(docx);
  expect(resume).toMatchObject({
    basics: {
      name: "Mira Velling",
      email: "mira.velling@mail.test",
      profiles: [{ network: "GitHub", username: "miravell", url: "https://github.com/miravell" }],
    },
    work: [
      {
        name: "Acme Systems GmbH",
        position: "Senior Engineer",
        startDate: "2019-03",
        endDate: "present",
        highlights: ["Cut the time of a build by half", "Wrote the service that bills customers"],
      },
    ],
    education: [
      {
        institution: "Hollin University",
        studyType: "Bachelor of Science",
        area: "Computer Science",
      },
    ],
    skills: [{ name: "Go" }, { name: "Rust" }],
  });
  expect(sources["/work/0/name"]).toMatchObject({ paragraph: 4, text: "Acme Systems GmbH" });
});

test("a table of two columns is read column by column, and one of rows row by row", async () => {
  const columns = new Table({
    rows: [
      new TableRow({
        children: [
          cell([strong("Skills"), plain("Go"), plain("Rust"), plain("Postgres")]),
          cell([
            strong("Experience"),
            strong("Acme Systems GmbH"),
            plain("Senior Engineer"),
            plain("2019 – 2021"),
          ]),
        ],
      }),
    ],
  });
  const rows = new Table({
    rows: [
      new TableRow({
        children: [
          cell([plain("2011 – 2015")]),
          cell([strong("Hollin University"), plain("BSc Physics")]),
        ],
      }),
      new TableRow({
        children: [
          cell([plain("2015 – 2017")]),
          cell([strong("Brant College"), plain("MSc Physics")]),
        ],
      }),
    ],
  });
  const docx = await docxOf([
    strong("Mira Velling"),
    plain("mira@mail.test"),
    columns,
    heading("Education"),
    rows,
  ]);
  const { resume } = await parseResume(docx);
  expect(resume.skills?.map(({ name }) => name)).toEqual(["Go", "Rust", "Postgres"]);
  expect(resume.work).toMatchObject([{ name: "Acme Systems GmbH", position: "Senior Engineer" }]);
  expect(resume.education).toMatchObject([
    { institution: "Hollin University", area: "Physics", startDate: "2011", endDate: "2015" },
    { institution: "Brant College", area: "Physics", startDate: "2015", endDate: "2017" },
  ]);
});

/** A document whose parts are these, in place of what Word would write. */
async function withParts(parts: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const files = unzipSync(await docxOf([plain("Mira Velling")]));
  const added = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync({ ...files, ...Object.fromEntries(added) });
}

const rels = (type: string, mode: string) =>
  `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="https://evil.test/x" ${mode}/></Relationships>`;

test.each([
  ["macros", { "word/vbaProject.bin": "x" }, "unsafe"],
  ["an embedded file", { "word/embeddings/oleObject1.docx": "x" }, "unsafe"],
  ["a way out of its folder", { "word/../../etc/x": "x" }, "unsafe"],
  [
    "a picture from elsewhere",
    { "word/_rels/document.xml.rels": rels("image", 'TargetMode="External"') },
    "unsafe",
  ],
  [
    "a template from elsewhere",
    { "word/_rels/document.xml.rels": rels("attachedTemplate", 'TargetMode="External"') },
    "unsafe",
  ],
  [
    "entities of its own",
    { "word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>' },
    "unsafe",
  ],
  ["half an XML", { "word/document.xml": "<w:document><w:body><w:p>" }, "damaged"],
  [
    "more than a résumé unpacked",
    { "word/media/image1.png": "\0".repeat(30_000_000) },
    "too_large",
  ],
  [
    "a hundred thousand paragraphs",
    { "word/document.xml": `<w:document>${"<w:p/>".repeat(100_000)}</w:document>` },
    "too_long",
  ],
])("a DOCX with %s is refused", async (_what, parts, reason) => {
  const docx = await withParts(parts);
  expect(() => readDocx(docx)).toThrow(
    expect.objectContaining({ code: "RESUME_UNREADABLE", details: { reason } }),
  );
});

test("a link that a person follows is no harm", async () => {
  const docx = await withParts({
    "word/_rels/document.xml.rels": rels("hyperlink", 'TargetMode="External"'),
  });
  expect(readDocx(docx).lines.map(({ text }) => text)).toEqual(["Mira Velling"]);
});
