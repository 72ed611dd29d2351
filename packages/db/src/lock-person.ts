import type { Querier } from "./connect.ts";

/**
 * Lets one transaction at a time decide what this person may send; held until it ends. Rows that
 * only refer to the person need not wait. Take it after the lock on a task, never before.
 */
export async function lockPerson(db: Querier, userId: string): Promise<void> {
  await db
    .selectFrom("users")
    .select("id")
    .where("id", "=", userId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}
