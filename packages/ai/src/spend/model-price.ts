import type { Usage } from "../model-answer.ts";

/** US dollars for a million tokens, which is the same as millionths of a dollar for one. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** A question of more tokens than that costs so many times as much. */
  readonly long?: { readonly tokens: number; readonly times: number };
}

/** As the providers published them in November 2026. A name stands for its dated releases too, and for no other. */
const known: Readonly<Record<string, ModelPrice>> = {
  "claude-fable-5-1": { input: 10, output: 50 },
  "claude-haiku-5-5": { input: 0.1, output: 0.5, long: { tokens: 100_000, times: 5 } },
  "claude-haiku-4-5": { input: 1, output: 5 },
  "claude-sonnet-5-5": { input: 2, output: 10 },
  "claude-sonnet-4-5": { input: 3, output: 15 },
  "claude-opus-5-5": { input: 4, output: 20 },
  "claude-opus-5": { input: 5, output: 25 },
  "claude-opus-4-5": { input: 5, output: 25 },
  "claude-opus-4-1": { input: 15, output: 75 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-5": { input: 1.25, output: 10 },
  "gpt-5.4": { input: 2.5, output: 15 },
  "gpt-5.4-mini": { input: 0.75, output: 4.5 },
};

const release = /-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/u;

/** What a model costs, as said or as known by its name; one that nobody knows counts as the dearest known. */
export function priceOf(model: string, given: ModelPrice | undefined): ModelPrice {
  const price = given ?? knownPrice(model);
  if (price !== undefined) return price;
  const prices = Object.values(known);
  return {
    input: Math.max(...prices.map(({ input }) => input)),
    output: Math.max(...prices.map(({ output }) => output)),
  };
}

export function isPriceKnown(model: string): boolean {
  return knownPrice(model) !== undefined;
}

function knownPrice(model: string): ModelPrice | undefined {
  const name = model.replace(release, "");
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** In millionths of a dollar, rounded up. */
export function costOf(
  { input, output, long }: ModelPrice,
  { inputTokens, outputTokens }: Usage,
): number {
  const times = long !== undefined && inputTokens > long.tokens ? long.times : 1;
  return Math.ceil((inputTokens * input + outputTokens * output) * times);
}
