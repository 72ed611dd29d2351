import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { type Logger, Secret } from "@valet/runtime";
import { Client, DatabaseError } from "pg";
import { isConnectionLost, postgresUnavailable } from "./postgres-unavailable.ts";

export interface MigrateInput {
  readonly url: string | Secret;
  /** Holds `0001_name.sql`, `0002_name.sql`, …: forward only, never edited once applied. */
  readonly directory: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Brings the database to the newest migration of the directory: each file in a transaction of its
 * own, under a lock, so that processes may start together. Returns the files it applied.
 *
 * @throws ValetError `MIGRATION_FAILED`, naming the file, when one cannot be applied, was edited or
 * removed after it was applied, or the database was made by newer code; `POSTGRES_UNAVAILABLE`.
 */
export async function migrate(input: MigrateInput): Promise<readonly string[]> {
  const { url, directory, log, signal } = input;
  const migrations = await readMigrations(directory);
  signal.throwIfAborted();
  const client = new Client({
    connectionString: url instanceof Secret ? url.reveal() : url,
    application_name: "valet-migrate",
  });
  client.on("error", (err) => log.debug({ err }, "the connection for migrations was lost"));
  // Ending the connection is what ends a statement that waits, above all the one for the lock.
  const abort = () => void client.end();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await client.connect();
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const waiting = await findWaiting(client, migrations);
    for (const migration of waiting) {
      await apply(client, migration);
      log.info({ file: migration.file }, "migration applied");
    }
    return waiting.map((migration) => migration.file);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ValetError || !isConnectionLost(error)) throw error;
    throw postgresUnavailable(error);
  } finally {
    signal.removeEventListener("abort", abort);
    // The lock belongs to the connection and goes with it.
    await client.end();
  }
}

/** SQLSTATE of `raise exception`. */
const raisedException = "P0001";

/** Any number, as long as nothing else locks it. */
const migrationLock = 7_261_540_001;

interface Migration {
  readonly file: string;
  readonly sql: string;
  readonly sha256: string;
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(
    files.map(async (file, index) => {
      const number = String(index + 1).padStart(4, "0");
      if (!new RegExp(`^${number}_[a-z0-9_]+\\.sql$`).test(file)) {
        throw migrationFailed(file, `was found where ${number}_name.sql was expected. Rename it`);
      }
      const sql = await readFile(join(directory, file), "utf8");
      return { file, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function findWaiting(client: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  await client.query(`create table if not exists schema_migrations (
    file text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`);
  const applied = await client.query<{ file: string; sha256: string }>(
    "select file, sha256 from schema_migrations order by file",
  );
  applied.rows.forEach((row, index) => {
    const migration = migrations[index];
    if (migration === undefined) {
      throw migrationFailed(
        row.file,
        "is in the database but not in this version of Valet, which is older. Start a newer one",
      );
    }
    if (migration.file !== row.file) {
      throw migrationFailed(
        migration.file,
        `stands where the database has ${row.file}. Restore that file, and put new ones after it`,
      );
    }
    if (migration.sha256 !== row.sha256) {
      throw migrationFailed(
        row.file,
        "was edited after it was applied. Restore it, and put the change into a new file",
      );
    }
  });
  return migrations.slice(applied.rows.length);
}

async function apply(client: Client, { file, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migrations (file, sha256) values ($1, $2)", [
      file,
      sha256,
    ]);
    await client.query("commit");
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    await client.query("rollback");
    throw migrationFailed(
      file,
      `was refused by Postgres (${placeOf(error, sql)}) and changed nothing. Correct it`,
      error,
    );
  }
}

/** What the migration itself says, else SQLSTATE and line: the server's own words may quote a row. */
function placeOf(error: DatabaseError, sql: string): string {
  const code = error.code ?? "unknown";
  if (code === raisedException) return error.message;
  if (error.position === undefined) return code;
  return `${code}, line ${sql.slice(0, Number(error.position)).split("\n").length}`;
}

function migrationFailed(file: string, problem: string, cause?: unknown): ValetError {
  return new ValetError(
    "MIGRATION_FAILED",
    `The migration ${file} ${problem}, then start again.`,
    { file },
    { cause },
  );
}
