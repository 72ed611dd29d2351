import { createHash } from "node:crypto";

/** Cards are numbered by UUIDs that say nothing of their question. */
export function cardId(questionId: string): string {
  const hex = createHash("sha256").update(questionId).digest("hex");
  return [8, 4, 4, 4, 12]
    .reduce<{ parts: string[]; at: number }>(
      ({ parts, at }, length) => ({
        parts: [...parts, hex.slice(at, at + length)],
        at: at + length,
      }),
      { parts: [], at: 0 },
    )
    .parts.join("-");
}

export function cardName(questionId: string): string {
  return `cards[${cardId(questionId)}][field0]`;
}
