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
import type { Layout } from "./layouts.fixture.ts";

/** Layouts in which something is beside, above or below what it does not belong to. Tests only. */
export const specialLayouts: Readonly<Record<string, Layout>> = {
  "two columns of one width": {
    write(sheets, person) {
      writeHead(sheets.pen(wholePage), person);
      const pen = sheets.pen({ x: 50, y: 90, width: 235 });
      const other = sheets.pen({ x: 310, y: 90, width: 235 });
      pen.heading("Experience");
      for (const entry of person.work) {
        pen.line(entry.position, { isBold: true, gap: 5 });
        pen.line(entry.name);
        pen.line(span(entry, numbers, " - "));
        entry.highlights.slice(0, 2).forEach(pen.bullet);
      }
      other.heading("Education");
      for (const degree of person.education) {
        other.line(degree.institution, { isBold: true, gap: 4 });
        other.line(`${degree.studyType} in ${degree.area}`);
        other.line(span(degree, shortDate));
      }
      other.heading("Skills");
      writeSkills(other, person);
      other.heading("Awards");
      other.line("Employee of the Year 2020");
    },
  },
  "one type for all, headings in capitals": {
    hasPlainSkills: true,
    write(sheets, person) {
      const pen = sheets.pen({ x: 72, y: 50, width: 450 });
      pen.line(person.name, { size: 14 });
      for (const contact of contacts(person)) pen.line(contact);
      pen.line("EXPERIENCE", { gap: 10 });
      for (const entry of person.work) {
        pen.turn();
        pen.line(`${entry.name}, ${entry.location}`, { gap: 5 });
        pen.line(`${entry.position}, ${span(entry, shortDate)}`);
        for (const highlight of entry.highlights) pen.line(`- ${highlight}`);
      }
      pen.line("EDUCATION", { gap: 10 });
      for (const degree of person.education) {
        pen.line(degree.institution, { gap: 4 });
        pen.line(`${degree.studyType} in ${degree.area}, ${span(degree, shortDate)}`);
      }
      pen.line("SKILLS", { gap: 10 });
      pen.wrap(allSkills(person).join(", "));
    },
  },
  "two positions under one employer with dates of its own": {
    work: ([first, second, ...others]) =>
      first === undefined || second === undefined
        ? []
        : [first, { ...second, name: first.name }, ...others],
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person);
      pen.heading("Experience");
      const [first, second] = person.work;
      for (const entry of person.work) {
        pen.turn();
        const isWhole = entry === first && second !== undefined;
        if (entry !== second) {
          pen.line(entry.name, { isBold: true, gap: 4 });
          const dates = isWhole ? { ...entry, startDate: second.startDate } : entry;
          pen.right(span(dates, shortDate));
        }
        pen.line(entry.position, { isItalic: true });
        if (isWhole || entry === second) pen.right(span(entry, shortDate));
        entry.highlights.forEach(pen.bullet);
      }
      writeRest(pen, person);
    },
  },
  "groups of skills side by side": {
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person);
      pen.heading("Experience");
      for (const entry of person.work) {
        pen.line(`${entry.position} at ${entry.name}`, { isBold: true, gap: 4 });
        pen.right(span(entry, shortDate));
        entry.highlights.slice(0, 2).forEach(pen.bullet);
      }
      pen.heading("Skills");
      const { y } = pen.at();
      for (const [index, { name, keywords }] of person.skills.entries()) {
        const column = sheets.pen({ x: 50 + index * 165, y, width: 150 });
        column.line(name, { isBold: true });
        for (const keyword of keywords) column.line(keyword);
        pen.moveTo(Math.max(pen.at().y, column.at().y));
      }
      pen.heading("Education");
      writeDegrees(pen, person);
    },
  },
  "footers on every page": {
    write(sheets, person) {
      const pen = sheets.pen(wholePage);
      writeHead(pen, person);
      pen.heading("Career History");
      for (const entry of person.work) {
        pen.turn(420);
        pen.line(`${entry.name} – ${entry.position}`, { isBold: true, gap: 4 });
        pen.line(`${span(entry, longDate)}, ${entry.location}`, { isItalic: true });
        entry.highlights.forEach(pen.bullet);
      }
      pen.heading("Education & Training");
      writeDegrees(pen, person);
      pen.heading("Technical Skills");
      writeSkills(pen, person);
      const last = sheets.pages();
      const foot = sheets.pen({ x: 50, y: 0, width: 495 });
      for (let page = 1; page <= last; page += 1) {
        foot.moveTo(815);
        foot.beside(`${person.name} – Curriculum Vitae`, 50, { size: 8 });
        foot.beside(`Page ${page} of ${last}`, 480, { size: 8 });
        foot.turn();
      }
    },
  },
};
