import type { Box } from "./text-document.ts";

/** What is placed: only where it stands and how it reads matter here. */
export interface Placed {
  readonly text: string;
  readonly box: Box;
  readonly baseline: number;
}

/** Narrower ones are spaces between words, in points. */
const leastGutter = 7;
const clearGutter = 24;
const sameRow = 3;

/**
 * The pieces of a page in reading order, as regions that are each read line by line. A part of the page is
 * cut in two where nothing crosses a gutter and both sides are texts of their own. Dates at the right edge,
 * or in a margin at the left, share their lines with what they date: those are rows, not columns.
 */
export function findColumns<P extends Placed>(
  pieces: readonly P[],
  words: Words,
  depth = 0,
): readonly (readonly P[])[] {
  if (pieces.length < 6 || depth > 4) return pieces.length === 0 ? [] : [pieces];
  const cut = findCut(pieces, words);
  if (cut === undefined) return [pieces];
  const { above, left, right, below } = cut;
  return [above, left, right, below].flatMap((part) =>
    part.length === pieces.length ? [part] : findColumns(part, words, depth + 1),
  );
}

/** What the words of a piece tell of its part in the layout. */
export interface Words {
  readonly isHeading: (text: string) => boolean;
  /** A heading of a section that is no label in a list. */
  readonly isMain: (text: string) => boolean;
  readonly isDate: (text: string) => boolean;
}

interface Cut<P> {
  readonly above: readonly P[];
  readonly left: readonly P[];
  readonly right: readonly P[];
  readonly below: readonly P[];
}

function findCut<P extends Placed>(pieces: readonly P[], words: Words): Cut<P> | undefined {
  let best: { readonly cut: Cut<P>; readonly size: number } | undefined;
  const sorted = pieces.toSorted((one, other) => one.baseline - other.baseline);
  const headings = new Set(sorted.filter(({ text }) => words.isHeading(text)));
  for (const x of possibleGutters(pieces)) {
    for (const cut of [...bandsAt(sorted, x, new Set()), ...bandsAt(sorted, x, headings)]) {
      // Rows are at most as many as pieces, and counting them takes longer.
      if (best !== undefined && Math.min(cut.left.length, cut.right.length) <= best.size) continue;
      const size = worthOf(cut);
      const isWorse = best !== undefined && size <= best.size;
      if (isWorse || !areTextsOfTheirOwn(cut.left, cut.right, words)) continue;
      best = { cut, size };
    }
  }
  return best?.cut;
}

/** The more rows on both sides the better, and the wider the strip between them, up to a clear one. */
function worthOf({ left, right }: Cut<Placed>): number {
  const rows = Math.min(rowsOf(left).length, rowsOf(right).length);
  const begin = Math.min(...right.map(({ box }) => box.left));
  const end = Math.max(...left.map(({ box }) => box.right));
  return rows * Math.min(1, Math.max(1, begin - end) / clearGutter);
}

/** Where several pieces begin at the same distance from the edge, or where hardly any lies across. */
function possibleGutters(pieces: readonly Placed[]): readonly number[] {
  const byLeft = new Map<number, number>();
  for (const x of [...commonStarts(pieces), ...emptyStrips(pieces)]) {
    const before = pieces.filter(({ box }) => box.left < x).length;
    if (!byLeft.has(before)) byLeft.set(before, x);
  }
  return [...byLeft.values()];
}

function emptyStrips(pieces: readonly Placed[]): readonly number[] {
  const edges = pieces.map(({ box }) => box.right).toSorted((one, other) => one - other);
  const lefts = pieces.map(({ box }) => box.left).toSorted((one, other) => one - other);
  const most = Math.max(1, pieces.length * 0.1);
  return lefts
    .filter((left, index) => left - (lefts[index - 1] ?? left) > 2)
    .map((left) => {
      const before = left - leastGutter;
      const begun = lefts.filter((one) => one < before).length;
      const ended = edges.filter((one) => one <= before).length;
      return { left, across: begun - ended, begun };
    })
    .filter(({ across, begun }) => across <= most && begun >= 3 && pieces.length - begun >= 3)
    .toSorted((one, other) => one.across - other.across)
    .slice(0, 6)
    .map(({ left }) => left - 1);
}

function commonStarts(pieces: readonly Placed[]): readonly number[] {
  const starts = new Map<number, number>();
  for (const { box } of pieces) {
    const at = Math.round(box.left / 2) * 2;
    starts.set(at, (starts.get(at) ?? 0) + 1);
  }
  const edge = Math.min(...pieces.map(({ box }) => box.left));
  return [...starts]
    .filter(([at, count]) => count >= 3 && at > edge + 40)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 8)
    .map(([at]) => at - 2);
}

/**
 * Every part of the page that has something on both sides, between pieces that lie across the gutter or
 * that end what stands above them.
 */
