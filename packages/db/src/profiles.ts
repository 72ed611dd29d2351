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

/** The same with the places of what the person did not write. */
export async function getSourcedProfile(db: Querier, userId: string): Promise<SourcedProfile> {
  const row = await db
    .selectFrom("profiles")
    .select(["profile", "sources"])
    .where("userId", "=", userId)
    .executeTakeFirst();
  return row === undefined ? { profile: {}, sources: {} } : sourcedOf(row);
}

const Sources = z.record(z.string(), ProfileSource);

function sourcedOf(row: { readonly profile: unknown; readonly sources: unknown }): SourcedProfile {
  return { profile: Profile.parse(row.profile), sources: Sources.parse(row.sources) };
}

/** Replaces the facts, and the answer bank only where the profile says what is in it. */
export async function putProfile(db: Querier, userId: string, profile: Profile): Promise<void> {
  await changeProfile(db, userId, (stored) => keepAnswers(profile, stored));
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
  change: (stored: SourcedProfile) => SourcedProfile,
): Promise<SourcedProfile> {
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
    .select(["profile", "sources"])
    .where("userId", "=", userId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const stored = sourcedOf(row);
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
  return changed;
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
