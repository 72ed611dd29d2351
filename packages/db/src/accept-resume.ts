import {
  type AcceptChanges,
  type AcceptedChanges,
  type DocumentLine,
  type ParsedResume,
  type ProfileChange,
  ValetError,
} from "@valet/contracts";
import { type SourcedProfile, acceptChanges, offerChanges } from "@valet/domain";
import type { Querier } from "./connect.ts";
import { changeSourcedProfile, getSourcedProfile } from "./profiles.ts";
import { findSavedParse, findShownParse } from "./resume-parses.ts";
import { findResume } from "./resumes.ts";
import { resumeNotFound } from "./write-resume.ts";

interface ParseWithChanges {
  readonly parsed: ParsedResume | null;
  readonly lines: DocumentLine[];
  readonly changes: ProfileChange[];
}

/** What a résumé says, and of that what the profile does not say; nothing while nothing is known of it. */
export async function findParseWithChanges(
  db: Querier,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<ParseWithChanges> {
  const kept = await findShownParse(db, id);
  if (kept === undefined) return { parsed: null, lines: [], changes: [] };
  const { lines, ...parsed } = kept;
  const stored = await getSourcedProfile(db, userId);
  return { parsed, lines, changes: offerChanges(stored, { parsed, resumeId: id }) };
}

/**
 * Takes changes that a résumé proposes into the profile: all of those that are named, or none.
 *
 * @throws `NOT_FOUND`, and `STALE_CHANGES` for one that is not, or no longer, proposed.
 */
export async function acceptResume(
  db: Querier,
  { id, userId, changes }: AcceptChanges & { readonly id: string; readonly userId: string },
): Promise<AcceptedChanges> {
  if ((await findResume(db, { id, userId })) === undefined) throw resumeNotFound();
  const parsed = await findSavedParse(db, id);
  const offered = (stored: SourcedProfile) =>
    parsed === undefined ? [] : offerChanges(stored, { parsed, resumeId: id });
  let accepted: readonly ProfileChange[] = [];
  const after = await changeSourcedProfile(db, userId, (stored) => {
    accepted = choose(offered(stored), changes);
    return acceptChanges(stored, accepted, {
      resumeId: id,
      acceptedAt: new Date().toISOString(),
    });
  });
  return {
    accepted: accepted.map((change) => change.id),
    changes: offered(after),
    profile: after.profile,
  };
}

function choose(
  proposed: readonly ProfileChange[],
  changes: AcceptChanges["changes"],
): readonly ProfileChange[] {
  if (changes === "all") return proposed;
  if (changes === "additions") return proposed.filter(({ kind }) => kind === "add");
  const missing = changes.filter((wanted) => !proposed.some(({ id }) => id === wanted));
  if (missing.length === 0) return proposed.filter(({ id }) => changes.includes(id));
  throw new ValetError(
    "STALE_CHANGES",
    "The profile or what is known of the résumé has changed meanwhile. Nothing was taken over. Look at the changes again and accept those.",
    { changes: missing },
  );
}
