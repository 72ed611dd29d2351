import { plainWords } from "./question-words.ts";

/** A range of numbers as an option words it: "1-3 years", "under 2", "£40k – £50k", "5+", "7". */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly holds: (value: number) => boolean;
}

/** Undefined where an option names no number. Thousands may be written 40k, 40,000 or 40.000. */
export function numberRange(option: string): NumberRange | undefined {
  const text = plainWords(option)
    .replace(/^\(?[a-z]\)\s+/u, "")
    .replace(/(\d)[,.  ](?=\d{3}(?!\d))/gu, "$1");
  const numbers = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*(k\b)?/gu)].map(
    ([, digits = "", thousand]) =>
      Number(digits.replace(",", ".")) * (thousand === undefined ? 1 : 1000),
  );
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return undefined;
  if (second !== undefined) {
    // "40-50k" is said of thousands on both sides.
    const low = second >= 1000 && first < 1000 && first * 1000 <= second ? first * 1000 : first;
    return inclusive(low, second);
  }
  if (/\b(less than|under|below|fewer than|weniger als|moins de|menos de)\b|</u.test(text)) {
    return { low: Number.NEGATIVE_INFINITY, high: first, holds: (value) => value < first };
  }
  if (/\b(up to|at most|or (less|below|under|fewer|lower)|bis zu|maximum)\b|<=|≤/u.test(text)) {
    return inclusive(Number.NEGATIVE_INFINITY, first);
  }
  if (
    /\+|\b(or (more|above|over|higher)|and (above|over|up)|at least|minimum|mindestens)\b|>=|≥/u.test(
      text,
    )
  ) {
    return inclusive(first, Number.POSITIVE_INFINITY);
  }
  if (/\b(more than|over|above|greater than|mehr als|plus de|mas de)\b|>/u.test(text)) {
    return { low: first, high: Number.POSITIVE_INFINITY, holds: (value) => value > first };
  }
  return inclusive(first, first);
}

function inclusive(low: number, high: number): NumberRange {
  return { low, high, holds: (value) => value >= low && value <= high };
}
