import { cleanLabel } from "@valet/domain";

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
