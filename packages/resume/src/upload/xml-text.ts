import { refuse } from "../refusal.ts";

/**
 * The text of an XML part. Every program writes UTF-8 there; in another encoding the same words would pass
 * whoever looks for them.
 *
 * @throws ValetError `RESUME_UNREADABLE`: `unsafe` for another encoding or entities of its own, which are how
 * small files become large ones; `damaged` when it is no text.
 */
export function xmlText(bytes: Buffer): string {
  if (bytes.subarray(0, 4).includes(0) || (bytes[0] ?? 0) >= 0xfe) throw refuse("unsafe");
  const text = decode(bytes);
  const encoding = /^\uFEFF?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)/u.exec(text.slice(0, 200))?.[1];
  if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/iu.test(encoding)) throw refuse("unsafe");
  if (/<!DOCTYPE|<!ENTITY/u.test(text)) throw refuse("unsafe");
  return text;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse("damaged", cause);
  }
}
