/** A question as a person reads it, without the marks that say required or optional. */
export function cleanLabel(raw: string): string {
  return raw
    .replace(/^(.*\S)\s*[✱＊∗].*$/u, "$1")
    .replace(/\((required|optional|mandatory)\)/giu, " ")
    .replace(/[*✱＊∗]+/gu, " ")
    .replace(/(?<=\S)\s+[-–—]?\s*(required|optional)\s*$/iu, "")
    .replace(/\s+/gu, " ")
    .replace(/\s*:\s*$/u, "")
    .trim();
}

/** One form for comparing questions: words only, in lower case. */
export function normaliseQuestion(text: string): string {
  return cleanLabel(text)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’']/gu, "")
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}

/** One form for comparing companies that an answer is for. */
export function normaliseScope(scope: string): string {
  return scope.trim().toLowerCase();
}
