import type { Fact } from "../plan/fact.ts";

/** A yes or a no to the question as it is worded. */
export function yesNo(isTrue: boolean, ref: string, confidence: number): Fact {
  return { texts: [isTrue ? "Yes" : "No"], isTrue, source: "profile", ref, confidence };
}

/** One option, word for word. */
export function oneOption(option: string, ref: string, confidence: number): Fact {
  return { texts: [option], source: "profile", ref, confidence };
}

/** Several options, word for word. */
export function listed(options: readonly string[], ref: string, confidence: number): Fact {
  return { texts: options, isList: true, source: "profile", ref, confidence };
}
