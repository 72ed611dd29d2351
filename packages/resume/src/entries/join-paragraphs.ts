import { type TextLine, boxAround, styleOf } from "../layout/text-document.ts";
import { isScore } from "../facts/scores.ts";
import { findDates } from "../facts/dates.ts";
import { endsOpen, isDateAlone, isOpenRange } from "./join-cells.ts";

/** Lines that one sentence or bullet runs through become one; heads, which are short, stay as they are. */
export function joinParagraphs(lines: readonly TextLine[]): readonly TextLine[] {
  const joined: { line: TextLine; last: TextLine }[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before !== undefined && isRangeInTwo(before.line, line)) {
      before.line = append(before.line, line, isOpenRange(before.line.text) ? " " : " – ");
      before.last = line;
    } else if (before !== undefined && goesOn(before, line)) {
      before.line = append(before.line, line);
      before.last = line;
    } else {
      joined.push({ line, last: line });
    }
  }
  return joined.map(({ line }) => line);
}

function goesOn(
  { line: whole, last }: { readonly line: TextLine; readonly last: TextLine },
  line: TextLine,
): boolean {
  if (line.isBullet || line.cells.length > 1 || last.cells.length > 1) return false;
  if (/^\p{L}[\p{L} &/-]{1,30}:\s/u.test(line.text)) return false;
  if (isScore(line.text) || isScore(last.text)) return false;
  if (line.gapAbove > 0.9 || line.gapAbove < -1.5) return false;
  const [one, other] = [styleOf(last), styleOf(line)];
  if (Math.abs(one.size - other.size) > 0.6 || one.isBold !== other.isBold) return false;
  const startsLow = /^[\p{Ll}\d(]/u.test(line.text);
  if (whole.isBullet) {
    if (line.box.left >= whole.box.left - 4) return true;
    return startsLow && isFull(last, line);
  }
  if (Math.abs(line.box.left - last.box.left) > 3) return false;
  if (endsOpen.test(last.text) && line.text.length <= 60) return true;
  const isDated = [line, last].some(
    ({ text }) => findDates(text).length > 0 && (text.length < 40 || text === last.text),
  );
  return (isFull(last, line) && !isDated) || (startsLow && last.text.length > 60);
}

/** The next word found no room: nobody ended the line there. */
function isFull(last: TextLine, next: TextLine): boolean {
  const [word = ""] = next.text.split(" ");
  const perLetter = (next.box.right - next.box.left) / Math.max(1, next.text.length);
  const isWide = last.edge - last.box.left > 220;
  const room = last.edge - last.box.right;
  return room < (word.length + 1) * perLetter + 2 && last.text.length > (isWide ? 40 : 12);
}

/** A date, and below it until when. */
function isRangeInTwo(line: TextLine, next: TextLine): boolean {
  const isNear = next.gapAbove < 0.9 && !next.isBullet && line.cells.length === 1;
  if (isNear && isOpenRange(line.text) && isDateAlone(next.text)) return true;
  const year = /^(?:19|20)\d{2}$/u;
  return year.test(line.text) && year.test(next.text) && line.text <= next.text;
}

function append(line: TextLine, next: TextLine, between = " "): TextLine {
  // A word that the end of a line cut in two.
  const isCut = /\p{Ll}-$/u.test(line.text) && /^\p{Ll}/u.test(next.text);
  const text = isCut ? line.text.slice(0, -1) + next.text : `${line.text}${between}${next.text}`;
  const [first] = line.cells;
  const box = boxAround([line.box, next.box]);
  const style = styleOf(line);
  const parts = [
    ...(first?.parts ?? []),
    { text: isCut ? "" : between, style },
    ...next.cells.flatMap((cell) => cell.parts),
  ];
  return { ...line, text, box, cells: [{ text, parts, box }] };
}
