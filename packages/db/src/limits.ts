import { Limits, PersonLimits } from "@valet/contracts";
import { mergeLimits } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** What everybody is kept to: as configured, and before that as an admin has said. */
export async function readInstallationLimits(db: Querier, configured: Limits): Promise<Limits> {
  return mergeLimits(configured, await readAdminLimits(db));
}

/** What an admin has said, alone. */
export async function readAdminLimits(db: Querier): Promise<Limits> {
  const row = await db.selectFrom("installationLimits").select("limits").executeTakeFirst();
  return Limits.parse(row?.limits ?? {});
}

/** In place of all that an admin had said before. */
export async function writeInstallationLimits(db: Querier, limits: Limits): Promise<void> {
  const said = { limits: jsonValue(limits), updatedAt: sql<Date>`now()` };
  await db
    .insertInto("installationLimits")
    .values(said)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(said))
    .execute();
}

export interface OwnLimits {
  readonly limits: PersonLimits;
  readonly timeZone: string | null;
}

export async function readOwnLimits(db: Querier, userId: string): Promise<OwnLimits> {
  const row = await db
    .selectFrom("personLimits")
    .select(["limits", "timeZone"])
    .where("userId", "=", userId)
    .executeTakeFirst();
  return { limits: PersonLimits.parse(row?.limits ?? {}), timeZone: row?.timeZone ?? null };
}

/** In place of what the person had said before. */
export async function writeOwnLimits(
  db: Querier,
  userId: string,
  { limits, timeZone }: OwnLimits,
): Promise<void> {
  const said = { limits: jsonValue(limits), timeZone, updatedAt: sql<Date>`now()` };
  await db
    .insertInto("personLimits")
    .values({ userId, ...said })
    .onConflict((conflict) => conflict.column("userId").doUpdateSet(said))
    .execute();
}
