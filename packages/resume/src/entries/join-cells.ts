import { findDates, isPresent } from "../facts/dates.ts";
import { namesEmployer } from "../facts/word-lists.ts";
import {
  type TextCell,
  type TextLine,
  boxAround,
  firstStyleOf,
  styleOf,
} from "../layout/text-document.ts";

const cutWord = /\p{Ll}[-\u{2010}]$/u;
/** Nobody ends what they say with such a word. */
export const endsOpen = /\s(?:of|the|and|for|&|at the|für|und|de|der|del|della)$/iu;
const smallWord = /^(?:of|in|and|for|the|für|und|de|der|du|et|y|e)(?!\p{L})/u;
/** In sizes of the text: narrower cells cut words, and show no hyphen. */
const narrow = 5;
const longCell = 40;
const shortRest = 26;
const openRange = /\d\s*(?:–|—|-|\sto|\sbis)(?:\s+\p{L}{3,10}\.?)?$/iu;

/**
 * Beside other cells a text may find no room in its own, and goes on in the next line: a degree in a narrow
 * column, a long title beside a place, a stretch of time in a margin. Here it becomes whole again.
 */
export function joinCells(lines: readonly TextLine[]): readonly TextLine[] {
  const joined: TextLine[] = [];
  /** Bullets that stand beside a cell which may still go on. */
  let bullets: TextLine[] = [];
  let last: TextCell | undefined;
  const apart = lines.map(withBullet);
  for (const [index, one] of apart.entries()) {
    const line = withNarrowCell(one, apart[index + 1]);
    const above = joined.at(-1);
    const [first] = line.cells;
    if (above !== undefined && first !== undefined && goesOn(above, last, line)) {
      const [whole, ...bullet] = withRest(above, line);
      joined.splice(-1, 1, whole ?? above);
      bullets.push(...bullet);
      last = first;
      continue;
    }
    const rest = above === undefined ? undefined : endOfRange(above, line);
    if (rest === undefined) joined.push(...bullets, line);
    else joined.splice(-1, 1, ...rest, ...bullets);
    bullets = [];
    last = joined.at(-1)?.cells[0];
  }
  return [...joined, ...bullets];
}

function goesOn(above: TextLine, last: TextCell | undefined, line: TextLine): boolean {
  const [first] = line.cells;
  const beside = above.cells[1];
  if (first === undefined || last === undefined || beside === undefined) return false;
  if (line.isBullet || above.isBullet) return false;
  const isNear = line.gapAbove < 0.9 && line.box.top > last.box.top;
  const [left, right] = [first.box.left - last.box.left, first.box.right - last.box.right];
  if (isNear && isOpenRange(last.text) && isDateAlone(first.text)) {
    return Math.min(Math.abs(left), Math.abs(right)) < 3;
  }
  if (!isNear || Math.abs(left) > 2) return false;
  const [one, other] = [styleOf({ cells: [last] }), styleOf({ cells: [first] })];
  if (one.isBold !== other.isBold || Math.abs(one.size - other.size) > 0.5) return false;
  if (cutWord.test(last.text) || endsOpen.test(last.text)) return true;
  if (findDates(first.text).length > 0) return false;
  if (isNarrow(last, beside) && /^\p{Ll}/u.test(first.text)) return true;
  const isRest = line.cells.length === 1 && first.text.length < shortRest && line.gapAbove < 0.6;
  if (isRest && last.text.length > longCell && !namesEmployer(first.text)) return true;
  const [word = ""] = first.text.split(" ");
  const perLetter = (first.box.right - first.box.left) / first.text.length;
  const room = beside.box.left - last.box.right - 0.7 * one.size;
  return room < word.length * perLetter;
}

/** A narrow cell may come so close to the next that it looks like its first word; what is below tells. */
function withNarrowCell(line: TextLine, next: TextLine | undefined): TextLine {
  const [first, ...others] = line.cells;
  const below = next?.cells[0];
  const [, word, rest] = /^(\S+) {2}(\S.*)$/u.exec(first?.text ?? "") ?? [];
  if (first === undefined || below === undefined || word === undefined || rest === undefined) {
    return line;
  }
  const { size } = styleOf({ cells: [first] });
  const isBelow = Math.abs(below.box.left - first.box.left) < 2 && (next?.gapAbove ?? 1) < 0.9;
  const { left } = first.box;
  const isCell = /^\p{Ll}/u.test(below.text) && below.box.right - left < narrow * size;
  if (!isBelow || !isCell) return line;
  return withCells(line, [...cutAt(first, word.length, 2), ...others]);
}

