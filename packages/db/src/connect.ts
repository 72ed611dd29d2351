import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type Transaction,
  sql,
} from "kysely";
import { Client } from "pg";
import { type ConnectDbInput, guardPool, openPool } from "./guarded-pool.ts";
import type { DB } from "./schema.gen.ts";

export type { ConnectDbInput };

export type Db = Kysely<DB>;

/** What a query function takes first: the caller owns the transaction. */
export type Querier = Db | Transaction<DB>;

export interface Database {
  readonly db: Db;
  /** Asks the server for an answer. Throws `POSTGRES_UNAVAILABLE` when there is none. */
  readonly check: () => Promise<void>;
  /** Waits for the queries under way, then closes every connection. */
  readonly close: () => Promise<void>;
}

/**
 * A pool that opens connections as they are needed, so it may be made before Postgres is there;
 * wait with `check`. A query whose connection is lost throws `POSTGRES_UNAVAILABLE`; if it was a
 * commit, whether it happened is unknown. Every other fault of a query is the driver's own error.
 */
export function connectDb(input: ConnectDbInput): Database {
  const pool = openPool(input);
  const db = queryThrough(guardPool(pool));
  return {
    db,
    check: async () => void (await sql`select 1`.execute(db)),
    async close() {
      // Kysely ends the pool only if it has used it.
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

/** Databases of one person each, over one pool. */
export interface PersonDbs {
  /**
   * Shows and takes rows of this person alone, by the database's own rule (docs/decisions/0018): whatever
   * a query asks for. To be made for each request; it costs nothing until it is used.
   */
  readonly forPerson: (userId: string) => Db;
  /** Waits for the queries under way, then closes every connection. */
  readonly close: () => Promise<void>;
}

/** As `connectDb`, with one more round trip each time that a connection is taken from the pool. */
export function connectPersonDbs(input: ConnectDbInput): PersonDbs {
  const pool = openPool(input);
  return {
    forPerson: (userId) =>
      queryThrough(
        guardPool(pool, async (client) => {
          // Both each time: nothing is left to what the last person's work may have done to the connection.
          await client.query(
            "select set_config('role', 'valet_person', false), set_config('valet.person', $1, false)",
            [userId],
          );
        }),
      ),
    close: () => pool.end(),
  };
}

function queryThrough(pool: PostgresPool): Db {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool, controlClient: Client }),
    // Keys inside jsonb are data, not column names.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
