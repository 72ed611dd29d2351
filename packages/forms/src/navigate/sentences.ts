import { conditional, future } from "./outcome-words.ts";

/** What a text says, a statement each. */
export function sentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Whether one of the lines states what is looked for: under a condition or of the future is not stated. */
export function says(lines: readonly string[], pattern: RegExp): boolean {
  return lines.some((line) => {
    const plain = line.replace(/’/gu, "'");
    const found = pattern.exec(plain);
    if (found === null || conditional.test(plain)) return false;
    return !future.test(plain.slice(0, found.index));
  });
}
