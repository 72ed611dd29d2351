/** Case, spacing, accents and typographic signs aside. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[‘’]/gu, "'")
    .replace(/[–—]/gu, "-")
    .replace(/ß/gu, "ss")
    .replace(/[łŁ]/gu, "l")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}
