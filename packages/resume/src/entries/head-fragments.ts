import { findDates } from "../facts/dates.ts";
import { findPlace, isPlace } from "../facts/places.ts";
import type { TextLine, TextStyle } from "../layout/text-document.ts";

/** A stretch of an entry's head that says one thing. */
export interface Fragment {
  readonly text: string;
  readonly line: TextLine;
  readonly style: TextStyle;
  readonly isPlace: boolean;
}

const separators = /\s+(?:[|·•–—\u2012*/-]|\/\/)\s+|\s*[|•·]\s*|\s{2,}|\s+@\s+|;\s+/u;
/** Of what kind the work is, which is no name of anything. */
const arrangement =
  /^\(?(?:full[- ]?time|part[- ]?time|contract|permanent|temporary|self[- ]?employed|vollzeit|teilzeit|temps plein|temps partiel|on[- ]?site|expected|anticipated|graduated|gpa.*|grade.*|note.*)\)?$/iu;
/** Between two things in other looks. */
const connector =
  /^(?:in|of|at|and|für|bei|chez|en|de|à|presso|na|bij|und|et|to|until|bis|hasta|fino a|tot)$/iu;
const address = /^(?:https?:\/\/|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/iu;

/** What the head of an entry says besides its dates, in the order of reading. */
export function headFragments(head: readonly TextLine[]): readonly Fragment[] {
  return head.flatMap((line) =>
    line.cells.flatMap((cell) =>
      stretches(cell.parts).flatMap(({ text, style }) =>
        pieces(withoutDates(text)).flatMap((piece) => {
          const trimmed = trimMarks(piece);
          if (
            trimmed.length < 2 ||
            connector.test(trimmed) ||
            arrangement.test(trimmed) ||
            address.test(trimmed)
          )
            return [];
          return [{ text: trimmed, line, style, isPlace: isPlace(trimmed) }];
        }),
      ),
    ),
  );
}

/** Parts that look alike are one: a change of the look is as good as a comma. */
function stretches(
  parts: TextLine["cells"][number]["parts"],
): readonly { readonly text: string; readonly style: TextStyle }[] {
  const found: { text: string; style: TextStyle }[] = [];
  for (const { text, style } of parts) {
    const last = found.at(-1);
    const isAlike =
      last !== undefined &&
      last.style.isBold === style.isBold &&
      last.style.isItalic === style.isItalic &&
      Math.abs(last.style.size - style.size) < 0.6;
    if (isAlike || (last !== undefined && !/[\p{L}\d]/u.test(text))) {
      found[found.length - 1] = { text: (last?.text ?? "") + text, style: last?.style ?? style };
    } else found.push({ text, style });
  }
  return found;
}

function withoutDates(text: string): string {
  let rest = text;
  for (const { text: date } of findDates(text)) rest = rest.replace(date, "  ");
  // Where every space is wide, it is how the letters are set.
  if (/^\S+(?: {2,}\S+){3,}$/u.test(rest.trim())) rest = rest.replaceAll(/ {2,}/gu, " ");
  return rest.replaceAll(/\(\s*\)|\[\s*\]/gu, "  ");
}

/** Cut at marks, and around a place. */
function pieces(text: string): readonly string[] {
  return text.split(separators).flatMap((piece) => {
    const place = isPlace(piece.trim()) ? undefined : findPlace(piece);
    if (place === undefined) return [piece];
    const at = piece.indexOf(place);
    const [before, after] = [piece.slice(0, at), piece.slice(at + place.length)];
    // "University of California, Berkeley, CA": the place is what follows a comma, a bracket or nothing.
    if (before.trim() !== "" && !/[,(:–—-]\s*$/u.test(before)) return [piece];
    return [before, place, after];
  });
}

function trimMarks(text: string): string {
  const trimmed = text
    .replace(/^\s*,?\s*(?:at|bei|chez|presso|@)\s+(?=\p{Lu})/u, "")
    .replaceAll(/^[\s,;:|·•–—()[\]/-]+|[\s,;:|·•–—([/-]+$/gu, "")
    .replace(/\s+(?:in|of|at|bei|chez)$/u, "")
    .trim();
  const isOpen = trimmed.endsWith(")") && !trimmed.includes("(");
  return isOpen ? trimmed.slice(0, -1).trim() : trimmed;
}
