import {
  type TextCell,
  type TextLine,
  commonSize,
  firstStyleOf,
  styleOf,
} from "../layout/text-document.ts";
import { findDates } from "../facts/dates.ts";
import { isLevel } from "../facts/skills.ts";
import { type SectionKind, headingKind, isHeadingText } from "./heading-words.ts";

export interface Section {
  /** `header`: what stands before any heading. */
  readonly kind: SectionKind | "header";
  readonly heading: TextLine | undefined;
  readonly lines: readonly TextLine[];
}

/**
 * A document's lines under its headings. A line is one when people head sections with its words and it
 * looks unlike the text around it, or when it looks like those that are: then it may say anything.
 */
export function splitSections(lines: readonly TextLine[]): readonly Section[] {
  const common = commonSize(lines);
  const certain = lines.flatMap((line) => {
    const head = headOf(line);
    return head !== undefined && standsOut(line, common) ? [lookOf(line)] : [];
  });
  const main = mainSize(lines, common);
  const looks = new Map<string, number>();
  for (const look of certain) looks.set(look, (looks.get(look) ?? 0) + 1);
  const sections: { kind: Section["kind"]; heading: TextLine | undefined; lines: TextLine[] }[] = [
    { kind: "header", heading: undefined, lines: [] },
  ];
  for (const [index, line] of lines.entries()) {
    const head = headOf(line);
    const isLabel =
      head !== undefined &&
      isLabelOf(sections.at(-1), { line, next: lines[index + 1], kind: head.kind }, main);
    const isKnown =
      head !== undefined &&
      !isLabel &&
      !isRestOf(lines[index - 1], line) &&
      (standsOut(line, common) || looks.size === 0 || (isFirst(line) && looks.has(lookOf(line))));
    const isAlike =
      !isKnown &&
      !isLabel &&
      (looks.get(lookOf(line)) ?? 0) >= 2 &&
      canHead(line, common) &&
      !headsEntry(lines.slice(index + 1, index + 4));
    const current = sections.at(-1);
    if (!isKnown && beginsColumn(lines, index, common)) {
      sections.push({ kind: "header", heading: undefined, lines: [line] });
      continue;
    }
    if (isKnown && head !== undefined) {
      sections.push({ kind: head.kind, heading: line, lines: [...head.rest] });
    } else if (isAlike && isLevel(lines[index + 1]?.text ?? "")) {
      sections.push({ kind: "skills", heading: undefined, lines: [line] });
    } else if (isAlike && current?.kind !== "header") {
      sections.push({ kind: "other", heading: line, lines: [] });
    } else {
      current?.lines.push(line);
    }
  }
  return withLabels(sections);
}

/** At the top of a column no space above tells. */
function isFirst({ gapAbove, cells }: TextLine): boolean {
  return gapAbove === 0 && cells.length === 1;
}

/** The last words of what found no room in the line above: "Patient / education". */
function isRestOf(above: TextLine | undefined, line: TextLine): boolean {
  if (above === undefined || !/^\p{Ll}/u.test(line.text) || line.gapAbove > 0.9) return false;
  return lookOf(above).replace(/\w+ \w+$/u, "") === lookOf(line).replace(/\w+ \w+$/u, "");
}

/** A name in large type at the top of another column ends what stands at the foot of the last one. */
function beginsColumn(lines: readonly TextLine[], index: number, common: number): boolean {
  const [line, before] = [lines[index], lines[index - 1]];
  if (line === undefined || before === undefined || !isSamePage(line, before)) return false;
  return line.box.bottom < before.box.top - 40 && sizeOf(line) > 1.4 * common;
}

/** Labels within a list of skills may look like headings: then there are several, or nothing stands above them. */
function withLabels(sections: readonly Section[]): readonly Section[] {
  const merged: Section[] = [];
  for (const [index, section] of sections.entries()) {
    const last = merged.at(-1);
    const isFollowed = sections[index + 1]?.kind === "other" || last?.lines.length === 0;
    const isRest = index > 0 && sections[index - 1]?.kind === "other" && last?.kind === "skills";
    const { heading } = section;
    const isLabel =
      section.kind === "other" && heading !== undefined && !isHeadingText(heading.text);
    if (last?.kind === "skills" && isLabel && (isFollowed || isRest)) {
      merged[merged.length - 1] = { ...last, lines: [...last.lines, heading, ...section.lines] };
    } else merged.push(section);
  }
  return merged;
}

/** What people also list below a school: courses, honours. */
const labelsInSchools: ReadonlySet<SectionKind> = new Set(["certificates", "awards"]);

/** Smaller than the headings, or further from the edge than the one above: the label of some of the skills. */
function isLabelOf(
  current: Section | undefined,
  {
    line,
    next,
    kind,
  }: { readonly line: TextLine; readonly next: TextLine | undefined; readonly kind: SectionKind },
  main: number,
): boolean {
  if (current?.kind === "education" && labelsInSchools.has(kind)) return sizeOf(line) < 0.9 * main;
  if (current?.kind !== "skills" || kind === "work" || kind === "education") return false;
  // The first row of a grid of labels, or the first of labels below each other: nobody heads nothing.
  if (current.lines.length === 0 && (line.cells.length > 1 || isBelow(line, current.heading))) {
    return true;
  }
  if (isLevel(next?.text ?? "")) return true;
  if (line.cells.length === 1 && isIndented(line, current.heading)) return true;
  // Other labels look unlike the heading above them.
  if (current.heading !== undefined && lookOf(current.heading) === lookOf(line)) return false;
  return Math.abs(sizeOf(line) - main) > 0.1 * main && sizeOf(line) < 1.2 * main;
}

