/** Names by their words, for finding them in sentences without a pattern of thousands of parts. */
export interface NameIndex<Id> {
  readonly byWords: ReadonlyMap<string, Id>;
  /** Words of the longest name. */
  readonly longest: number;
}

export function nameIndex<Id>(names: Iterable<readonly [string, Id]>): NameIndex<Id> {
  const byWords = new Map<string, Id>();
  let longest = 1;
  for (const [name, id] of names) {
    const words = wordsOf(name).map(({ word }) => word);
    longest = Math.max(longest, words.length);
    if (words.length > 0) byWords.set(words.join(" "), id);
  }
  return { byWords, longest };
}

/** Every name in a text, the longest at each place, with the words as they are written there. */
export function namesInText<Id>(
  text: string,
  { byWords, longest }: NameIndex<Id>,
): { readonly id: Id; readonly written: string }[] {
  const words = wordsOf(text);
  const found: { id: Id; written: string }[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(longest, words.length - start); length > 0; length -= 1) {
      const part = words.slice(start, start + length);
      const id = byWords.get(part.map(({ word }) => word).join(" "));
      if (id === undefined) continue;
      found.push({ id, written: part.map(({ written }) => written).join(" ") });
      start += length - 1;
      break;
    }
  }
  return found;
}

function wordsOf(text: string): { readonly word: string; readonly written: string }[] {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[łŁ]/gu, "l");
  return [...bare.matchAll(/[\p{L}\p{N}]+/gu)].map(([written]) => ({
    written,
    word: written.toLowerCase(),
  }));
}
