import { type CoolDown, coolDown } from "@valet/domain";
import type { Db, Querier } from "./connect.ts";

/** A host has turned somebody away: it is left alone, for longer each time. Gives until when. */
export async function strikeHost(
  db: Db,
  host: string,
  turnedAway: { readonly now: Date; readonly retryAfterMs?: number },
): Promise<CoolDown> {
  return db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom("coolDowns")
      .selectAll()
      .where("host", "=", host)
      .forUpdate()
      .executeTakeFirst();
    const { strikes, struckAt, until } = coolDown(before, turnedAway);
    await trx
      .insertInto("coolDowns")
      .values({ host, strikes, struckAt, until })
      .onConflict((conflict) => conflict.column("host").doUpdateSet({ strikes, struckAt, until }))
      .execute();
    return { strikes, struckAt, until };
  });
}

/**
 * Hosts that are left alone now.
 *
 * @param userId shows only those with applications of this person that have not ended: others say where other
 * people apply.
 */
export async function listCoolDowns(
  db: Querier,
  { now, userId }: { readonly now: Date; readonly userId: string | undefined },
): Promise<(CoolDown & { host: string })[]> {
  let query = db.selectFrom("coolDowns").selectAll().where("until", ">", now).orderBy("until");
  if (userId !== undefined) {
    query = query.where("host", "in", (eb) =>
      eb
        .selectFrom("tasks")
        .select("tasks.host")
        .where("tasks.userId", "=", userId)
        .where("tasks.finishedAt", "is", null),
    );
  }
  return query.execute();
}
