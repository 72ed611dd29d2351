const leastLetters = 3;

/**
 * Text whose letters were set apart for the looks (`J U N  2 0 1 9`) as a person would type it. Fonts draw
 * some pairs so close that they stand together (`M AY`). Where words were not set further apart than letters,
 * digits and marks still tell where some of them end.
 */
export function closeUpLetters(text: string): string {
  if (!/\S \S \S/u.test(text)) return text;
  const groups = text.split(/ {2,}/u);
  const isApart = groups.map(isSpacedOut);
  if (!isApart.includes(true)) return text;
  let closed = "";
  for (const [index, group] of groups.entries()) {
    const isShort = /^\S( \S)?$/u.test(group);
    const near = isApart[index - 1] === true || isApart[index + 1] === true;
    const isOwn = isApart[index] === true || (isShort && near);
    const space = index === 0 ? "" : isOwn && (isApart[index - 1] ?? false) ? " " : "  ";
    closed += space + (isOwn ? withWords(group.replaceAll(" ", "")) : group);
  }
  return closed;
}

function isSpacedOut(group: string): boolean {
  const tokens = group.split(" ");
  const single = tokens.filter((token) => token.length === 1);
  const letters = single.filter((token) => /[\p{L}\d]/u.test(token));
  return letters.length >= leastLetters && single.length >= 0.6 * tokens.length;
}

function withWords(text: string): string {
  return text
    .replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})|(?<=[,.|·•])(?=\p{L}{2})/gu, " ")
    .replaceAll(/(?<=[\p{L}\d])(?=[–—|·•])|(?<=[–—|·•])(?=[\p{L}\d])/gu, " ")
    .trim();
}
