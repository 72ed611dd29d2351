import type { DraftFacts } from "./draft-facts.ts";

const mostSentences = 6;
const longestSentence = 400;
/** What none but the person says of themselves, whatever is stored. */
const notForDrafts =
  /\b(authori[sz]|visa|sponsor|permit|citizen|national|salary|compensation|wage|rate|disab|veteran|gender|race|ethnic|religio|married|pregnan|health|illness|convict|criminal|felony|clearance|union|agree|consent|certify|confirm|guarantee|promise)\w*/iu;

/**
 * The sentences of a draft that may be shown, with the facts put in. A sentence without a fact says something
 * that nobody has stored, a number outside of one is a claim, and an address leads somewhere: such are dropped.
 * Undefined when nothing is left.
 */
export function fillSentences(sentences: readonly string[], facts: DraftFacts): string | undefined {
  const kept = sentences.slice(0, mostSentences).flatMap((sentence) => {
    const text = fill(sentence.replace(/\s+/gu, " ").trim(), facts);
    return text === undefined ? [] : [text];
  });
  return kept.length === 0 ? undefined : kept.join(" ");
}

const placeholder = /\{\{([\w.]+)\}\}/gu;

function fill(sentence: string, facts: DraftFacts): string | undefined {
  const keys = [...sentence.matchAll(placeholder)].map(([, key = ""]) => key);
  if (keys.length === 0 || keys.some((key) => !facts.has(key))) return undefined;
  const own = sentence.replace(placeholder, "");
  const isClaim = /[\d@<>{}[\]]|https?:|www\./u.test(own) || notForDrafts.test(own);
  if (isClaim || own.length > longestSentence) return undefined;
  return sentence.replace(placeholder, (_, key: string) => facts.get(key) ?? "");
}
