import type { Usage } from "../model-answer.ts";

/** US dollars for a million tokens, which is the same as millionths of a dollar for one. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/** By how a model's name begins; the first that fits. What the providers publish, looked up by hand. */
const known: readonly (readonly [start: string, price: ModelPrice])[] = [
  ["claude-haiku-", { input: 1, output: 5 }],
  ["claude-sonnet-", { input: 3, output: 15 }],
  ["claude-opus-", { input: 15, output: 75 }],
  ["gpt-4o-mini", { input: 0.15, output: 0.6 }],
  ["gpt-4o", { input: 2.5, output: 10 }],
  ["gpt-4.1-nano", { input: 0.1, output: 0.4 }],
  ["gpt-4.1-mini", { input: 0.4, output: 1.6 }],
  ["gpt-4.1", { input: 2, output: 8 }],
  ["gpt-5-nano", { input: 0.05, output: 0.4 }],
  ["gpt-5-mini", { input: 0.25, output: 2 }],
  ["gpt-5", { input: 1.25, output: 10 }],
];

/** What a model costs, as said or as known by its name; one that nobody knows counts as the dearest known. */
export function priceOf(model: string, given: ModelPrice | undefined): ModelPrice {
  if (given !== undefined) return given;
  const found = knownPrice(model);
  if (found !== undefined) return found;
  const prices = known.map(([, price]) => price);
  return {
    input: Math.max(...prices.map(({ input }) => input)),
    output: Math.max(...prices.map(({ output }) => output)),
  };
}

export function isPriceKnown(model: string): boolean {
  return knownPrice(model) !== undefined;
}

function knownPrice(model: string): ModelPrice | undefined {
  return known.find(([start]) => model.startsWith(start))?.[1];
}

/** In millionths of a dollar, rounded up. */
export function costOf(price: ModelPrice, { inputTokens, outputTokens }: Usage): number {
  return Math.ceil(inputTokens * price.input + outputTokens * price.output);
}
