import type { Reference } from "./labelled-resume.ts";

/** Words where they stand. */
export interface Span {
  /** Counted from 0. */
  readonly line: number;
  /** From the line, never from whoever pointed at it. */
  readonly text: string;
  /** In the line's text, counted from 0. */
  readonly start: number;
}

/** Longer ones are prose, in which nothing is labelled; and reading them takes long. */
const longestLine = 1_000;
const longestSpan = 120;
/** Letters that have no case, as those of Chinese, make up words without spaces between them. */
const inWord = /^[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{M}\p{N}]$/u;
const edges = /^[\s,;:|•·–—-]+|[\s,;:|•·–—-]+$/gu;

export function oneSpace(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/**
 * The whole words that are referred to; `undefined` unless they stand in that very line.
 * Lines are given with single spaces.
 */
export function findSpan({ line, words }: Reference, lines: readonly string[]): Span | undefined {
  const text = lines[line - 1];
  const sought = oneSpace(words).replaceAll(edges, "");
  if (text === undefined || text.length > longestLine) return undefined;
  if (sought === "" || sought.length > longestSpan || !/[\p{L}\p{N}]/u.test(sought)) {
    return undefined;
  }
  let start = text.indexOf(sought);
  while (start !== -1) {
    const end = start + sought.length;
    if (isEdge(text, start) && isEdge(text, end)) {
      return { line: line - 1, text: text.slice(start, end), start };
    }
    start = text.indexOf(sought, start + 1);
  }
  return undefined;
}

/** No word goes on across this place. */
function isEdge(text: string, at: number): boolean {
  return !(inWord.test(text[at - 1] ?? "") && inWord.test(text[at] ?? ""));
}
