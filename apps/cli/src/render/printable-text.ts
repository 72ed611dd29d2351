/**
 * Text from a page or a file made safe for a terminal: no control characters (they could move the
 * cursor or hide a line), no invisible direction marks, white space as single spaces.
 */
export function printableText(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, "")
    .trim();
}

/** At most `width` characters; what is left out shows as an ellipsis. */
export function shorten(text: string, width: number): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (characters.length <= width) return text;
  return width < 1 ? "" : `${characters.slice(0, width - 1).join("")}…`;
}
