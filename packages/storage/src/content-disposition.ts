import { create } from "content-disposition";

const longestName = 200;
const nameless = "download";

/**
 * The header value that makes a browser save what it gets under this name, never show it. The name
 * may come from anybody: folders, control and direction characters and leading dots are taken off,
 * and it is cut to 200 bytes of UTF-8, its ending kept.
 */
export function contentDisposition(fileName: string): string {
  return create(safeFileName(fileName), { type: "attachment" });
}

/** A name that is one name in every file system's eyes; `download` when nothing is left of it. */
export function safeFileName(given: string): string {
  const name = (given.toWellFormed().split(/[/\\]/).at(-1) ?? "")
    // Joiners stay: emoji and several scripts are written with them.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu, "")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const ending = /[^\s.]\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1];
  const tail = ending === undefined ? "" : `.${ending}`;
  const base = cutTo(longestName - tail.length, name.slice(0, name.length - tail.length)).trim();
  return base === "" ? nameless : base + tail;
}

/** As much of the text as fits, never half a character. */
function cutTo(bytes: number, text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
