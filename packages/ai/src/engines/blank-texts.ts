/** What must not leave, ready to be looked for. */
export interface Secrets {
  readonly anywhere: ReadonlySet<string>;
  /** Short ones, such as a number of years: as words of their own, or half the page would go with them. */
  readonly asWords: ReadonlySet<string>;
}

/** The same whatever it stands for. */
export const blank = "▇▇▇";

const shortest = 4;
/** Longer texts are looked for in pieces as well: a page may repeat a line of a letter. */
const wordsOfPiece = 4;

/** @param texts as they stand; how they are written elsewhere is taken care of. */
export function toSecrets(texts: Iterable<string>): Secrets {
  const anywhere = new Set<string>();
  const asWords = new Set<string>();
  for (const text of new Set(texts)) {
    for (const form of formsOf(text)) {
      if (form.length >= shortest) anywhere.add(form);
      else if (form !== "") asWords.add(form);
    }
  }
  return { anywhere, asWords };
}

/** How a text may be written: itself, in an address, in JSON that keeps to ASCII, in base64; and its pieces. */
function formsOf(text: string): string[] {
  const value = text.normalize("NFC").trim();
  const [plain, address] = [lettersOf(value), lettersOf(encodeURIComponent(value.toWellFormed()))];
  const ascii = value.replace(
    /[^\p{ASCII}]/gu,
    (sign) => `u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
  // The last signs of base64 depend on what follows, where the text is part of something longer.
  const base64 = Buffer.from(value)
    .toString("base64")
    .replace(/.{0,2}=*$/u, "");
  const coded = value.length >= 6 ? [address, lettersOf(ascii), lettersOf(base64)] : [];
  return [plain, ...coded, ...piecesOf(value)];
}

function piecesOf(text: string): string[] {
  const lines = text.split(/\n+/u).map((line) => wordsOf(line));
  const all = lines.flat();
  if (all.length <= wordsOfPiece) return [];
  const runs = all
    .map((_, index) => all.slice(index, index + wordsOfPiece).join(""))
    .slice(0, all.length - wordsOfPiece + 1);
  const whole = lines.map((line) => line.join(""));
  return [...runs, ...whole].filter((piece) => piece.length >= 10);
}

function wordsOf(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((word) => lettersOf(word))
    .filter((word) => word !== "");
}

/** The letters and digits of a text alone, without case and accents. */
function lettersOf(text: string): string {
  return fold(text).letters;
}

interface Folded {
  readonly letters: string;
  /** For every letter the place in the text that it comes from. */
  readonly places: readonly number[];
}

function fold(text: string): Folded {
  const places: number[] = [];
  let letters = "";
  let place = 0;
  for (const sign of text) {
    const plain = isAscii(sign) ? sign.toLowerCase() : unaccented(sign);
    if (/^[\p{L}\p{N}]+$/u.test(plain)) {
      letters += plain;
      for (let count = plain.length; count > 0; count -= 1) places.push(place);
    }
    place += sign.length;
  }
  return { letters, places };
}

function isAscii(sign: string): boolean {
  return sign.length === 1 && sign.charCodeAt(0) < 128;
}

function unaccented(sign: string): string {
  return sign
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

export interface Span {
  readonly from: number;
  /** The first place after it. */
  readonly to: number;
}

/** Where a text says something secret, whatever its case, its accents and the signs between its letters. */
export function findSecrets(text: string, { anywhere, asWords }: Secrets): Span[] {
  const { letters, places } = fold(text);
  const spans: Span[] = [];
  const note = (start: number, length: number): void => {
    const [from, last] = [places[start], places[start + length - 1]];
    if (from !== undefined && last !== undefined) spans.push({ from, to: endOf(text, last) });
  };
  for (const secret of anywhere) {
    for (let at = letters.indexOf(secret); at >= 0; at = letters.indexOf(secret, at + 1)) {
      note(at, secret.length);
    }
  }
  // As many signs as a password has.
  for (const { index, 0: dots } of text.matchAll(/[•●∙]+/gu)) {
    spans.push({ from: index, to: index + dots.length });
  }
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (word.length <= shortest * 2 && asWords.has(lettersOf(word))) {
      spans.push({ from: index, to: index + word.length });
    }
  }
  return merge(spans);
}

/** An accent belongs to the letter before it. */
function endOf(text: string, last: number): number {
  const [sign = ""] = /^.\p{M}*/su.exec(text.slice(last, last + 8)) ?? [];
  const [whole = sign] = /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF])\p{M}*/u.exec(text.slice(last)) ?? [];
  return last + Math.max(sign.length, whole.length, 1);
}

function merge(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

export interface KeptText {
  /** Texts that stay where they stand alone: what the engine is asked for. */
  readonly keep: readonly string[];
}

/**
 * A text without what is secret, also where that goes over several lines. What names an element in Stagehand's
 * tree, such as `[0-94107] button` at the start of a line, stays: nothing that is held stands there. Whether a choice is
 * taken goes.
 */
export function blankText(text: string, secrets: Secrets, { keep }: KeptText): string {
  const kept = new Set(keep.map((one) => lettersOf(one)).filter((letters) => letters !== ""));
  const lines = text.split("\n").map((line) => readLine(line));
  const spans = findSecrets(lines.map(({ said }) => said).join("\n"), secrets);
  let place = 0;
  return lines
    .map((line) => {
      const from = place;
      place += line.said.length + 1;
      return `${line.mark}${kept.has(lettersOf(line.said)) ? line.said : cutOut(line.said, spans, from)}`;
    })
    .join("\n");
}

interface Line {
  readonly mark: string;
  readonly said: string;
}

function readLine(line: string): Line {
  const [, name, said] = /^(\s*\[\d+-\d+\] )(.*)$/su.exec(line) ?? [];
  if (name === undefined || said === undefined) return { mark: "", said: line };
  const [role = ""] = /^(?:scrollable, )?[\w-]+(?:: |$)/u.exec(said) ?? [];
  const words = said.slice(role.length).replace(/(?: \[(?:selected|checked)\])+$/u, "");
  return { mark: `${name}${role}`, said: words };
}

/** @param spans of a longer text, of which this one begins at `start`. */
function cutOut(text: string, spans: readonly Span[], start: number): string {
  let out = "";
  let place = 0;
  for (const { from, to } of spans) {
    if (to <= start || from >= start + text.length) continue;
    const [first, last] = [Math.max(0, from - start), Math.min(text.length, to - start)];
    out += `${text.slice(place, first)}${blank}`;
    place = last;
  }
  return out + text.slice(place);
}
