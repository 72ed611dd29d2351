import { Profile, ProfileSource, ValetError, maxSavedAnswers } from "@valet/contracts";
import { type SourcedProfile, keepSources } from "@valet/domain";
import { sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** The applicant's facts; an empty profile when none were given. */
export async function getProfile(db: Querier, userId: string): Promise<Profile> {
  return (await getSourcedProfile(db, userId)).profile;
}

export interface StoredProfile extends SourcedProfile {
  /** One more with every change. */
  readonly version: number;
}

/** The same with the places of what the person did not write. */
export async function getSourcedProfile(db: Querier, userId: string): Promise<StoredProfile> {
  const row = await db
    .selectFrom("profiles")
    .select(["profile", "sources", "version"])
    .where("userId", "=", userId)
    .executeTakeFirst();
  return row === undefined ? { profile: {}, sources: {}, version: 0 } : storedOf(row);
}

const Sources = z.record(z.string(), ProfileSource);

function storedOf(row: {
  readonly profile: unknown;
  readonly sources: unknown;
  readonly version: number;
}): StoredProfile {
  const { profile, sources, version } = row;
  return { profile: Profile.parse(profile), sources: Sources.parse(sources), version };
}

/** Replaces what the person says of themselves, the answer bank only where it is there. Throws `ANSWER_LIMIT`. */
export function putProfile(db: Querier, userId: string, profile: Profile): Promise<StoredProfile> {
  return putProfileOver(db, userId, { profile, isRight: () => true });
}

/** The same over a version that is the right one; throws `STALE_PROFILE` over another. */
export function putProfileOver(
  db: Querier,
  userId: string,
  {
    profile,
    isRight,
  }: { readonly profile: Profile; readonly isRight: (version: number) => boolean },
): Promise<StoredProfile> {
  return changeSourcedProfile(db, userId, (stored) => {
    if (!isRight(stored.version)) throw staleProfile();
    const wanted = keepAnswers(profile, stored.profile);
    return { profile: wanted, sources: keepSources(stored, wanted) };
  });
}

function staleProfile(): ValetError {
  return new ValetError(
    "STALE_PROFILE",
    "What is stored about you was changed elsewhere after it was read here. Nothing was stored, so that nothing of it is lost. Look at it again and repeat your change.",
  );
}

/** Whoever edits facts need not know of the answers that were given to forms. */
function keepAnswers(profile: Profile, stored: Profile): Profile {
  const savedAnswers = stored.application?.savedAnswers;
  if (savedAnswers === undefined || profile.application?.savedAnswers !== undefined) return profile;
  return { ...profile, application: { ...profile.application, savedAnswers } };
}

/** Changes what the person says of themselves: a value that is another one now is their own. */
export async function changeProfile(
  db: Querier,
  userId: string,
  change: (stored: Profile) => Profile,
): Promise<void> {
  await changeSourcedProfile(db, userId, (stored) => {
    const profile = change(stored.profile);
    return { profile, sources: keepSources(stored, profile) };
  });
}

/**
 * The only way to write a profile: what `change` is given stays as it is until what it makes of it is
 * stored, so that of two changes at once neither is lost. Take it after the lock on a task, never before.
 * Throws `ANSWER_LIMIT`.
 */
export async function changeSourcedProfile(
  db: Querier,
  userId: string,
  change: (stored: StoredProfile) => SourcedProfile,
): Promise<StoredProfile> {
  if (!db.isTransaction) {
    return db.transaction().execute((trx) => changeSourcedProfile(trx, userId, change));
  }
  // There has to be a row to lock.
  await db
    .insertInto("profiles")
    .values({ userId, version: 0, profile: jsonValue({}) })
    .onConflict((conflict) => conflict.column("userId").doNothing())
    .execute();
  const row = await db
    .selectFrom("profiles")
    .select(["profile", "sources", "version"])
    .where("userId", "=", userId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const stored = storedOf(row);
  const changed = change(stored);
  assertRoom(stored.profile, changed.profile);
  await db
    .updateTable("profiles")
    .set({
      profile: jsonValue(changed.profile),
      sources: jsonValue(changed.sources),
      version: sql`version + 1`,
      updatedAt: sql`now()`,
    })
    .where("userId", "=", userId)
    .execute();
  return { ...changed, version: stored.version + 1 };
}

/** Who has more from earlier may keep them and take some away. */
function assertRoom(stored: Profile, changed: Profile): void {
  if (countAnswers(changed) <= Math.max(maxSavedAnswers, countAnswers(stored))) return;
  throw new ValetError(
    "ANSWER_LIMIT",
    `One person may have ${maxSavedAnswers} saved answers. Nothing was stored. Delete some that are not needed first.`,
  );
}

function countAnswers({ application }: Profile): number {
  return application?.savedAnswers?.length ?? 0;
}
