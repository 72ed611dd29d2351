import { type Logger, Secret } from "@valet/runtime";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import { Pool, type PoolClient } from "pg";
import { isConnectionLost, postgresUnavailable } from "./postgres-unavailable.ts";

export interface ConnectDbInput {
  readonly url: string | Secret;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly maxConnections: number;
  /** How long a transaction may stand still before the server gives it up; 20 s unless given. */
  readonly maxSilenceMs?: number;
  readonly log: Logger;
}

const connectTimeoutMs = 10_000;
/**
 * A process that is frozen in a transaction keeps its locks, and with a task's row everybody who would mend
 * that task. It has to let go before the engine, after 30 s, gives its work to another.
 */
const maxSilenceMs = 20_000;

export function openPool(input: ConnectDbInput): Pool {
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
  return pool;
}

/** For Kysely. A connection is handed out once `prepare` is done with it; one that it fails on is closed. */
export function guardPool(
  pool: Pool,
  prepare?: (client: PoolClient) => Promise<void>,
): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw postgresUnavailable(error);
      });
      try {
        await prepare?.(client);
      } catch (error) {
        client.release(true);
        throw isConnectionLost(error) ? postgresUnavailable(error) : error;
      }
      return guardClient(client);
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
