import {
  allSkills,
  contacts,
  longDate,
  numbers,
  shortDate,
  span,
  wholePage,
  writeDegrees,
  writeHead,
  writeRest,
  writeSkills,
} from "./layout-parts.fixture.ts";
import type { Person, Position } from "./people.fixture.ts";
import { type Sheets, openSheets } from "./pen.fixture.ts";

/** A way of setting a résumé. Tests only. */
export interface Layout {
  readonly write: (sheets: Sheets, person: Person) => void;
  /** Skills stand in it without their groups. */
  readonly hasPlainSkills?: true;
  /** How its person's positions are, where the layout changes them. */
  readonly work?: (work: readonly Position[]) => readonly Position[];
}

export async function printLayout(layout: Layout, person: Person): Promise<Uint8Array> {
  const sheets = await openSheets();
  layout.write(sheets, person);
  return sheets.print();
}

export const layouts: Readonly<Record<string, Layout>> = {
  "employer and place, then title and dates at the edge": {
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person);
      pen.heading("Experience");
      for (const entry of person.work) {
        pen.turn();
        pen.line(entry.name, { isBold: true, gap: 4 });
        pen.right(entry.location);
        pen.line(entry.position, { isItalic: true });
        pen.right(span(entry, shortDate));
        entry.highlights.forEach(pen.bullet);
      }
      writeRest(pen, person);
    },
  },
  "title and employer in one line, dates in words": {
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person, " • ");
      pen.heading("WORK EXPERIENCE");
      for (const entry of person.work) {
        pen.turn();
        pen.line(`${entry.position} | ${entry.name}`, { isBold: true, gap: 4 });
        pen.line(`${entry.location} | ${span(entry, longDate, " to ")}`);
        entry.highlights.forEach(pen.bullet);
      }
      pen.heading("EDUCATION");
      for (const degree of person.education) {
        pen.line(`${degree.studyType}, ${degree.area}`, { isBold: true, gap: 3 });
        pen.line(`${degree.institution}, ${span(degree, shortDate, "-")}`);
      }
      pen.heading("SKILLS");
      for (const { name, keywords } of person.skills) pen.bullet(`${name}: ${keywords.join(", ")}`);
    },
  },
  "all of an entry in one line": {
    hasPlainSkills: true,
    write(sheets, person) {
      const pen = sheets.pen({ x: 60, y: 30, width: 480 });
      writeHead(pen, person);
      pen.heading("Professional Experience");
      for (const entry of person.work) {
        pen.turn();
        const dates = span(entry, numbers);
        pen.line(`${entry.position}, ${entry.name} (${dates})`, { isBold: true, gap: 5 });
        entry.highlights.forEach(pen.bullet);
      }
      pen.heading("Education");
      for (const degree of person.education) {
        const { studyType, area, institution } = degree;
        pen.line(`${studyType} ${area}, ${institution}, ${span(degree, shortDate)}`);
      }
      pen.heading("Skills");
      pen.wrap(allSkills(person).join(", "));
    },
  },
  "dates first, and prose below": {
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person);
      pen.heading("Employment History");
      for (const entry of person.work) {
        pen.turn();
        pen.line(span(entry, longDate), { gap: 6 });
        pen.line(entry.position, { isBold: true });
        pen.line(`${entry.name}, ${entry.location}`);
        pen.wrap(`${entry.highlights.join(". ")}.`);
      }
      pen.heading("Education");
      for (const degree of person.education) {
        pen.line(span(degree, shortDate), { gap: 5 });
        pen.line(degree.institution, { isBold: true });
        pen.line(`${degree.studyType} in ${degree.area}`);
      }
      pen.heading("Skills");
      writeSkills(pen, person);
    },
  },
  "dates and labels in a margin": {
    write(sheets, person) {
      writeHead(sheets.pen(wholePage), person);
      const pen = sheets.pen({ x: 160, y: 80, width: 385 });
      pen.heading("Experience", { shift: -110 });
      for (const entry of person.work) {
        pen.turn();
        pen.line(entry.position, { isBold: true, gap: 4 });
        pen.beside(span(entry, numbers), 50, { size: 9 });
        pen.line(`${entry.name}, ${entry.location}`);
        entry.highlights.forEach(pen.bullet);
      }
      pen.heading("Education", { shift: -110 });
      for (const degree of person.education) {
        pen.line(degree.institution, { isBold: true, gap: 4 });
        pen.beside(span(degree, shortDate), 50, { size: 9 });
        pen.line(`${degree.studyType} in ${degree.area}`);
      }
      pen.heading("Skills", { shift: -110 });
      for (const { name, keywords } of person.skills) {
        pen.line(keywords.join(", "));
        pen.beside(name, 50, { isBold: true });
      }
    },
  },
  "headings in a margin": {
    write(sheets, person) {
      writeHead(sheets.pen(wholePage), person);
      const pen = sheets.pen({ x: 170, y: 80, width: 375 });
      const heading = (text: string) => {
        pen.moveTo(pen.at().y + 25);
        pen.beside(text, 50, { isBold: true, size: 11 });
        pen.moveTo(pen.at().y - 14.5);
      };
      heading("Experience");
      for (const entry of person.work) {
        pen.turn();
        pen.line(entry.name, { isBold: true });
        pen.right(span(entry, shortDate));
        pen.line(entry.position);
        entry.highlights.forEach(pen.bullet);
      }
      heading("Education");
      for (const degree of person.education) {
        pen.line(degree.institution, { isBold: true });
        pen.right(span(degree, shortDate));
        pen.line(`${degree.studyType} in ${degree.area}`);
      }
      heading("Skills");
      writeSkills(pen, person);
    },
  },
  "a sidebar at the left": {
    write(sheets, person) {
      const side = sheets.pen({ x: 36, y: 40, width: 150 });
      const pen = sheets.pen({ x: 215, y: 40, width: 345 });
      pen.line(person.name, { size: 24, isBold: true });
      pen.line(person.label, { size: 12 });
      side.heading("Contact");
      for (const contact of contacts(person)) side.line(contact, { size: 8 });
      side.heading("Skills");
      for (const { name, keywords } of person.skills) {
        side.line(name, { isBold: true, gap: 3 });
        for (const keyword of keywords) side.line(keyword);
      }
      side.heading("Languages");
      side.line("English (fluent)");
      side.line("German (native)");
      pen.heading("Profile");
      pen.wrap(
        "Careful and curious, with a liking for plain solutions and for people who say why.",
      );
      pen.heading("Experience");
      for (const entry of person.work) {
        pen.turn();
        pen.line(entry.position, { isBold: true, gap: 5 });
        pen.line(`${entry.name}  ·  ${span(entry, shortDate)}`);
        entry.highlights.forEach(pen.bullet);
      }
      pen.heading("Education");
      writeDegrees(pen, person);
    },
  },
  "a sidebar at the right": {
    hasPlainSkills: true,
    write(sheets, person) {
      const top = sheets.pen({ x: 40, y: 20, width: 500 });
      writeHead(top, person);
      const pen = sheets.pen({ x: 40, y: 90, width: 340 });
      const side = sheets.pen({ x: 410, y: 90, width: 150 });
      pen.heading("Work History");
      for (const entry of person.work) {
        pen.turn();
        pen.line(entry.name, { isBold: true, gap: 5 });
        pen.line(`${entry.position}, ${entry.location}`);
        pen.line(span(entry, longDate));
        entry.highlights.forEach(pen.bullet);
      }
      side.heading("Education");
      for (const degree of person.education) {
        side.wrap(degree.institution, { isBold: true });
        side.wrap(`${degree.studyType} in ${degree.area}`);
        side.line(span(degree, shortDate));
      }
      side.heading("Skills");
      allSkills(person).forEach(side.bullet);
      side.heading("Interests");
      side.line("Rowing");
      side.line("Chess");
    },
  },
};