/** A bullet of the text beside it stands in the line of a narrow cell. */
function withBullet(line: TextLine): TextLine {
  const [first, ...others] = line.cells;
  const before = /^[^•]*\S(?= {2,}• +\S)/u.exec(first?.text ?? "")?.[0];
  if (first === undefined || before === undefined) return line;
  const [own, rest] = cutAt(first, before.length, 2);
  if (own === undefined || rest === undefined) return line;
  const text = rest.text.replace(/^\s*•\s*/u, "");
  return withCells(line, [own, { ...rest, text: "•", parts: [] }, { ...rest, text }, ...others]);
}

/** Two cells, of as many letters as told and of those after the space. */
function cutAt(cell: TextCell, length: number, space: number): readonly TextCell[] {
  const { left, right } = cell.box;
  const at = left + ((right - left) * (length + space)) / cell.text.length;
  const style = firstStyleOf({ cells: [cell] });
  const text = cell.text.slice(0, length);
  const rest = withoutStart(cell.parts, length + space);
  return [
    { text, parts: [{ text, style }], box: { ...cell.box, right: at - style.size } },
    { text: cell.text.slice(length + space), parts: rest, box: { ...cell.box, left: at } },
  ];
}

function withoutStart(parts: TextCell["parts"], length: number): TextCell["parts"] {
  let left = length;
  return parts.flatMap((part) => {
    const text = part.text.slice(left);
    left = Math.max(0, left - part.text.length);
    return text === "" ? [] : [{ ...part, text }];
  });
}

function isNarrow(cell: TextCell, beside: TextCell | undefined): boolean {
  const width = (beside?.box.left ?? Infinity) - cell.box.left;
  return width < narrow * styleOf({ cells: [cell] }).size;
}

/** The other cells of the next line stay with it; a bullet among them is a line of its own. */
function withRest(above: TextLine, line: TextLine): readonly TextLine[] {
  const [first, ...beside] = above.cells;
  const [rest, ...others] = line.cells;
  if (first === undefined || rest === undefined) return [above];
  const at = others.findIndex(({ text }) => text === "•");
  const bullet = at === -1 ? [] : others.slice(at + 1);
  const own = at === -1 ? others : others.slice(0, at);
  const isWithin = isNarrow(first, beside[0]) && /^\p{Ll}/u.test(rest.text);
  const between = isWithin && !smallWord.test(rest.text) ? "" : " ";
  const whole = withCells(above, [append(first, closedUp(rest), between), ...beside, ...own]);
  return bullet.length === 0 ? [whole] : [whole, { ...withCells(above, bullet), isBullet: true }];
}

/** Where a narrow cell is filled, the spaces between its words grow. */
function closedUp(cell: TextCell): TextCell {
  const close = (text: string) => text.replaceAll(/ {2,}/gu, " ");
  const parts = cell.parts.map((part) => ({ ...part, text: close(part.text) }));
  return { ...cell, text: close(cell.text), parts };
}

/** `2019 –` at the right of a line, and below it until when. */
function endOfRange(above: TextLine, line: TextLine): readonly TextLine[] | undefined {
  const [open, end] = [above.cells.at(-1), line.cells.at(-1)];
  if (open === undefined || end === undefined || above.cells.length < 2) return undefined;
  const isBelow = end.box.left < open.box.right + 2 && end.box.right > open.box.left - 2;
  const isNear = isBelow && line.gapAbove < 0.9;
  if (!isNear || !isOpenRange(open.text) || !isDateAlone(end.text)) return undefined;
  const whole = withCells(above, [...above.cells.slice(0, -1), append(open, end)]);
  const rest = line.cells.slice(0, -1);
  return rest.length === 0 ? [whole] : [whole, withCells(line, rest)];
}

export function isOpenRange(text: string): boolean {
  const begin = text.replace(/[\s–—-]+$/u, "");
  return openRange.test(text) && findDates(begin).every(({ isSingle }) => isSingle);
}

export function isDateAlone(text: string): boolean {
  const [date] = findDates(text);
  return isPresent(text) || (date !== undefined && date.text.length > 0.8 * text.length);
}

function append(cell: TextCell, next: TextCell, between = " "): TextCell {
  const isCut = cutWord.test(cell.text);
  const text = isCut ? cell.text.slice(0, -1) + next.text : cell.text + between + next.text;
  const parts = cell.parts.map((part, index) =>
    isCut && index === cell.parts.length - 1
      ? { ...part, text: part.text.replace(/.\s*$/u, "") }
      : part,
  );
  const space = isCut ? [] : [{ text: between, style: styleOf({ cells: [next] }) }];
  return { text, parts: [...parts, ...space, ...next.parts], box: boxAround([cell.box, next.box]) };
}

function withCells(line: TextLine, cells: readonly TextCell[]): TextLine {
  const box = boxAround(cells.map((cell) => cell.box));
  return { ...line, cells, box, text: cells.map(({ text }) => text).join("  ") };
}
