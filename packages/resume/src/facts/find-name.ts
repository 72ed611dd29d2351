import { type TextLine, commonSize, styleOf } from "../layout/text-document.ts";
import { headingKind } from "../sections/heading-words.ts";
import { isPlace } from "./places.ts";
import { type Sourced, sourced } from "./sourced.ts";
import { namesTitle } from "./word-lists.ts";

const documentNames =
  /^(?:curriculum vitae|cv|c\.v\.|r[ée]sum[ée]|lebenslauf|currículum(?: vitae)?|hoja de vida|curriculum|bewerbung)$/iu;
const particles =
  /^(?:de|da|di|do|dos|du|del|della|van|von|der|den|la|le|bin|ibn|al|el|y|e|zu|ten|ter|af|av)$/iu;

/** A name as people write it: up to six words of letters, each with a capital where its script has them. */
function isNameLike(text: string): boolean {
  if (/[@\d/\\|<>{}=+*%&:;!?]/u.test(text) || text.length > 50) return false;
  if (documentNames.test(text.trim()) || headingKind(text) !== undefined || isPlace(text))
    return false;
  const words = text
    .replace(
      /,\s*(?:ph\.?d\.?|m\.?d\.?|mba|cpa|pmp|esq\.?|jr\.?|sr\.?|[ivx]+|rn|msc|bsc|pe)\.?$/iu,
      "",
    )
    .split(/\s+/u);
  if (words.length > 6) return false;
  return words.every(
    (word) =>
      particles.test(word) ||
      /^[("“'‘]?\p{Lu}[\p{L}\p{M}’'.-]*[)"”'’,]?$/u.test(word) ||
      /^[\p{Lo}\p{M}·・]+$/u.test(word),
  );
}

/** Whose résumé it is: what looks like a name in the largest type of the first page. */
export function findName(
  lines: readonly TextLine[],
  email: string | undefined,
): Sourced | undefined {
  const first = lines.filter(({ place }) => !("page" in place) || place.page === 1);
  const candidates = first.slice(0, 60).flatMap((line, index) =>
    line.cells.slice(0, 2).map((cell) => {
      const { size } = styleOf({ cells: [cell] });
      return { line, text: withoutLabel(closeUp(cell.text)), size, index };
    }),
  );
  const likely = candidates.filter(({ text }) => isNameLike(text));
  const largest = Math.max(...first.map((line) => styleOf(line).size));
  const ranked = likely
    .map((one) => ({ ...one, score: scoreOf(one, { largest, email }) }))
    .toSorted((one, other) => other.score - one.score);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const whole = inTwoLines(best, likely, commonSize(lines));
  return sourced(whole, best.line, best.text, best.score > 1 ? 0.97 : 0.7);
}

interface Candidate {
  readonly text: string;
  readonly size: number;
  readonly index: number;
  readonly line: TextLine;
}

function scoreOf(
  { text, size, index }: Candidate,
  { largest, email }: { readonly largest: number; readonly email: string | undefined },
): number {
  const words = text.split(/\s+/u).length;
  const own = (email ?? "").toLowerCase();
  const isInMail = text
    .toLowerCase()
    .split(/\s+/u)
    .some((word) => word.length > 2 && own.includes(word));
  return (
    (size > largest - 0.6 ? 1.5 : (size / largest) * 1) +
    (words >= 2 && words <= 4 ? 0.3 : 0) +
    (isInMail ? 0.5 : 0) -
    index * 0.02 -
    (namesTitle(text) ? 0.8 : 0)
  );
}

/** A name that takes two lines of one large type. */
function inTwoLines(best: Candidate, all: readonly Candidate[], common: number): string {
  const isLarge = best.size > 1.4 * common;
  const beside = (step: number) =>
    all.find(
      ({ index, size, text, line }) =>
        index === best.index + step &&
        Math.abs(size - best.size) < 0.6 &&
        !namesTitle(text) &&
        line.cells.length === 1,
    )?.text;
  const isHalf = best.text.split(/\s+/u).length === 1;
  if (!isLarge) return isHalf ? joined([best.text, beside(1)]) : best.text;
  const above = [beside(-2), beside(-1)];
  const below = [beside(1), beside(2)];
  return joined([
    above[1] === undefined ? undefined : above[0],
    above[1],
    best.text,
    below[0],
    below[0] === undefined ? undefined : below[1],
  ]);
}

function joined(parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined).join(" ");
  return text.replaceAll(/(?<=\p{L}-) (?=\p{L})/gu, "");
}

/** `Ada Byron, Engineer`: what stands behind the comma is what she does. */
function withoutLabel(text: string): string {
  const [name = "", ...rest] = text.split(/\s*,\s*|\s+[–—-]\s+/u);
  return rest.length > 0 && namesTitle(rest.join(" ")) && name.includes(" ") ? name : text;
}

/** `A D A` is Ada. */
function closeUp(text: string): string {
  const words = text.split(/\s{2,}|\s\|\s/u)[0] ?? text;
  if (!/^(?:\p{L} ){2,}\p{L}$/u.test(words)) return words.trim();
  return words.replaceAll(" ", "");
}
