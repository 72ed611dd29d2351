export interface ResumePdf {
  /** One line of text each, from the top. */
  readonly lines?: readonly string[];
  /** What the document says of itself, in letters of ASCII. */
  readonly title?: string;
}

/** Enough for a résumé that can be read. */
const adasLines = [
  "Ada Canaria",
  "ada.canaria@example.com",
  "EXPERIENCE",
  "Analytical Engines Ltd, Senior Engineer",
  "March 2019 to Present",
  "Wrote the service that bills customers and kept the warehouse of events",
  "EDUCATION",
  "University of Example, BSc Mathematics",
  "2012 to 2015",
];

/** A PDF of one page with this text, complete with its table of objects. */
export function resumePdf({ lines = adasLines, title = "" }: ResumePdf = {}): Buffer<ArrayBuffer> {
  const shown = lines.map((line) => `(${line.replaceAll(/[()\\]/gu, "\\$&")}) Tj 0 -16 Td`);
  const content = `BT /F1 11 Tf 50 780 Td\n${shown.join("\n")}\nET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    `<</Title(${title})>>`,
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer<</Size ${objects.length + 1}/Root 1 0 R/Info 6 0 R>>`;
  return Buffer.from(`${text}${table}${trailer}\nstartxref\n${text.length}\n%%EOF\n`, "latin1");
}
