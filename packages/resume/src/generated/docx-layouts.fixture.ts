import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, Textbox } from "docx";
import { allSkills, contacts, longDate, numbers, shortDate, span } from "./layout-parts.fixture.ts";
import type { Person } from "./people.fixture.ts";

type Block = Paragraph | Table | Textbox;

/** What the sections are called. */
export interface Headings {
  readonly work: string;
  readonly education: string;
  readonly skills: string;
}

export const englishHeadings: Headings = {
  work: "Experience",
  education: "Education",
  skills: "Skills",
};

/** A way of setting a résumé in Word. Tests only. */
export interface DocxLayout {
  readonly blocks: (person: Person, headings: Headings) => readonly Block[];
  /** Skills stand in it without their groups. */
  readonly hasPlainSkills?: true;
}

export async function printDocx(
  { blocks }: DocxLayout,
  person: Person,
  headings = englishHeadings,
): Promise<Uint8Array> {
  const children = [...blocks(person, headings)];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

const plain = (text: string) => new Paragraph({ children: [new TextRun({ text })] });
const strong = (text: string, size = 22) =>
  new Paragraph({ children: [new TextRun({ text, bold: true, size })] });
const heading = (text: string) => strong(text, 28);
const listed = (text: string) => new Paragraph({ text, bullet: { level: 0 } });
const cell = (children: readonly Paragraph[]) => new TableCell({ children: [...children] });
const row = (...cells: readonly (readonly Paragraph[])[]) =>
  new TableRow({ children: cells.map(cell) });

function head(person: Person): readonly Paragraph[] {
  return [strong(person.name, 48), plain(person.label), plain(contacts(person).join(" | "))];
}

function groupsOf({ skills }: Person): readonly Paragraph[] {
  return skills.map(({ name, keywords }) => plain(`${name}: ${keywords.join(", ")}`));
}

/** A text box that floats beside the text. */
const box = (paragraphs: readonly Paragraph[]) =>
  new Textbox({ children: [...paragraphs], style: { width: "5cm", height: "auto" } });

export const docxLayouts: Readonly<Record<string, DocxLayout>> = {
  "contacts and skills in text boxes": {
    blocks: (person, { work, education, skills }) => [
      strong(person.name, 48),
      box(contacts(person).map(plain)),
      box([heading(skills), ...groupsOf(person)]),
      heading(work),
      ...person.work.flatMap((entry) => [
        strong(entry.position),
        plain(`${entry.name} | ${span(entry, shortDate)}`),
        ...entry.highlights.map(listed),
      ]),
      heading(education),
      ...person.education.flatMap((degree) => [
        strong(degree.institution),
        plain(`${degree.studyType} in ${degree.area}`),
        plain(span(degree, shortDate)),
      ]),
    ],
  },
  "one column with tabs before the dates": {
    blocks: (person, { work, education, skills }) => [
      ...head(person),
      heading(work),
      ...person.work.flatMap((entry) => [
        strong(`${entry.name}\t${span(entry, shortDate)}`),
        plain(entry.position),
        ...entry.highlights.map(listed),
      ]),
      heading(education),
      ...person.education.flatMap((degree) => [
        strong(`${degree.institution}\t${span(degree, shortDate)}`),
        plain(`${degree.studyType} in ${degree.area}`),
      ]),
      heading(skills),
      ...groupsOf(person),
    ],
  },
  "bullets for skills, and dates in words": {
    hasPlainSkills: true,
    blocks: (person, { work, education, skills }) => [
      ...head(person),
      heading(skills),
      ...allSkills(person).map(listed),
      heading(work),
      ...person.work.flatMap((entry) => [
        strong(`${entry.position}, ${entry.name}`),
        plain(`${entry.location} | ${span(entry, longDate)}`),
        ...entry.highlights.map(listed),
      ]),
      heading(education),
      ...person.education.flatMap((degree) => [
        strong(`${degree.studyType} in ${degree.area}`),
        plain(`${degree.institution}, ${span(degree, shortDate)}`),
      ]),
    ],
  },
  "a table with the dates at the left": {
    blocks: (person, { work, education, skills }) => [
      ...head(person),
      heading(work),
      new Table({
        rows: person.work.map((entry) =>
          row(
            [plain(span(entry, numbers))],
            [strong(entry.position), plain(entry.name), ...entry.highlights.map(listed)],
          ),
        ),
      }),
      heading(education),
      new Table({
        rows: person.education.map((degree) =>
          row(
            [plain(span(degree, shortDate))],
            [strong(degree.institution), plain(`${degree.studyType} in ${degree.area}`)],
          ),
        ),
      }),
      heading(skills),
      ...groupsOf(person),
    ],
  },
  "a table with one cell for a sidebar": {
    blocks: (person, { work, education, skills }) => [
      strong(person.name, 48),
      new Table({
        rows: [
          row(
            [
              ...contacts(person).map(plain),
              heading(skills),
              ...groupsOf(person),
              heading(education),
              ...person.education.flatMap((degree) => [
                strong(degree.institution),
                plain(`${degree.studyType} in ${degree.area}`),
                plain(span(degree, shortDate)),
              ]),
            ],
            [
              heading(work),
              ...person.work.flatMap((entry) => [
                strong(entry.position),
                plain(`${entry.name} | ${span(entry, shortDate)}`),
                ...entry.highlights.map(listed),
              ]),
            ],
          ),
        ],
      }),
    ],
  },
};
