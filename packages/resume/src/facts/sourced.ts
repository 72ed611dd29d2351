import type { TextLine } from "../layout/text-document.ts";

/** A value that was read, and where. */
export interface Sourced<T = string> {
  readonly value: T;
  /** The line that says it. */
  readonly line: TextLine;
  /** As it stands there. */
  readonly text: string;
  /** From 0 to 1: how seldom a value that is read in this way is wrong. */
  readonly confidence: number;
}

/** Spaces that only set things apart on the page are no part of a value. */
export function sourced<T>(value: T, line: TextLine, text: string, confidence: number): Sourced<T> {
  const plain = typeof value === "string" ? (oneSpace(value) as T & string) : value;
  return { value: plain, line, text: oneSpace(text), confidence };
}

function oneSpace(text: string): string {
  return text.replaceAll(/ {2,}/gu, " ").trim();
}
