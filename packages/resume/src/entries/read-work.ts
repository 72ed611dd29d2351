import { findPlace } from "../facts/places.ts";
import { type Sourced, sourced } from "../facts/sourced.ts";
import { namesEmployer, namesTitle } from "../facts/word-lists.ts";
import type { TextLine } from "../layout/text-document.ts";
import { type DateSpan, dateSpan } from "./date-span.ts";
import { type Fragment, headFragments } from "./head-fragments.ts";
import { type Entry, splitEntries } from "./split-entries.ts";

export interface WorkEntry extends DateSpan {
  readonly name?: Sourced;
  readonly position?: Sourced;
  readonly location?: Sourced;
  readonly summary?: Sourced;
  readonly highlights: readonly Sourced[];
}

/** Which of the two comes first where a head does not say it itself. */
type Order = "employer-first" | "title-first";

interface Head {
  readonly entry: Entry;
  readonly fragments: readonly Fragment[];
  readonly place: Fragment | undefined;
}

/** The positions of a section, in its order. */
export function readWork(section: readonly TextLine[]): readonly WorkEntry[] {
  const heads = splitEntries(section, { bodyIsIndented: true }).map((entry): Head => {
    const all = headFragments(entry.head);
    return {
      entry,
      fragments: splitOnly(all.filter(({ isPlace }) => !isPlace)),
      place: all.find(({ isPlace }) => isPlace),
    };
  });
  const order = usualOrder(heads);
  const entries: WorkEntry[] = [];
  let group: Sourced | undefined;
  for (const [index, head] of heads.entries()) {
    const named = nameBoth(head.fragments, order);
    const next = heads[index + 1];
    if (next !== undefined && isGroup(head, named, next)) {
      group = named.employer;
      continue;
    }
    const isWithin = head.entry.isNested && named.employer === undefined;
    const isFurther =
      named.title !== undefined && heads[0] !== undefined && isEmployerAbove(heads[0]);
    const above = isWithin || isFurther ? (group ?? entries.at(-1)?.name) : group;
    const name = named.employer ?? above;
    entries.push(toEntry(head, { employer: name, title: named.title }));
  }
  return entries;
}

/** Where employers stand in a line above their positions, a position alone is one more with the same. */
function isEmployerAbove({ fragments: [first, second] }: Head): boolean {
  if (first === undefined || second === undefined || first.line === second.line) return false;
  return titleScore(first.text) < titleScore(second.text);
}

/** An employer with its own dates above the positions there. */
function isGroup(
  { entry }: Head,
  { title }: { readonly title?: Sourced | undefined },
  next: Head,
): boolean {
  const [own, inner] = [entry.dates?.range, next.entry.dates?.range];
  if (title !== undefined || entry.body.length > 0 || own === undefined || inner === undefined) {
    return false;
  }
  return next.entry.isNested && (own.start ?? "") <= (inner.start ?? "");
}

/** A single fragment may hold both: "Accountant at Acme", "Acme, Accountant". */
function splitOnly(fragments: readonly Fragment[]): readonly Fragment[] {
  const [only, ...others] = fragments;
  if (only === undefined || others.length > 0) return fragments;
  const at = /\s+(?:at|bei|chez|en|presso|na|bij)\s+(?=\p{Lu})/u.exec(only.text);
  if (at !== null) return cut(only, at.index, at[0].length);
  for (const { index } of only.text.matchAll(/,\s+/gu)) {
    const [before, after] = [only.text.slice(0, index), only.text.slice(index + 1)];
    if (namesTitle(before) !== namesTitle(after)) return cut(only, index, 1);
  }
  return fragments;
}

function cut(fragment: Fragment, index: number, length: number): readonly Fragment[] {
  const { text } = fragment;
  return [text.slice(0, index), text.slice(index + length)].map((piece) => ({
    ...fragment,
    text: piece.trim(),
  }));
}

function usualOrder(heads: readonly Head[]): Order {
  let titleFirst = 0;
  for (const { fragments } of heads) {
    const [one, other] = fragments;
    if (one === undefined || other === undefined) continue;
    const [first, second] = [titleScore(one.text), titleScore(other.text)];
    if (first !== second) titleFirst += first > second ? 1 : -1;
  }
  return titleFirst > 0 ? "title-first" : "employer-first";
}

function titleScore(text: string): number {
  return (namesTitle(text) ? 2 : 0) - (namesEmployer(text) ? 1 : 0);
}

function nameBoth(
  fragments: readonly Fragment[],
  order: Order,
): { readonly employer?: Sourced; readonly title?: Sourced } {
  const [first, second] = fragments;
  if (first === undefined) return {};
  if (second === undefined) {
    return titleScore(first.text) > 0
      ? { title: fromFragment(first, 0.8) }
      : { employer: fromFragment(first, 0.6) };
  }
  const [one, other] = [titleScore(first.text), titleScore(second.text)];
  const isTitleFirst = one === other ? order === "title-first" : one > other;
  const confidence = one === other ? 0.75 : 0.92;
  const [title, employer] = isTitleFirst ? [first, second] : [second, first];
  return { title: fromFragment(title, confidence), employer: fromFragment(employer, confidence) };
}

function fromFragment({ text, line }: Fragment, confidence: number): Sourced {
  return sourced(text, line, text, confidence);
}

function toEntry(
  { entry, place }: Head,
  {
    employer,
    title,
  }: { readonly employer: Sourced | undefined; readonly title: Sourced | undefined },
): WorkEntry {
  const { dates, body } = entry;
  const located = place ?? placeIn(entry.head);
  const prose = body.filter(({ isBullet }) => !isBullet);
  const bullets = body.filter(({ isBullet }) => isBullet);
  return {
    ...(employer === undefined ? {} : { name: employer }),
    ...(title === undefined ? {} : { position: title }),
    ...(located === undefined ? {} : { location: fromFragment(located, 0.85) }),
    ...dateSpan(dates === undefined ? undefined : withEnd(dates), 0.95),
    ...(prose.length === 0 || prose[0] === undefined
      ? {}
      : { summary: sourced(textOf(prose), prose[0], textOf(prose), 0.8) }),
    highlights: bullets.map((line) => sourced(line.text, line, line.text, 0.95)),
  };
}

/** One date alone is when it was. */
function withEnd({ line, range }: NonNullable<Entry["dates"]>): NonNullable<Entry["dates"]> {
  const end = range.end ?? (range.isSingle ? range.start : undefined);
  return { line, range: { ...range, end } };
}

function placeIn(head: readonly TextLine[]): Fragment | undefined {
  for (const line of head) {
    const text = findPlace(line.text);
    const style = line.cells[0]?.parts[0]?.style;
    if (text !== undefined && style !== undefined) return { text, line, style, isPlace: true };
  }
  return undefined;
}

function textOf(lines: readonly TextLine[]): string {
  return lines.map(({ text }) => text).join("\n");
}
