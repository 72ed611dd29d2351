import { contentWords, plainWords, stem } from "./question-words.ts";

const groups: readonly (readonly string[])[] = [
  ["computer science", "computing", "informatics", "cs"],
  ["mathematics", "math", "maths", "applied mathematics", "pure mathematics"],
  ["economics", "econ", "econometrics"],
  ["electrical engineering", "electronic engineering", "electronics", "ee"],
  ["statistics", "statistical science"],
];

/**
 * Whether a subject of the person is one that a text names: "Economics" in "Economics/Finance".
 * Undefined where the text ends in something like "or a related field".
 */
export function fieldMatches(subject: string, text: string): boolean | undefined {
  const plain = plainWords(text);
  const own = plainWords(subject);
  if (own === "") return undefined;
  const parts = plain
    .split(/[,/;&()]| or | and /u)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.includes(own) || plain === own) return true;
  const group = groups.find((names) => names.includes(own));
  if (group !== undefined && parts.some((part) => group.includes(part))) return true;
  const ownStems = contentWords(own).map((word) => stem(word));
  const isNamed = parts.some((part) => {
    const stems = contentWords(part).map((word) => stem(word));
    return ownStems.length > 1 && ownStems.every((word) => stems.includes(word));
  });
  if (isNamed) return true;
  return /\b(related|similar|relevant|equivalent|other|any|quantitative|technical|stem)\b/u.test(
    plain,
  )
    ? undefined
    : false;
}
