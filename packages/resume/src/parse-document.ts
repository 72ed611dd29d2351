import { assemble } from "./assemble.ts";
import { dateSpan } from "./entries/date-span.ts";
import { headFragments } from "./entries/head-fragments.ts";
import { readEducation } from "./entries/read-education.ts";
import { readWork } from "./entries/read-work.ts";
import { splitEntries } from "./entries/split-entries.ts";
import { findContacts } from "./facts/contacts.ts";
import { findDates } from "./facts/dates.ts";
import { findName } from "./facts/find-name.ts";
import { readLanguages } from "./facts/languages.ts";
import { findPlace } from "./facts/places.ts";
import { readSkills } from "./facts/skills.ts";
import { type Sourced, sourced } from "./facts/sourced.ts";
import type { ParsedResume } from "./json-resume.ts";
import type { TextDocument, TextLine } from "./layout/text-document.ts";
import { type Section, splitSections } from "./sections/split-sections.ts";

/** What a document says of a person; every value with the place that it was read from. */
export function parseDocument(document: TextDocument): ParsedResume {
  const sections = splitSections(document.lines);
  const of = (...kinds: readonly Section["kind"][]) =>
    sections.filter(({ kind }) => kinds.includes(kind)).flatMap(({ lines }) => lines);
  const headers = of("header", "contact");
  const elsewhere = nearContacts(document.lines).filter((line) => !headers.includes(line));
  const contacts = findContacts([...headers, ...elsewhere], document);
  const name = findName(document.lines, contacts.email?.value);
  return assemble({
    basics: {
      name,
      label: findLabel(of("header"), name),
      email: contacts.email,
      phone: contacts.phone,
      url: contacts.url,
      summary: findSummary(of("summary")),
      location: { address: findAddress([...headers, ...elsewhere.slice(0, 10)]) },
      profiles: contacts.profiles.map((profile) => ({
        network: part(profile, "network"),
        username: part(profile, "username"),
        url: part(profile, "url"),
      })),
    },
    work: sections
      .filter(({ kind }) => kind === "work")
      .flatMap(({ lines }) => readWork(lines))
      .map((entry) => ({ ...entry })),
    education: sections
      .filter(({ kind }) => kind === "education")
      .flatMap(({ lines }) => readEducation(lines))
      .map((entry) => ({ ...entry })),
    skills: sections
      .filter(({ kind }) => kind === "skills")
      .flatMap(({ lines }) => readSkills(lines))
      .map((skill) => ({ ...skill })),
    languages: readLanguages(of("languages")).map((language) => ({ ...language })),
    projects: readProjects(of("projects")),
    certificates: readTitled(of("certificates")).map(({ title, date }) => ({ name: title, date })),
    awards: readTitled(of("awards")),
  });
}

/** Lines around one with an address for mail, wherever a layout puts it. */
function nearContacts(lines: readonly TextLine[]): readonly TextLine[] {
  const whole = lines.findIndex(({ text }) => /\S@\S+\.\p{L}/u.test(text));
  // In a narrow column it breaks before its end.
  const at = whole === -1 ? lines.findIndex(({ text }) => /\S@\p{L}/u.test(text)) : whole;
  return at === -1 ? [] : lines.slice(Math.max(0, at - 5), at + 8);
}

function part<T extends object>(value: Sourced<T>, name: keyof T): Sourced | undefined {
  const own = value.value[name];
  return typeof own === "string" ? { ...value, value: own } : undefined;
}

function findLabel(header: readonly TextLine[], name: Sourced | undefined): Sourced | undefined {
  const at = header.findIndex((line) => line === name?.line);
  const next = header[at + 1];
  if (at === -1 || next === undefined || next.cells.length > 1) return undefined;
  const { text } = next;
  const isOther = /[@\d]|https?:|www\./u.test(text) || findPlace(text) !== undefined;
  return isOther || text.length > 90 ? undefined : sourced(text, next, text, 0.8);
}

function findSummary(lines: readonly TextLine[]): Sourced | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  const text = lines.map((line) => line.text).join(" ");
  return sourced(text, first, text, 0.9);
}

function findAddress(lines: readonly TextLine[]): Sourced | undefined {
  for (const line of lines) {
    const text = findPlace(line.text);
    if (text !== undefined) return sourced(text, line, text, 0.85);
  }
  return undefined;
}

function readProjects(section: readonly TextLine[]) {
  return splitEntries(section).map(({ head, body, dates }) => {
    const [first] = headFragments(head);
    const bullets = body.filter(({ isBullet }) => isBullet);
    const prose = body.find(({ isBullet }) => !isBullet);
    return {
      name: first === undefined ? undefined : sourced(first.text, first.line, first.text, 0.8),
      ...dateSpan(dates, 0.9),
      description: prose === undefined ? undefined : sourced(prose.text, prose, prose.text, 0.8),
      highlights: bullets.map((line) => sourced(line.text, line, line.text, 0.9)),
    };
  });
}

function readTitled(section: readonly TextLine[]) {
  return splitEntries(section).flatMap(({ head }) => {
    const [first] = headFragments(head);
    if (first === undefined) return [];
    const [date] = findDates(first.line.text);
    return [
      {
        title: sourced(first.text, first.line, first.text, 0.8),
        date:
          date?.start === undefined ? undefined : sourced(date.start, first.line, date.text, 0.9),
      },
    ];
  });
}