function bandsAt<P extends Placed>(
  sorted: readonly P[],
  x: number,
  ends: ReadonlySet<P>,
): readonly Cut<P>[] {
  const crosses = (piece: P) =>
    ends.has(piece) || (piece.box.left < x - 1 && piece.box.right > x + 1 - leastGutter);
  const bands: Cut<P>[] = [];
  let from = 0;
  const close = (to: number) => {
    const band = sorted.slice(from, to);
    const left = band.filter(({ box }) => box.left < x);
    const right = band.filter(({ box }) => box.left >= x);
    if (left.length < 2 || right.length < 3) return;
    bands.push(withHeads({ above: sorted.slice(0, from), left, right, below: sorted.slice(to) }));
  };
  for (const [index, piece] of sorted.entries()) {
    if (!crosses(piece)) continue;
    close(index);
    from = index + 1;
  }
  close(sorted.length);
  return bands;
}

/** What stands alone above both sides, such as a name, belongs to what is above. */
function withHeads<P extends Placed>(cut: Cut<P>): Cut<P> {
  const firstRight = Math.min(...cut.right.map(({ box }) => box.top));
  const firstLeft = Math.min(...cut.left.map(({ box }) => box.top));
  const begin = Math.max(firstRight, firstLeft);
  const isHead = ({ box }: P) => box.bottom < begin - 2;
  const heads = [...cut.left, ...cut.right].filter(isHead);
  if (heads.length === 0 || heads.length > 6) return cut;
  const isAlone = new Set(heads);
  return {
    above: [...cut.above, ...heads],
    left: cut.left.filter((piece) => !isAlone.has(piece)),
    right: cut.right.filter((piece) => !isAlone.has(piece)),
    below: cut.below,
  };
}

function areTextsOfTheirOwn(
  left: readonly Placed[],
  right: readonly Placed[],
  { isHeading, isMain, isDate }: Words,
): boolean {
  const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
  if (Math.min(leftRows.length, rightRows.length) < 3) return false;
  const heads = [...left, ...right].filter(({ text }) => isHeading(text));
  // Labels of lists have smaller type than the headings of sections with the same words; so may headings
  // of a sidebar, but those are several.
  const least = 0.9 * Math.max(...heads.map(({ box }) => box.bottom - box.top));
  const headings = (side: readonly Placed[]) =>
    side.filter((one) => heads.includes(one) && one.box.bottom - one.box.top >= least);
  const leftHeadings = headings(left).length;
  // In one line with what is none, it is one of the labels of a grid; what only heads sections is never one.
  const smaller = right.filter((one) => heads.includes(one));
  const rightHeadings = (smaller.length > 1 ? smaller : headings(right)).filter(
    ({ baseline, text }) =>
      isMain(text) ||
      left.every((one) => heads.includes(one) || Math.abs(one.baseline - baseline) > sameRow),
  ).length;
  // Headings in a margin beside what they head, perhaps with its dates.
  if (leftHeadings > 0.6 * left.length) return false;
  const isMargin = (side: readonly Placed[]) =>
    side.filter((one) => heads.includes(one) || isDate(one.text)).length > 0.75 * side.length;
  if (isMargin(left) || isMargin(right)) return false;
  if (leftHeadings > 0 && rightHeadings > 0) return true;
  // Headings of the whole page, with a grid under some of them.
  if (leftHeadings > 1) return false;
  const shared = (rows: readonly number[], others: readonly number[]) =>
    rows.filter((row) => others.some((other) => Math.abs(other - row) <= sameRow)).length /
    rows.length;
  if (areEntriesInPairs(left, right, isDate)) return true;
  // Lists in two columns, and labels with lists beside them.
  if (rightHeadings === 0 && shared(rightRows, leftRows) > 0.6) return false;
  // Dates and places at the right of what they are about, or headings and dates in a margin.
  if (shared(rightRows, leftRows) > 0.6 && meanLength(right) < 32) return false;
  if (shared(leftRows, rightRows) > 0.6 && meanLength(left) < 32) return false;
  return true;
}

/** Two positions or schools side by side have their dates in one line. */
function areEntriesInPairs(
  left: readonly Placed[],
  right: readonly Placed[],
  isDate: (text: string) => boolean,
): boolean {
  const dated = right.filter(({ text }) => isDate(text));
  const paired = dated.filter((one) =>
    left.some(({ text, baseline }) => Math.abs(baseline - one.baseline) <= sameRow && isDate(text)),
  );
  return paired.length > 0 && paired.length === dated.length;
}

function meanLength(side: readonly Placed[]): number {
  return side.reduce((sum, { text }) => sum + text.length, 0) / side.length;
}

function rowsOf(pieces: readonly Placed[]): readonly number[] {
  const rows: number[] = [];
  for (const { baseline } of pieces.toSorted((one, other) => one.baseline - other.baseline)) {
    const last = rows.at(-1);
    if (last === undefined || baseline - last > sameRow) rows.push(baseline);
  }
  return rows;
}
