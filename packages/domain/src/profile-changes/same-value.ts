/** Texts in which people see the same. */
export function isSameText(one: unknown, other: unknown): boolean {
  return typeof one === "string" && typeof other === "string" && plain(one) === plain(other);
}

/** Whether two values say the same, whatever case, spaces or punctuation they are written in. */
export function isSameValue(pointer: string, one: unknown, other: unknown): boolean {
  if (pointer.endsWith("/phone")) return digitsOf(one) === digitsOf(other);
  if (pointer.endsWith("/url")) return addressOf(one) === addressOf(other);
  if (Array.isArray(one) && Array.isArray(other)) {
    const [ours, theirs] = [one.map(plainOf), other.map(plainOf)];
    return ours.length === theirs.length && ours.every((text, index) => text === theirs[index]);
  }
  return isSameText(one, other);
}

/** Letters and digits alone, so that "R&D, Berlin" and "r & d Berlin" are one. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}+#]+/gu, "");
}

function plainOf(value: unknown): string {
  return plain(String(value));
}

function digitsOf(value: unknown): string {
  return String(value).replaceAll(/\D/gu, "").replace(/^00/u, "");
}

function addressOf(value: unknown): string {
  return String(value)
    .toLowerCase()
    .replace(/^https?:\/\//u, "")
    .replace(/^www\./u, "")
    .replace(/\/+$/u, "");
}
