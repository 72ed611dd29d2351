import { findDates } from "../facts/dates.ts";
import { isOnlyBullet, withoutBullet } from "../layout/clean-text.ts";
import { closeUpLetters } from "../layout/close-up-letters.ts";
import { findColumns } from "../layout/find-columns.ts";
import { type TextCell, type TextLine, type TextPart, boxAround } from "../layout/text-document.ts";
import { headingKind, isHeadingText } from "../sections/heading-words.ts";
import type { Run } from "./read-pdf.ts";

interface Piece extends TextCell {
  readonly baseline: number;
  readonly size: number;
}

/** In sizes of the text: what is nearer is one word, and what is farther another cell. */
const leastSpace = 0.18;
const mostSpace = 1.3;
/** Wider spaces set things apart, such as the words of a list without commas. */
const wideSpace = 0.6;
const duration =
  /^\(?(?:\d+\s*(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|mes(?:es)?)\.?,?\s*(?:and\s+)?){1,2}\)?$/iu;

/** The lines of a page in reading order. */
export function buildPageLines(runs: readonly Run[], page: number): readonly TextLine[] {
  const words = {
    isHeading: remembered(isHeadingText),
    isMain: (text: string) => ["work", "education"].includes(headingKind(text) ?? ""),
    isDate: remembered(isOnlyDate),
  };
  const regions = findColumns(joinRuns(runs), words);
  const lines: TextLine[] = [];
  for (const region of regions) {
    const [first, ...others] = toLines(region, page);
    if (first === undefined) continue;
    lines.push({ ...first, gapAbove: gapTo(first, lines) }, ...others);
  }
  return lines;
}

/** Each way to cut a page asks for the same texts again. */
function remembered(tell: (text: string) => boolean): (text: string) => boolean {
  const told = new Map<string, boolean>();
  return (text) => {
    const known = told.get(text) ?? tell(text);
    told.set(text, known);
    return known;
  };
}

/** From what stands above the first line of a part of the page, in heights of that line. */
function gapTo({ box }: TextLine, before: readonly TextLine[]): number {
  const above = before.filter(
    (one) => one.box.left < box.right && one.box.right > box.left && one.box.bottom <= box.top + 1,
  );
  if (above.length === 0) return 0;
  const bottom = Math.max(...above.map((one) => one.box.bottom));
  return (box.top - bottom) / Math.max(1, box.bottom - box.top);
}

function isOnlyDate(text: string): boolean {
  const [date] = findDates(text);
  return date !== undefined && date.text.length > 0.6 * text.length;
}

/** Runs of one line that stand close together become one piece. */
function joinRuns(runs: readonly Run[]): readonly Piece[] {
  return rowsOf(runs).flatMap((row) => {
    const wide = wideSpaceOf(row);
    const pieces: Run[][] = [];
    for (const run of row.toSorted((one, other) => one.box.left - other.box.left)) {
      const before = pieces.at(-1)?.at(-1);
      const size = Math.min(run.style.size, before?.style.size ?? run.style.size);
      const gap = before === undefined ? Infinity : run.box.left - before.box.right;
      // A heading in a margin may come close to what it heads.
      const heads = gap > wide * size && isHeadingText(textOf(pieces.at(-1) ?? []));
      if (gap > mostSpace * size || heads) pieces.push([run]);
      else pieces.at(-1)?.push(run);
    }
    return pieces.map((piece) => toPiece(piece, wide));
  });
}

/** Where all letters are equally wide, so is the space between words: that sets nothing apart. */
function wideSpaceOf(row: readonly Run[]): number {
  const widths = row
    .filter(({ text }) => text.length > 2)
    .map(({ text, box, style }) => (box.right - box.left) / text.length / style.size);
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  return widths.length > 1 && most - least < 0.02 ? Math.max(wideSpace, 1.5 * most) : wideSpace;
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join("");
}

function toPiece(runs: readonly Run[], wide: number): Piece {
  const parts: TextPart[] = [];
  let text = "";
  const isLeftward = isRightToLeft(runs);
  const read = isLeftward ? runs.toReversed() : runs;
  for (const [index, run] of read.entries()) {
    const before = read[index - 1];
    const [from, to] = isLeftward ? [run, before] : [before, run];
    const gap = from === undefined || to === undefined ? 0 : to.box.left - from.box.right;
    const isApart = gap > leastSpace * run.style.size && !text.endsWith(" ");
    const space = gap > wide * run.style.size ? "  " : " ";
    const added = isApart && text !== "" ? `${space}${run.text}` : run.text;
    text += added;
    const last = parts.at(-1);
    if (last !== undefined && isAlike(last, run)) {
      parts[parts.length - 1] = { text: last.text + added, style: last.style };
    } else {
      parts.push({ text: added, style: run.style });
    }
  }
  return {
    text: closeUpLetters(text.trim()),
    parts: parts.map((part) => ({ ...part, text: closeUpLetters(part.text) })),
    box: boxAround(runs.map(({ box }) => box)),
    baseline: runs[0]?.baseline ?? 0,
    size: Math.max(...runs.map(({ style }) => style.size)),
  };
}

