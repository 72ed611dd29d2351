const encodings = ["windows-1251", "windows-1252", "windows-1250"] as const;

const tables = new Map<string, ReadonlyMap<string, number>>();

/** Text that was written as UTF-8 and read as something else, as it was written. */
export function unscramble(text: string): string {
  if (!/[\u0080-\u{10FFFF}]{2}/u.test(text)) return text;
  for (const encoding of encodings) {
    const written = reread(text, encoding);
    if (written !== null && written.length < text.length) return written;
  }
  return text;
}

function reread(text: string, encoding: string): string | null {
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    // White space was made one kind: behind the first byte of a letter it was the second one.
    const isTail = character === " " && (bytes.at(-1) ?? 0) >= 0xc2;
    const byte = isTail ? 0xa0 : table.get(character);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

function tableOf(encoding: string): ReadonlyMap<string, number> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding);
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  tables.set(encoding, table);
  return table;
}
