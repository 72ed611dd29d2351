import type { ParsedResume, ProfileChange, ReadFrom } from "@valet/contracts";
import type { SourcedProfile } from "./accept-changes.ts";
import { proposeChanges } from "./propose-changes.ts";

/**
 * What of a résumé may still be taken over: an entry that was, and whose name the person then corrected, is no
 * second one.
 */
export function offerChanges(
  stored: SourcedProfile,
  { parsed, resumeId }: { readonly parsed: ParsedResume; readonly resumeId: string },
): ProfileChange[] {
  return proposeChanges(stored.profile, parsed).filter(
    (change) => !wasTaken(change, { resumeId, sources: stored.sources }),
  );
}

/** An entry of which the profile has another value from this very place. */
function wasTaken(
  { pointer, kind, sources: read }: ProfileChange,
  { resumeId, sources }: Pick<SourcedProfile, "sources"> & { readonly resumeId: string },
): boolean {
  const list = listOf(pointer);
  const isEntry = /\/\d+$/u.test(pointer);
  if (kind !== "add" || !isEntry || list === undefined) return false;
  return Object.entries(sources).some(
    ([place, { resumeId: from, readFrom }]) =>
      from === resumeId &&
      listOf(place) === list &&
      Object.entries(read).some(
        ([below, source]) => leafOf(below) === leafOf(place) && isSamePlace(source, readFrom),
      ),
  );
}

/** Of an entry, or of a value in one. */
function listOf(pointer: string): string | undefined {
  return /^\/(basics\/profiles|\w+)\/\d+(?:\/|$)/u.exec(pointer)?.[1];
}

function leafOf(pointer: string): string | undefined {
  return pointer.split("/").findLast((part) => !/^\d*$/u.test(part));
}

/** Of the same words in the same line. */
function isSamePlace(one: ReadFrom, other: ReadFrom): boolean {
  if (one.text !== other.text) return false;
  if ("paragraph" in one) return "paragraph" in other && one.paragraph === other.paragraph;
  return (
    "page" in other &&
    one.page === other.page &&
    one.box.top === other.box.top &&
    one.box.left === other.box.left
  );
}
