import type { TextDocument } from "./layout/text-document.ts";
import { mostTextLength, refuse } from "./refusal.ts";

/** Fewer letters are no résumé: a scan with a stamp, or a cover sheet. */
const leastLetters = 80;

/**
 * Refuses what shows too much text or none, or shows letters that are not those of its fonts: then every value would be
 * made up.
 *
 * @throws ValetError `RESUME_UNREADABLE` with the reason `too_long`, `no_text` or `garbled`.
 */
export function assertReadable(document: TextDocument): void {
  const text = document.lines.map((line) => line.text).join("\n");
  if (text.length > mostTextLength) throw refuse("too_long");
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length < leastLetters) {
    throw refuse(document.unreadable > letters.length ? "garbled" : "no_text");
  }
  if (document.unreadable > 0.25 * letters.length || isGarbled(text)) throw refuse("garbled");
}

/** How often the letters of running text in our languages are vowels lies between these. */
const [leastVowels, mostVowels] = [0.28, 0.56];

function isGarbled(text: string): boolean {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const latin = words.filter((word) => /^[\p{Script=Latin}]+$/u.test(word));
  if (latin.length < 30 || latin.length < words.length / 2) return mixesScripts(words);
  const lower = latin.map((word) => word.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, ""));
  const all = lower.join("");
  const vowels = (all.match(/[aeiouyøæœı]/gu) ?? []).length / all.length;
  const without = lower.filter((word) => !/[aeiouyøæœı]/u.test(word)).length / lower.length;
  const mixed = latin.filter((word) =>
    /\p{Ll}\p{Lu}\p{Ll}?\p{Lu}|\p{Lu}\p{Ll}\p{Lu}\p{Ll}\p{Lu}/u.test(word),
  );
  const isOdd = vowels < leastVowels || vowels > mostVowels || without > 0.3;
  return isOdd || mixed.length > 0.3 * latin.length || isUnlikely(all);
}

/** Words of one language are of one script; fonts with wrong tables mix them within words. */
function mixesScripts(words: readonly string[]): boolean {
  if (words.length < 10) return false;
  const scripts = [
    /\p{Script=Latin}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Thai}/u,
    /\p{Script=Devanagari}/u,
  ];
  const mixed = words.filter((word) => scripts.filter((script) => script.test(word)).length > 1);
  return mixed.length > 0.3 * words.length;
}

/** Share of the letters in running text, of English, German, French, Spanish, Italian and Portuguese together. */
const usual: Readonly<Record<string, number>> = {
  a: 0.088,
  b: 0.015,
  c: 0.034,
  d: 0.042,
  e: 0.139,
  f: 0.014,
  g: 0.017,
  h: 0.026,
  i: 0.075,
  j: 0.003,
  k: 0.006,
  l: 0.046,
  m: 0.029,
  n: 0.074,
  o: 0.068,
  p: 0.026,
  q: 0.006,
  r: 0.064,
  s: 0.069,
  t: 0.067,
  u: 0.04,
  v: 0.014,
  w: 0.01,
  x: 0.003,
  y: 0.009,
  z: 0.005,
};
/** Of the cosine between those shares and a text's; real résumés lie above 0.9. */
const leastLikeness = 0.8;

function isUnlikely(letters: string): boolean {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let [dot, own, other] = [0, 0, 0];
  for (const [letter, share] of Object.entries(usual)) {
    const found = (counts.get(letter) ?? 0) / letters.length;
    dot += found * share;
    own += found * found;
    other += share * share;
  }
  return dot / Math.sqrt(own * other) < leastLikeness;
}
