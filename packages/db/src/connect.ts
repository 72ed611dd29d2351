import { type Logger, Secret } from "@valet/runtime";
import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
  sql,
} from "kysely";
import { Client, Pool, type PoolClient } from "pg";
import { isConnectionLost, postgresUnavailable } from "./postgres-unavailable.ts";
import type { DB } from "./schema.gen.ts";

export type Db = Kysely<DB>;

/** What a query function takes first: the caller owns the transaction. */
export type Querier = Db | Transaction<DB>;

export interface ConnectDbInput {
  readonly url: string | Secret;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly maxConnections: number;
  /** How long a transaction may stand still before the server gives it up; 20 s unless given. */
  readonly maxSilenceMs?: number;
  readonly log: Logger;
}

export interface Database {
  readonly db: Db;
  /** Asks the server for an answer. Throws `POSTGRES_UNAVAILABLE` when there is none. */
  readonly check: () => Promise<void>;
  /** Waits for the queries under way, then closes every connection. */
  readonly close: () => Promise<void>;
}

const connectTimeoutMs = 10_000;
/**
 * A process that is frozen in a transaction keeps its locks, and with a task's row everybody who would mend
 * that task. It has to let go before the engine, after 30 s, gives its work to another.
 */
const maxSilenceMs = 20_000;

/**
 * A pool that opens connections as they are needed, so it may be made before Postgres is there;
 * wait with `check`. A query whose connection is lost throws `POSTGRES_UNAVAILABLE`; if it was a
 * commit, whether it happened is unknown. Every other fault of a query is the driver's own error.
 */
export function connectDb(input: ConnectDbInput): Database {
  const { url, applicationName, maxConnections, log } = input;
  const pool = new Pool({
    connectionString: url instanceof Secret ? url.reveal() : url,
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idle_in_transaction_session_timeout: input.maxSilenceMs ?? maxSilenceMs,
    keepAlive: true,
  });
  // Without listeners the loss of a connection that nobody is using would end the process. The
  // pool's listener serves idle connections, the client's one those between two queries.
  pool.on("error", (err) => log.warn({ err }, "an idle database connection was lost"));
  pool.on("connect", (client) => {
    client.on("error", (err) => log.debug({ err }, "a database connection was lost"));
  });

  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: guardPool(pool), controlClient: Client }),
    // Keys inside jsonb are data, not column names.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
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

function guardPool(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        return guardClient(await pool.connect());
      } catch (error) {
        throw postgresUnavailable(error);
      }
    },
  };
}

/** Names lost connections as such, and gives none of them back to the pool. */
function guardClient(client: PoolClient & { readonly processID?: number }): PostgresPoolClient {
  let isLost = false;
  const guarded = {
    processID: client.processID,
    async query(text: string, parameters: readonly unknown[]) {
      try {
        return await client.query(text, [...parameters]);
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        isLost = true;
        throw postgresUnavailable(error);
      }
    },
    release: (destroy?: boolean) => client.release(destroy === true || isLost),
  };
  // Kysely's type is generic in the row and has an overload for cursors, which need an option of theirs.
  return guarded as unknown as PostgresPoolClient;
}
