import { fold } from "../plan/fold.ts";

/** What of a question is looked at; nobody asks anything after this many characters. */
const readLength = 1_500;

/** A text for matching: lower case, plain signs, single spaces, of bounded length. */
export function plainWords(text: string | null | undefined): string {
  return fold((text ?? "").slice(0, readLength));
}

/** The sentences of a plain text. "e.g." and "U.S." end none. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[?!:])\s+|(?<=[^.\s]{3}\.)\s+|(?<=\))\s*(?=[a-z]+ you )/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

const closedStart =
  /^(please (confirm|indicate|state|tell us|let us know)( whether| if| that)? |(and|so|then|also|if so|additionally|further),? )*(are|do|does|did|will|would|have|has|can|could|is|may|am) (you|your|there|any|this|it|the|we|anyone|i)\b/u;

/** The sentence that a yes or a no would answer, if there is one. */
export function closedSentence(text: string): string | undefined {
  return sentencesOf(text).find(
    (sentence) => isClosed(sentence) || /^(whether|if) you\b/u.test(sentence),
  );
}

/** All sentences that are questions of their own to be answered by a yes or a no. */
export function closedSentencesIn(text: string): string[] {
  return sentencesOf(text).filter((sentence) => isClosed(sentence));
}

function isClosed(sentence: string): boolean {
  return (
    closedStart.test(sentence) || /, (are|do|did|will|would|have|can|could) you\b/u.test(sentence)
  );
}

/** Whether words are wanted too: "If so, please explain", "Which …?". */
export function wantsWords(text: string): boolean {
  return /\b(provide|details?|explain|describe|list|specify|elaborate|example|examples|share|tell us|which|what|how|why|when)\b/u.test(
    text,
  );
}

/** Words that say something, without those every question is made of. */
export function contentWords(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}+#.-]*/gu)]
    .map(([word]) => word.replace(/[.-]+$/u, ""))
    .filter((word) => word.length > 1 && !emptyWords.has(word));
}

const emptyWords = new Set(
  "a an and any are as at be been being but by can could did do does e.g etc for from had has have having how i i'm if in into is it its like may me more most my of on or other our please s some such than that the their them there these they this those to us was we were what when where whether which who will with would you your yourself".split(
    " ",
  ),
);

const endings = /(ments?|ers?|ors?|ings?|ions?|ists?|ative|ical|ies|ed|es|s|y)$/u;

/** A word without its endings, so that "developer" and "development" meet. */
export function stem(word: string): string {
  const shorter = word.replace(endings, "");
  return shorter === word || shorter.length < 3 ? word : stem(shorter);
}
