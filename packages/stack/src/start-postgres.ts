import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import postgres from "postgres";
import { freePort } from "./free-port.ts";
import { type OsUser, canRunAs, findPostgresUser } from "./os-user.ts";
import { type PostgresBinaries, findPostgresBinaries } from "./postgres-binaries.ts";
import { preferredPort, rememberPort } from "./remembered-ports.ts";
import { runOnce } from "./run-once.ts";
import type { StackLog } from "./stack-log.ts";
import { keepSecret, prepareStateDir, readIfThere, statePaths } from "./state-files.ts";
import { superviseProcess } from "./supervise-process.ts";

export interface StartPostgresInput {
  readonly stateDir: string;
  readonly cacheDir: string;
  /** The last one of this state, or a free one, unless given. */
  readonly port?: number;
  /** Gives up safety against a power cut for speed: for tests only. */
  readonly fast?: boolean;
  /** The npm package with the binaries; found unless given. */
  readonly packageDir?: string;
  readonly log: StackLog;
}

export interface RunningPostgres {
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  /** Where the binaries are run from. */
  readonly binary: string;
  /** The address of a database on this server, password included. The user may make databases. */
  readonly url: (database: string) => string;
  readonly close: () => Promise<void>;
}

/** The databases of a state: Valet's own, and the engine's, which nobody else touches. */
export const databaseNames = { valet: "valet", hatchet: "hatchet" } as const;

const superuser = "valet";

/**
 * An own Postgres on 127.0.0.1 only, with the databases `valet` and `hatchet`.
 *
 * The programs of the npm package are run directly: the class that comes with them installs signal
 * handlers that end our process before our own orderly stop, takes the whole environment along and
 * cannot run from another place.
 *
 * @throws `STACK_START_FAILED`
 */
export async function startPostgres(
  input: StartPostgresInput,
  signal?: AbortSignal,
): Promise<RunningPostgres> {
  const { stateDir, log } = input;
  await prepareStateDir(stateDir);
  const user = await findPostgresUser(log);
  const binaries = await findPostgresBinaries({ ...input, user });
  const password = await keepSecret(stateDir, "postgres-password");
  const dataDir = await prepareDataDir({ input, user, binaries, password }, signal);
  const port =
    input.port ?? (await freePort({ preferred: await preferredPort(stateDir, "postgres") }));
  const url = (database: string) =>
    `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  const server = await superviseProcess(
    {
      name: "postgres",
      stateDir,
      command: binaries.postgres,
      args: ["-D", dataDir, ...settings(port, input.fast === true)],
      env: cleanEnv(stateDir),
      cwd: stateDir,
      user,
      // Fast shutdown: connections are closed, the data is written.
      stopSignal: "SIGINT",
      graceMs: 20_000,
      ready: { kind: "attempt", attempt: () => runSql(url("postgres"), "select 1") },
      log,
    },
    signal,
  );
  try {
    await ensureDatabases(url);
    await rememberPort(stateDir, "postgres", port);
  } catch (error) {
    await server.close();
    throw error;
  }
  const { pid, close } = server;
  return { port, pid, version: binaries.version, binary: binaries.postgres, url, close };
}

function settings(port: number, fast: boolean): string[] {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    shared_buffers: "64MB",
    timezone: "UTC",
    log_timezone: "UTC",
    // A failed statement and its detail quote a person's data.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...(fast ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Nothing of our own environment: it holds keys, and PG* variables would change the server. */
function cleanEnv(stateDir: string): Record<string, string> {
  return { PATH: "/usr/bin:/bin", HOME: stateDir, LC_ALL: "C", TZ: "UTC" };
}

interface DataDirInput {
  readonly input: StartPostgresInput;
  readonly user: OsUser | undefined;
  readonly binaries: PostgresBinaries;
  readonly password: string;
}

async function prepareDataDir(
  { input, user, binaries, password }: DataDirInput,
  signal?: AbortSignal,
): Promise<string> {
  const folder = statePaths(input.stateDir).postgres;
  const dataDir = join(folder, "data");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) {
    await chown(folder, user.uid, user.gid);
    await requireWay(folder, user);
  }
  const existing = await readIfThere(join(dataDir, "PG_VERSION"));
  if (existing !== undefined) {
    refuseOtherMajor(existing.trim(), binaries.version, dataDir);
    return dataDir;
  }
  await initialise({ input, user, binaries, password }, dataDir, signal);
  return dataDir;
}

/** As another user than ours Postgres needs a way through every folder above its own. */
async function requireWay(folder: string, user: OsUser): Promise<void> {
  if (await canRunAs(user, "test", ["-w", folder])) return;
  throw new ValetError(
    "STACK_START_FAILED",
    `Postgres runs as the OS user "${user.name}", who cannot reach ${folder}. Set VALET_STATE_DIR to a folder whose parents every user may pass through.`,
    { folder, user: user.name },
  );
}

/** Made aside and renamed: a crash half-way leaves nothing that looks like a database. */
async function initialise(
  { input, user, binaries, password }: DataDirInput,
  dataDir: string,
  signal?: AbortSignal,
): Promise<void> {
  const { stateDir, log, fast } = input;
  const folder = statePaths(stateDir).postgres;
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  // Named after us: a killed start's initdb may still be writing to the one just removed.
  const draft = `${dataDir}.new.${process.pid}`;
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
  log("making the database files", { version: binaries.version });
  await runOnce(
    {
      title: "Making the database files",
      stateDir,
      logName: "postgres",
      command: binaries.initdb,
      args: [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        // The same on every machine, whatever locales its system has.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        ...(fast === true ? ["--no-sync"] : []),
      ],
      env: cleanEnv(stateDir),
      cwd: stateDir,
      user,
    },
    signal,
  );
  await rm(passwordFile);
  await rename(draft, dataDir);
}

function refuseOtherMajor(found: string, version: string, dataDir: string): void {
  const [major] = version.split(".");
  if (found === major) return;
  throw new ValetError(
    "STACK_START_FAILED",
    `The database in ${dataDir} was made by Postgres ${found}, this Valet brings ${major}. Move it over with pg_dump, or choose another VALET_STATE_DIR.`,
    { found, major },
  );
}

async function ensureDatabases(url: (database: string) => string): Promise<void> {
  const sql = connect(url("postgres"));
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`;
    const present = new Set(rows.map((row) => row.datname));
    for (const name of Object.values(databaseNames)) {
      if (!present.has(name)) await sql.unsafe(`create database ${name}`);
    }
    // The engine refuses to start on a database that is not in UTC.
    await sql.unsafe(`alter database ${databaseNames.hatchet} set timezone = 'UTC'`);
  } finally {
    await sql.end();
  }
}

/** One statement on a connection of its own. */
export async function runSql(url: string, statement: string): Promise<void> {
  const sql = connect(url);
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function connect(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 3, fetch_types: false, onnotice: () => {} });
}
