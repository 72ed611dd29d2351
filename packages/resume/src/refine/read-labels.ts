import { findDates } from "../facts/dates.ts";
import { listOf } from "../facts/skills.ts";
import { type Span, findSpan } from "./find-span.ts";
import type { LabelledResume, Reference } from "./labelled-resume.ts";

/** A value that stands in the document. */
export interface Found {
  readonly value: string;
  /** Counted from 0. */
  readonly line: number;
  /** The words there; other than the value for dates alone. */
  readonly text: string;
}

export type FoundMembers<Member extends string> = { readonly [Name in Member]?: Found };

export interface FoundResume {
  readonly basics: FoundMembers<"name" | "label" | "email" | "phone">;
  readonly work: readonly FoundMembers<WorkMember>[];
  readonly education: readonly FoundMembers<EducationMember>[];
  readonly skills: readonly Found[];
  readonly languages: readonly Found[];
  /** References to words that do not stand there or are nothing of the kind, and those that are too many. */
  readonly dropped: number;
}

/** The first one that is there says where an entry stands. */
export const workMembers = ["name", "position", "location", "startDate", "endDate"] as const;
export const educationMembers = [
  "institution",
  "studyType",
  "area",
  "startDate",
  "endDate",
] as const;
export type WorkMember = (typeof workMembers)[number];
export type EducationMember = (typeof educationMembers)[number];

/** No résumé has more; a model that says so was told to by somebody. */
const most = { work: 40, education: 20, skills: 100, languages: 20 } as const;

type Reading = (span: Span) => string | undefined;

/** What of a model's labels stands in the document. Lines are given with single spaces. */
export function readLabels(labels: LabelledResume, lines: readonly string[]): FoundResume {
  let dropped = 0;

  function read(reference: Reference | undefined, reading: Reading): Found | undefined {
    if (reference === undefined) return undefined;
    const span = findSpan(reference, lines);
    const value = span === undefined ? undefined : reading(span);
    if (span !== undefined && value !== undefined) {
      return { value, line: span.line, text: span.text };
    }
    dropped += 1;
    return undefined;
  }

  function readMembers<Member extends string>(
    members: { readonly [Name in Member]?: Reference | undefined },
    readings: Readonly<Record<Member, Reading>>,
  ): FoundMembers<Member> {
    const found: { [Name in Member]?: Found } = {};
    for (const member in readings) {
      const one = read(members[member], readings[member]);
      if (one !== undefined) found[member] = one;
    }
    return found;
  }

  function atMost<T>(list: readonly T[], limit: number): readonly T[] {
    dropped += Math.max(0, list.length - limit);
    return list.slice(0, limit);
  }

  const pieces = createPieces(lines);
  const dates = {
    startDate: (span: Span) => readDate(span, lines, "start"),
    endDate: (span: Span) => readDate(span, lines, "end"),
  };
  return {
    basics: readMembers(labels.basics, { name, label: anyText, email, phone }),
    work: atMost(labels.work, most.work).map((entry) =>
      readMembers(entry, { name: anyText, position: anyText, location: anyText, ...dates }),
    ),
    education: atMost(labels.education, most.education).map((entry) =>
      readMembers(entry, { institution: anyText, studyType: anyText, area: anyText, ...dates }),
    ),
    skills: atMost(labels.skills, most.skills).flatMap(
      (reference) => read(reference, pieces) ?? [],
    ),
    languages: atMost(labels.languages, most.languages).flatMap(
      (reference) => read(reference, (span) => language(pieces(span))) ?? [],
    ),
    // The last one: it is counted while the others are read.
    dropped,
  };
}

function anyText({ text }: Span): string {
  return text;
}

function name({ text }: Span): string | undefined {
  return /\p{L}/u.test(text) && !/[\d@/]/u.test(text) && text.length <= 80 ? text : undefined;
}

function email({ text }: Span): string | undefined {
  return /^[^\s@]+@[^\s@]+\.\p{L}{2,}$/u.test(text) ? text : undefined;
}

function phone({ text }: Span): string | undefined {
  const digits = text.replaceAll(/\D/gu, "").length;
  return /^[+(\d][\d\s().+/-]*$/u.test(text) && digits >= 7 && digits <= 15 ? text : undefined;
}

function language(text: string | undefined): string | undefined {
  return text !== undefined && /^[\p{L}\p{M} ]{2,30}$/u.test(text) ? text : undefined;
}

/** A date as the rules for dates read it, in the stretch of time that its line names. */
function readDate(
  { line, text, start }: Span,
  lines: readonly string[],
  which: "start" | "end",
): string | undefined {
  const around = findDates(lines[line] ?? "").find(
    ({ index, text: shown }) =>
      index <= start && start + text.length <= index + shown.trimEnd().length,
  );
  if (around === undefined) return undefined;
  const said = findDates(text).at(which === "start" ? 0 : -1);
  if (which === "start" || around.isSingle) {
    const isFirst = start === around.index;
    return isFirst || isPartOf(said?.start, around.start) ? around.start : undefined;
  }
  // "Present", or the month of "May – Aug 2019", are dates in their stretch alone.
  const isLast = start + text.length === around.index + around.text.trimEnd().length;
  return isLast || isPartOf(said?.end ?? said?.start, around.end) ? around.end : undefined;
}

/** The year of a month, or the same. */
function isPartOf(date: string | undefined, whole: string | undefined): boolean {
  return date !== undefined && whole?.startsWith(date) === true;
}

/** Gives what is an item of a list, or what such an item is about before its brackets. */
function createPieces(lines: readonly string[]): Reading {
  const read = new Map<number, ReadonlySet<string>>();
  return ({ line, text }) => {
    let items = read.get(line);
    if (items === undefined) {
      const listed = (lines[line] ?? "").split(/:\s/u).flatMap(listOf);
      items = new Set(listed.flatMap((item) => [item, item.replace(/\s*\([^)]*\)$/u, "")]));
      read.set(line, items);
    }
    return items.has(text) ? text : undefined;
  };
}