function isBelow(line: TextLine, heading: TextLine | undefined): boolean {
  if (heading === undefined || !isSamePage(line, heading)) return false;
  const isInColumn = Math.abs(line.edge - heading.edge) < 2;
  return isInColumn && line.box.top > heading.box.top && line.gapAbove < 4;
}

/** Further from the edge than its heading; what is set in the middle begins anywhere. */
function isIndented({ box, place }: TextLine, heading: TextLine | undefined): boolean {
  if (heading === undefined || !isSamePage({ place }, heading)) return false;
  const shift = box.left - heading.box.left;
  const middle = box.left + box.right - heading.box.left - heading.box.right;
  return shift > 8 && shift < 80 && Math.abs(middle) > 4;
}

function isSamePage(line: Pick<TextLine, "place">, heading: TextLine | undefined): boolean {
  const [one, other] = [line.place, heading?.place];
  return other !== undefined && "page" in one && "page" in other && one.page === other.page;
}

/** Of the headings that no label in a list of skills reads like; where there are none, of the one above that list. */
function mainSize(lines: readonly TextLine[], common: number): number {
  const sizes = (kinds: readonly SectionKind[]) =>
    lines.flatMap((line) => {
      const head = headOf(line);
      const isMain = head !== undefined && kinds.includes(head.kind) && standsOut(line, common);
      return isMain ? [sizeOf(line)] : [];
    });
  const main = sizes(["work", "education"]);
  return Math.max(0, ...(main.length > 0 ? main : sizes(["skills"])));
}

function sizeOf({ cells }: TextLine): number {
  return firstStyleOf({ cells: cells.slice(0, 1) }).size;
}

/** What has dates right below it names an employer or a school, not a section. */
function headsEntry(below: readonly TextLine[]): boolean {
  const end = below.findIndex((line) => line.isBullet || line.text.length > 90);
  const near = end === -1 ? below : below.slice(0, end);
  return near.some(({ text }) => findDates(text).length > 0);
}

function isLarger(one: TextCell, other: TextCell): boolean {
  return styleOf({ cells: [one] }).size > styleOf({ cells: [other] }).size + 1.2;
}

function withCells(line: TextLine, cells: readonly TextCell[]): TextLine {
  return { ...line, cells, text: cells.map(({ text }) => text).join("  ") };
}

/** A heading, alone in its line or in a margin, at the left or right of what it heads. */
function headOf(
  line: TextLine,
): { readonly kind: SectionKind; readonly rest: readonly TextLine[] } | undefined {
  if (line.isBullet) return undefined;
  const [first, ...others] = withoutNumber(line.cells);
  if (first === undefined) return undefined;
  const kind = headingKind(first.text);
  if (kind !== undefined) {
    // Its own words may stand far apart.
    const isLonger = headingKind(`${first.text} ${others[0]?.text}`) !== undefined;
    const rest = isLonger ? others.slice(1) : others;
    return rest.length === 0 ? { kind, rest: [] } : { kind, rest: [withCells(line, rest)] };
  }
  const last = others.at(-1);
  const marginKind = last === undefined ? undefined : headingKind(last.text);
  if (last === undefined || marginKind === undefined || !isLarger(last, first)) return undefined;
  return { kind: marginKind, rest: [withCells(line, line.cells.slice(0, -1))] };
}

/** Some count their sections: `01  Experience`. */
function withoutNumber(cells: readonly TextCell[]): readonly TextCell[] {
  const [first, ...others] = cells;
  const isNumber =
    others.length > 0 && /^[^\p{L}\d]{0,2}\d{1,2}[^\p{L}\d]{0,2}$/u.test(first?.text ?? "");
  return isNumber ? others : cells;
}

function standsOut(line: TextLine, common: number): boolean {
  const [first] = withoutNumber(line.cells);
  if (first === undefined) return false;
  const style = styleOf({ cells: [first] });
  const isUpper = first.text === first.text.toUpperCase() && /\p{Lu}{3}/u.test(first.text);
  return (
    line.isMarkedHeading ||
    style.isBold ||
    style.size > common + 0.6 ||
    isUpper ||
    line.gapAbove > 0.5
  );
}

/** What headings of one document have in common. */
function lookOf(line: TextLine): string {
  const [first] = withoutNumber(line.cells);
  const text = first?.text ?? "";
  const { font, size, isBold } = styleOf({ cells: first === undefined ? [] : [first] });
  const isUpper = text === text.toUpperCase();
  return `${font} ${Math.round(size * 2) / 2} ${isBold} ${isUpper} ${line.isMarkedHeading}`;
}

/** Other words in the look of the headings; where that look is the text's own, only words tell. */
function canHead(line: TextLine, common: number): boolean {
  if (line.isBullet || line.cells.length > 1) return false;
  const { size, isBold } = styleOf(line);
  const isUpper = line.text === line.text.toUpperCase();
  const isSpecial = line.isMarkedHeading || size > common + 1.2 || (isUpper && isBold);
  return isSpecial && line.text.length <= 40 && !/[\d@.,;]/u.test(line.text);
}
