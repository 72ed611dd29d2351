import { refuse } from "../refusal.ts";
import { findZipEnd } from "./find-zip-end.ts";

/** Readers look this far back for where a PDF ends. */
const endWithin = 1_024;
/** So many mentions in one file are made to keep us busy; the parser looks again. */
const mostMentions = 1_000;

/**
 * Refuses a PDF without its end, one that is an archive as well, and one that plainly scripts its reader or
 * starts programs. What is packed or disguised, only its parser sees.
 *
 * @throws ValetError `RESUME_UNREADABLE`: `damaged` or `unsafe`.
 */
export function assertSoundPdf(file: Buffer): void {
  const tail = file.toString("latin1", Math.max(0, lastFilled(file) - endWithin));
  const endAt = tail.lastIndexOf("%%EOF");
  if (endAt === -1 && !/startxref\s+\d/u.test(tail)) throw refuse("damaged");
  const behind = endAt === -1 ? "" : tail.slice(endAt + "%%EOF".length);
  if (!/^[\s\0]*$/u.test(behind) || findZipEnd(file) !== undefined) throw refuse("unsafe");
  if (hasAction(file, "/JavaScript") || hasAction(file, "/Launch")) throw refuse("unsafe");
}

/** Some servers fill a file up to the size of their blocks. */
function lastFilled(file: Buffer): number {
  let end = file.length;
  while (end > 0 && (file[end - 1] ?? 0) <= 0x20) end -= 1;
  return end;
}

/** An action states its kind as `/S`; the word alone may be text, of a programmer's skills say. */
function hasAction(file: Buffer, kind: string): boolean {
  let at = file.indexOf(kind, 0, "latin1");
  for (let mention = 0; at !== -1 && mention < mostMentions; mention += 1) {
    const before = file.toString("latin1", Math.max(0, at - 32), at);
    if (/\/S[\s\0]*$/u.test(before)) return true;
    at = file.indexOf(kind, at + kind.length, "latin1");
  }
  return false;
}
