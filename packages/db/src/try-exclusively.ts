import { sql } from "kysely";
import type { Db } from "./connect.ts";

/** By then a process that holds the lock is frozen, and another one may have it. */
const longestWorkMs = 300_000;

/**
 * Does the work unless another process is doing the same, by name; then it is `busy` at once. The
 * lock is held by an open transaction, so it goes with the process that held it.
 */
export async function tryExclusively<T>(
  db: Db,
  name: string,
  work: () => Promise<T>,
): Promise<{ readonly kind: "done"; readonly result: T } | { readonly kind: "busy" }> {
  return db.transaction().execute(async (trx) => {
    // It is silent for as long as the work lasts.
    await sql`set local idle_in_transaction_session_timeout = ${sql.lit(`${longestWorkMs}`)}`.execute(
      trx,
    );
    const { rows } = await sql<{
      locked: boolean;
    }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`.execute(trx);
    return rows[0]?.locked === true ? { kind: "done", result: await work() } : { kind: "busy" };
  });
}