/** Words of such scripts alone are read from the right; each of them is written as it is read. */
function isRightToLeft(runs: readonly Run[]): boolean {
  const worded = runs.filter(({ text }) => /\p{L}/u.test(text));
  const leftward = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}/u;
  return worded.length > 0 && worded.every(({ text }) => leftward.test(text));
}

function isAlike({ style }: TextPart, run: Run): boolean {
  return style.font === run.style.font && Math.abs(style.size - run.style.size) < 0.5;
}

function rowsOf<R extends { readonly baseline: number }>(
  pieces: readonly (R & ({ readonly size: number } | Pick<Run, "style">))[],
): readonly (readonly R[])[] {
  const sizeOf = (piece: { readonly size: number } | Pick<Run, "style">) =>
    "size" in piece ? piece.size : piece.style.size;
  const rows: { baseline: number; size: number; members: R[] }[] = [];
  for (const piece of pieces.toSorted((one, other) => one.baseline - other.baseline)) {
    const row = rows.at(-1);
    const size = sizeOf(piece);
    const isSame =
      row !== undefined && piece.baseline - row.baseline < 0.4 * Math.max(size, row.size);
    if (isSame) row.members.push(piece);
    else rows.push({ baseline: piece.baseline, size, members: [piece] });
  }
  return rows.map(({ members }) => members);
}

function toLines(region: readonly Piece[], page: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  const edge = Math.max(...region.map(({ box }) => box.right));
  for (const row of rowsOf(region)) {
    const pieces = row
      .filter(({ text }) => !duration.test(text))
      .toSorted((one, other) => one.box.left - other.box.left);
    for (const cells of apart(pieces)) {
      const line = toLine(cells, { page, edge }, lines.at(-1));
      if (line !== undefined) lines.push(line);
    }
  }
  return lines;
}

/**
 * Bullets side by side are lines of their own. What stands in a margin beside a bullet, such as a date,
 * is about what stands above it, and is read before.
 */
function apart(row: readonly Piece[]): readonly (readonly Piece[])[] {
  const [first, ...others] = row;
  if (first === undefined) return [];
  const startsWithGlyph = isOnlyBullet(first.text);
  const own = startsWithGlyph ? row.slice(0, 2) : [first];
  const rest = startsWithGlyph ? others.slice(1) : others;
  if (!startsWithGlyph && withoutBullet(first.text) === undefined) return [row];
  if (rest.length === 0) return [own];
  const isAlsoBullet = rest.some(
    ({ text }) => isOnlyBullet(text) || withoutBullet(text) !== undefined,
  );
  return isAlsoBullet ? [own, ...apart(rest)] : [rest, own];
}

/** Where the text after a bullet begins is where its next line does. */
function withoutGlyph(piece: Piece, text: string): Piece {
  const glyphs = piece.text.length - text.length;
  const width = ((piece.box.right - piece.box.left) * glyphs) / piece.text.length;
  return { ...piece, text, box: { ...piece.box, left: piece.box.left + width } };
}

function toLine(
  pieces: readonly Piece[],
  { page, edge }: { readonly page: number; readonly edge: number },
  above: TextLine | undefined,
): TextLine | undefined {
  const [first, ...others] = pieces;
  if (first === undefined) return undefined;
  const isAlone = isOnlyBullet(first.text) && others.length > 0;
  const rest = isAlone ? undefined : withoutBullet(first.text);
  const cells: readonly TextCell[] = isAlone
    ? others
    : [rest === undefined ? first : withoutGlyph(first, rest), ...others];
  const box = boxAround(pieces.map((piece) => piece.box));
  const height = Math.max(1, box.bottom - box.top);
  return {
    place: { page },
    edge,
    cells: cells.map(({ text, parts, box: own }) => ({ text, parts, box: own })),
    text: cells.map(({ text }) => text).join("  "),
    box: boxAround(cells.map((cell) => cell.box)),
    isBullet: isAlone || rest !== undefined,
    gapAbove: above === undefined ? 0 : (box.top - above.box.bottom) / height,
    isMarkedHeading: false,
  };
}
