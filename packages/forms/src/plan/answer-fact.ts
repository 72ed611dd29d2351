import type { Fact } from "./fact.ts";

/** What the person has answered in words, as a fact for any control that asks the same. */
export function answerFact(
  answer: string | readonly string[],
  base: Pick<Fact, "source" | "ref" | "confidence">,
): Fact {
  if (typeof answer !== "string") return { ...base, texts: answer, isList: true };
  const words = answer.trim().toLowerCase();
  const isYesNo = words === "yes" || words === "no";
  return { ...base, texts: [answer], ...(isYesNo ? { isTrue: words === "yes" } : {}) };
}
