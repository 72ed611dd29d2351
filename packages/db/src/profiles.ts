import { Profile } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** The applicant's facts; an empty profile when none were given. */
export async function getProfile(db: Querier, userId: string): Promise<Profile> {
  const row = await db
    .selectFrom("profiles")
    .select("profile")
    .where("userId", "=", userId)
    .executeTakeFirst();
  return row === undefined ? {} : Profile.parse(row.profile);
}

export async function putProfile(db: Querier, userId: string, profile: Profile): Promise<void> {
  await db
    .insertInto("profiles")
    .values({ userId, profile: jsonValue(profile) })
    .onConflict((conflict) =>
      conflict.column("userId").doUpdateSet({
        profile: jsonValue(profile),
        version: sql`profiles.version + 1`,
        updatedAt: sql`now()`,
      }),
    )
    .execute();
}
