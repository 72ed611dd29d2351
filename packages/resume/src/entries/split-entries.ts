import { type DateRange, findDates } from "../facts/dates.ts";
import { isScore } from "../facts/scores.ts";
import { type TextLine, firstStyleOf } from "../layout/text-document.ts";
import { joinCells } from "./join-cells.ts";
import { joinParagraphs } from "./join-paragraphs.ts";

/** One position, degree or the like. */
export interface Entry {
  /** The lines that name it, its dates among them. */
  readonly head: readonly TextLine[];
  readonly body: readonly TextLine[];
  readonly dates: { readonly range: DateRange; readonly line: TextLine } | undefined;
  /** Its head stands right below another entry, without a line above its dates. */
  readonly isNested: boolean;
}

/** What some write above the lines that tell what was done. */
const bodyLabel =
  /^(?:(?:key |main )?(?:highlights|responsibilities|achievements|accomplishments|duties|courses|keywords|tasks|aufgaben|tätigkeiten)):?$/iu;
const longestHead = 110;
const mostHeadLines = 4;

/**
 * The entries of a section. Each has its dates; how many lines stand above those in the first entry, and how
 * they look, tells where the others begin.
 */
export function splitEntries(
  section: readonly TextLine[],
  { bodyIsIndented = false }: { readonly bodyIsIndented?: boolean } = {},
): readonly Entry[] {
  const lines = joinParagraphs(joinCells(section)).filter(({ text }) => !bodyLabel.test(text));
  const dated = lines.flatMap((line, index) => {
    const range = anchorOf(line);
    return range === undefined ? [] : [{ index, line, range }];
  });
  // A date in a bullet counts where the entries themselves are bullets.
  const plain = dated.filter(({ line }) => !line.isBullet);
  const anchors = plain.length > 0 ? plain : dated;
  const [first] = anchors;
  if (first === undefined) return splitUndated(lines);
  const before = lines.slice(0, first.index).filter(isHeadLike);
  const above = before.filter(({ text }) => !isScore(text)).length;
  const looks = new Set(
    lines
      .slice(Math.max(0, first.index - before.length), first.index)
      .filter(({ text }) => !isAddress(text))
      .map(lookOf),
  );
  const starts = anchors.map(({ index }, place) => {
    const floor = place === 0 ? 0 : (anchors[place - 1]?.index ?? 0) + 1;
    const most = Math.min(above, mostHeadLines);
    let start = index;
    let taken = 0;
    while (
      start > floor &&
      taken < most &&
      beginsEntry(lines, start - 1, place === 0 ? undefined : looks)
    ) {
      start -= 1;
      // What only some schools gave is no line that every entry has.
      if (!isScore(lines[start]?.text ?? "")) taken += 1;
    }
    return start;
  });
  return anchors.map(({ index, line, range }, place) => {
    const start = starts[place] ?? index;
    const own = lines.slice(start, starts[place + 1] ?? lines.length);
    const after = own.slice(index - start + 1);
    const indent = bodyIsIndented ? textLeft(own.slice(0, index - start + 1)) + 6 : Infinity;
    const tail = after.findIndex(
      (one) => !isHeadLike(one) || isProse(one) || one.box.left > indent,
    );
    const headTail = Math.min(tail === -1 ? after.length : tail, mostHeadLines);
    return {
      head: [...own.slice(0, index - start + 1), ...after.slice(0, headTail)],
      body: after.slice(headTail),
      dates: { range, line },
      isNested: place > 0 && start === index,
    };
  });
}

/** Where the words of a head begin that are no dates; a bullet may be drawn and not written, then only that tells. */
function textLeft(head: readonly TextLine[]): number {
  const lefts = head.flatMap(({ cells }) =>
    cells.flatMap(({ text, box }) => {
      const [date] = findDates(text);
      return date !== undefined && text.length - date.text.length < 4 ? [] : [box.left];
    }),
  );
  return lefts.length === 0 ? Infinity : Math.min(...lefts);
}

function beginsEntry(
  lines: readonly TextLine[],
  index: number,
  looks: ReadonlySet<string> | undefined,
): boolean {
  const line = lines[index];
  if (line === undefined || !isHeadLike(line)) return false;
  const isPassed = isAddress(line.text) || firstStyleOf(line).isBold;
  return looks === undefined || looks.has(lookOf(line)) || isPassed;
}

/** Below the dates a long line tells what somebody did, though it ends without a mark. */
function isProse(line: TextLine): boolean {
  return line.cells.length === 1 && line.text.length > 60 && !firstStyleOf(line).isBold;
}

function isAddress(text: string): boolean {
  return /^(?:https?:|www\.)\S+$/iu.test(text.trim());
}

function lookOf(line: TextLine): string {
  const { font, size } = firstStyleOf(line);
  return `${font} ${Math.round(size)}`;
}

/** A date that stands for an entry, not one in a sentence. */
function anchorOf(line: TextLine): DateRange | undefined {
  if (line.text.length > longestHead + 40 || (line.isBullet && line.text.length > 90))
    return undefined;
  const ranges = findDates(line.text);
  const range = ranges.find(({ isSingle }) => !isSingle) ?? ranges[0];
  if (range === undefined) return undefined;
  if (line.isBullet && range.isSingle) return undefined;
  const cell = line.cells.find(({ text }) => text.includes(range.text)) ?? line.cells[0];
  const rest = (cell?.text ?? "").replace(range.text, "");
  const isSentence = /[.!?]$/u.test(line.text) && rest.length > 50;
  const before = (cell?.text ?? "").slice(0, (cell?.text ?? "").indexOf(range.text)).trim();
  const after = (cell?.text ?? "").slice(before.length + range.text.length).trim();
  // One year in the middle of a text is about something else.
  const isWithin =
    range.isSingle && before !== "" && /[\p{L}\d]/u.test(after.replace(range.text, ""));
  return isSentence || isWithin ? undefined : range;
}

function isHeadLike(line: TextLine): boolean {
  if (line.isBullet || line.text.length > longestHead) return false;
  const isSentence = /[.;!?]$/u.test(line.text) && line.text.length > 45;
  const isLow = /^\p{Ll}/u.test(line.text) && !/^(?:https?:|www\.|[\w-]+\.\w)/u.test(line.text);
  return !isSentence && !isLow;
}

/** Without dates each stretch that begins with a look of its own is an entry. */
function splitUndated(lines: readonly TextLine[]): readonly Entry[] {
  const [first] = lines;
  if (first === undefined) return [];
  const look = lookOf(first);
  const usualGap = lines.map(({ gapAbove }) => gapAbove).toSorted((one, other) => one - other)[
    Math.floor(lines.length / 2)
  ];
  const entries: { head: TextLine[]; body: TextLine[] }[] = [];
  for (const line of lines) {
    const current = entries.at(-1);
    const begins =
      current === undefined ||
      (lookOf(line) === look &&
        isHeadLike(line) &&
        (current.body.length > 0 || line.gapAbove > (usualGap ?? 0) + 0.4));
    if (begins) entries.push({ head: [line], body: [] });
    else if (isHeadLike(line) && current.body.length === 0 && current.head.length < mostHeadLines) {
      current.head.push(line);
    } else current.body.push(line);
  }
  return entries.map((entry) => ({ ...entry, dates: undefined, isNested: false }));
}
