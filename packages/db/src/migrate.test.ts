import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@valet/runtime";
import { testDatabase } from "@valet/testkit";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { migrate } from "./migrate.ts";

const log = createLogger({ name: "test", level: "silent" });
const { signal } = new AbortController();

interface Bench {
  readonly url: string;
  /** Writes the files, given by name, into the directory of migrations. */
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
  readonly run: (runSignal?: AbortSignal) => Promise<readonly string[]>;
  readonly query: (text: string) => Promise<readonly unknown[]>;
}

async function startBench(): Promise<Bench> {
  const { url, drop } = await testDatabase();
  const directory = await mkdtemp(join(tmpdir(), "valet-migrations-"));
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await drop();
    await rm(directory, { recursive: true });
  });
  return {
    url,
    async write(files) {
      for (const [name, text] of Object.entries(files))
        await writeFile(join(directory, name), text);
    },
    remove: (file) => rm(join(directory, file)),
    run: (runSignal = signal) => migrate({ url, directory, log, signal: runSignal }),
    query: async (text) => (await client.query(text)).rows,
  };
}

const twoFiles = {
  "0001_people.sql": "create table people (id int primary key); insert into people values (1);",
  "0002_more.sql": "insert into people values (2);",
};

test("files are applied in order, once", async () => {
  const { write, run, query } = await startBench();
  await write(twoFiles);

  expect(await run()).toEqual(["0001_people.sql", "0002_more.sql"]);
  expect(await run()).toEqual([]);
  await write({ "0003_last.sql": "insert into people values (3);" });
  expect(await run()).toEqual(["0003_last.sql"]);
  expect(await query("select id from people order by id")).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ]);
});

test("processes that start together apply each file once", async () => {
  const { write, run, query } = await startBench();
  await write({ "0001_people.sql": "create table people (id int); select pg_sleep(0.05);" });
  await write({ "0002_more.sql": "insert into people values (2);" });

  const applied = await Promise.all([run(), run(), run(), run()]);

  expect(applied.flat().toSorted()).toEqual(["0001_people.sql", "0002_more.sql"]);
  expect(await query("select id from people")).toEqual([{ id: 2 }]);
});

test("a file that fails changes nothing, keeps those before it, and is named without its data", async () => {
  const { write, run, query } = await startBench();
  await write(twoFiles);
  await write({
    "0003_bad.sql": "insert into people values (3);\ninsert into people\nvalues ('canary-ada');",
  });

  const error: unknown = await run().catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({
    code: "MIGRATION_FAILED",
    details: { file: "0003_bad.sql" },
    message: expect.stringMatching(/0003_bad\.sql .*22P02, line 3/),
  });
  expect(String(error)).not.toContain("canary");
  expect(await query("select id from people order by id")).toEqual([{ id: 1 }, { id: 2 }]);

  await write({ "0003_bad.sql": "insert into people values (3);" });
  expect(await run()).toEqual(["0003_bad.sql"]);
});

test("a file and the record of it are kept or lost together", async () => {
  const { write, run, query } = await startBench();
  await write({ "0001_people.sql": "create table people (id int); drop table schema_migrations;" });

  await expect(run()).rejects.toMatchObject({ code: "MIGRATION_FAILED" });
  expect(await query("select from pg_tables where tablename = 'people'")).toEqual([]);
});

test("a file edited after it was applied is refused", async () => {
  const { write, run } = await startBench();
  await write(twoFiles);
  await run();
  await write({ "0001_people.sql": `${twoFiles["0001_people.sql"]} ` });

  await expect(run()).rejects.toMatchObject({
    code: "MIGRATION_FAILED",
    message: expect.stringContaining("0001_people.sql was edited"),
  });
});

test("a database made by newer code is refused", async () => {
  const { write, remove, run } = await startBench();
  await write(twoFiles);
  await run();
  await remove("0002_more.sql");

  await expect(run()).rejects.toMatchObject({
    code: "MIGRATION_FAILED",
    message: expect.stringContaining("0002_more.sql is in the database but not in this version"),
  });
});

test("a file put in place of one that was applied is refused", async () => {
  const { write, remove, run } = await startBench();
  await write(twoFiles);
  await run();
  await remove("0002_more.sql");
  await write({ "0002_other.sql": "select 1;" });

  await expect(run()).rejects.toMatchObject({
    code: "MIGRATION_FAILED",
    message: expect.stringContaining("0002_other.sql stands where the database has 0002_more.sql"),
  });
});

test("a gap in the numbers or a strange name is refused before anything runs", async () => {
  const { write, run, query } = await startBench();
  await write({ "0001_people.sql": "select 1;", "0003_more.sql": "select 1;" });

  await expect(run()).rejects.toMatchObject({ details: { file: "0003_more.sql" } });
  expect(await query("select from pg_tables where tablename = 'schema_migrations'")).toEqual([]);
});

test("the signal ends a wait for another process's lock", async () => {
  const { write, run, query } = await startBench();
  await write({ "0001_people.sql": "select pg_sleep(60);" });
  const first = new AbortController();
  const second = new AbortController();
  const sleeping = expect(run(first.signal)).rejects.toThrow("stop the first");
  await untilMigrating(query, ["PgSleep"]);
  const waiting = expect(run(second.signal)).rejects.toThrow("stop the second");
  await untilMigrating(query, ["PgSleep", "advisory"]);

  second.abort(new Error("stop the second"));
  await waiting;
  first.abort(new Error("stop the first"));
  await sleeping;
});

async function untilMigrating(query: Bench["query"], waits: readonly string[]): Promise<void> {
  await vi.waitFor(async () => {
    const rows = await query(`select wait_event from pg_stat_activity
      where application_name = 'valet-migrate' and datname = current_database() order by 1`);
    expect(rows).toEqual(waits.map((wait) => ({ wait_event: wait })));
  });
}

test("a Postgres that is not there is reported as such", async () => {
  const directory = await mkdtemp(join(tmpdir(), "valet-migrations-"));
  onTestFinished(() => rm(directory, { recursive: true }));

  await expect(
    migrate({ url: "postgres://a:b@127.0.0.1:1/c", directory, log, signal }),
  ).rejects.toMatchObject({ code: "POSTGRES_UNAVAILABLE" });
});
