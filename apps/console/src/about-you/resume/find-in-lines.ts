import type { DocumentLine, ReadFrom } from "@valet/contracts";

/** A part of one line of a document. */
export interface Mark {
  /** Counted from 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const bullet = /^[\s•·▪●◦‣*–-]+/u;

/** The words that a value was read from: within one line, or from its line on as far as they go. */
export function marksOf(source: ReadFrom, lines: readonly DocumentLine[]): readonly Mark[] {
  const places = lines.flatMap((line, index) => (isPlaceOf(source, line) ? [index] : []));
  const [first] = places;
  if (first === undefined) return [];
  for (const line of places) {
    const start = lines[line]?.text.indexOf(source.text) ?? -1;
    if (start !== -1) return [{ line, start, end: start + source.text.length }];
  }
  const marks = marksFrom(first, source.text, lines);
  return marks.length > 0 ? marks : [{ line: first, start: 0, end: lengthOf(lines[first]) }];
}

/** Where a text runs on: however it was joined, its letters are those of the lines. */
function marksFrom(first: number, text: string, lines: readonly DocumentLine[]): readonly Mark[] {
  const marks: Mark[] = [];
  let rest = letters(text.replace(bullet, ""));
  for (let line = first; line < lines.length && rest !== ""; line += 1) {
    const shown = lines[line]?.text ?? "";
    const start = bullet.exec(shown)?.[0].length ?? 0;
    const here = letters(shown.slice(start));
    if (!rest.startsWith(here) && !here.startsWith(rest)) break;
    marks.push({
      line,
      start,
      end: here.length <= rest.length ? shown.length : endOf(shown, start, rest),
    });
    rest = rest.slice(here.length);
  }
  return marks;
}

/** Where as many letters have gone by as these are. */
function endOf(shown: string, start: number, wanted: string): number {
  let left = wanted.length;
  let at = start;
  while (left > 0 && at < shown.length) {
    if (/\S/u.test(shown[at] ?? "")) left -= 1;
    at += 1;
  }
  return at;
}

function letters(text: string): string {
  return text.replaceAll(/\s+/gu, "");
}

function lengthOf(line: DocumentLine | undefined): number {
  return line?.text.length ?? 0;
}

function isPlaceOf(source: ReadFrom, { place, box }: DocumentLine): boolean {
  if ("paragraph" in source) return "paragraph" in place && place.paragraph === source.paragraph;
  if (!("page" in place) || place.page !== source.page) return false;
  const { top, bottom, left, right } = source.box;
  const shared = Math.min(box.bottom, bottom) - Math.max(box.top, top);
  return shared * 2 > box.bottom - box.top && box.left < right && left < box.right;
}
