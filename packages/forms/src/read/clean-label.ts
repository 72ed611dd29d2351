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

/** An upload's name without its buttons and without the file it already holds. */
export function cleanFileLabel(raw: string): string {
  const label = cleanLabel(raw);
  const bare = label
    .replace(/\s[^\s/]+\.(pdf|docx?|rtf|txt|odt|pages)\b.*$/iu, "")
    .replace(/\s+(attach|upload|choose|browse|drag|drop|select|add (a )?file)\b.*$/iu, "");
  return bare === "" ? label : bare;
}

export function isMarkedRequired(raw: string): boolean {
  if (/\(optional\)|\boptional$/iu.test(raw.trim())) return false;
  return /[✱＊∗]|\*\s*:?\s*$|^\s*\*|\((required|mandatory)\)|\S\s+required\s*$/iu.test(raw);
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
