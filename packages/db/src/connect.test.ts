import { createLogger } from "@valet/runtime";
import { type TestDatabase, testDatabase } from "@valet/testkit";
import { AbortedTransactionError, sql } from "kysely";
import { Client } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Database, connectDb } from "./connect.ts";

const quiet = createLogger({ name: "test", level: "silent" });
const numbers = sql<{ i: number }>`select i from generate_series(1, 3) i`;
const threeRows = [{ i: 1 }, { i: 2 }, { i: 3 }];
/** Sends most of its rows, then waits in the middle of the answer. */
const stalledAnswer = sql`
  select i, repeat('x', 100), case when i = 20000 then pg_sleep(60) end
  from generate_series(1, 30000) i`;

let server: TestDatabase;
let admin: Client;

beforeAll(async () => {
  server = await testDatabase();
  admin = new Client({ connectionString: server.url });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await server.drop();
});

let connected = 0;

function connect(log = quiet): Database & { readonly name: string } {
  connected += 1;
  const name = `connect-test-${connected}`;
  const database = connectDb({ url: server.url, applicationName: name, maxConnections: 1, log });
  onTestFinished(() => database.close());
  return { ...database, name };
}

async function activityOf(name: string): Promise<{ pid: number; waits: string | null }[]> {
  const { rows } = await admin.query<{ pid: number; waits: string | null }>(
    "select pid, wait_event as waits from pg_stat_activity where application_name = $1",
    [name],
  );
  return rows;
}

async function cut(name: string): Promise<void> {
  await admin.query(
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1",
    [name],
  );
}

async function untilWaitingFor(event: "PgSleep" | "advisory", name: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await activityOf(name)).map((row) => row.waits)).toEqual([event]);
  }, 10_000);
}

test("a transaction in which nobody speaks any more is given up, with what it has locked", async () => {
  const { db } = connect();
  const database = connectDb({
    url: server.url,
    applicationName: "frozen",
    maxConnections: 1,
    maxSilenceMs: 200,
    log: quiet,
  });
  onTestFinished(() => database.close());
  const lock = sql`select pg_advisory_xact_lock(81)`;
  const woken = Promise.withResolvers<void>();
  const frozen = database.db.transaction().execute(async (trx) => {
    await lock.execute(trx);
    await woken.promise;
    await sql`select 1`.execute(trx);
  });
  await vi.waitFor(async () => {
    expect((await activityOf("frozen")).map(({ waits }) => waits)).toEqual(["ClientRead"]);
  });

  await db.transaction().execute(async (trx) => void (await lock.execute(trx)));
  woken.resolve();

  await expect(frozen).rejects.toMatchObject({ code: "POSTGRES_UNAVAILABLE" });
  expect((await sql`select 1 as i`.execute(database.db)).rows).toEqual([{ i: 1 }]);
});

test("columns are camelCase, keys inside jsonb stay as they are", async () => {
  const { db } = connect();

  const { rows } = await sql`select 1 as byte_size, '{"first_name": 1}'::jsonb as raw_data`.execute(
    db,
  );

  expect(rows).toEqual([{ byteSize: 1, rawData: { first_name: 1 } }]);
});

test("a query that fails half-way leaves nothing in the next answer", async () => {
  const { db } = connect();

  await expect(sql`select 100 / (5 - i) from generate_series(1, 9) i`.execute(db)).rejects.toThrow(
    "division by zero",
  );

  expect((await numbers.execute(db)).rows).toEqual(threeRows);
});

test("a connection cut in the middle of an answer is named, and the next answer is whole", async () => {
  const { db, name } = connect();
  const failure = stalledAnswer.execute(db).catch((thrown: unknown) => thrown);
  // Asked at once: the socket is still closing, and must not be used again.
  const next = failure.then(() => numbers.execute(db));
  await untilWaitingFor("PgSleep", name);

  await cut(name);

  expect(await failure).toMatchObject({ code: "POSTGRES_UNAVAILABLE" });
  expect((await next).rows).toEqual(threeRows);
  expect((await numbers.execute(db)).rows).toEqual(threeRows);
});

test("a connection cut while nobody uses it is replaced without a word to the caller", async () => {
  const lines: string[] = [];
  const log = createLogger({
    name: "test",
    level: "info",
    destination: { write: (line) => void lines.push(line) },
  });
  const { db, name } = connect(log);
  await numbers.execute(db);

  await cut(name);
  await vi.waitFor(() => expect(lines.join("")).toContain("an idle database connection was lost"));

  expect((await numbers.execute(db)).rows).toEqual(threeRows);
});

test("after its connection was cut, no statement of a transaction runs outside of it", async () => {
  const { db, name } = connect();
  await sql`create table cut_transaction (i int)`.execute(db);
  let meanwhile: Promise<unknown> | undefined;

  const transaction = db.transaction().execute(async (trx) => {
    await sql`insert into cut_transaction values (1)`.execute(trx);
    await cut(name);
    meanwhile = numbers.execute(db);
    await sql`insert into cut_transaction values (2)`.execute(trx);
  });

  await expect(transaction).rejects.toMatchObject({ code: "POSTGRES_UNAVAILABLE" });
  await meanwhile;
  expect((await sql`select i from cut_transaction`.execute(db)).rows).toEqual([]);
});

test("a transaction whose failed statement was swallowed does not pass for committed", async () => {
  const { db } = connect();
  await sql`create table swallowed (i int primary key)`.execute(db);

  const transaction = db.transaction().execute(async (trx) => {
    await sql`insert into swallowed values (1)`.execute(trx);
    await sql`insert into swallowed values (1)`.execute(trx).catch(() => {});
  });

  await expect(transaction).rejects.toThrow(AbortedTransactionError);
  expect((await sql`select i from swallowed`.execute(db)).rows).toEqual([]);
});

test("an aborted query is cancelled in the server too", async () => {
  const { db, name } = connect();
  const controller = new AbortController();
  const sleeping = expect(
    sql`select pg_sleep(60)`.execute(db, {
      signal: controller.signal,
      inflightQueryAbortStrategy: "cancel query",
    }),
  ).rejects.toThrow("stop");
  await untilWaitingFor("PgSleep", name);

  controller.abort(new Error("stop"));
  await sleeping;

  await vi.waitFor(async () => {
    expect((await activityOf(name)).map((row) => row.waits)).not.toContain("PgSleep");
  });
  expect((await numbers.execute(db)).rows).toEqual(threeRows);
});

test("a Postgres that is not there is reported without the address or the password", async () => {
  const database = connectDb({
    url: "postgres://ada:canary-password@127.0.0.1:1/canary-database",
    applicationName: "connect-test",
    maxConnections: 1,
    log: quiet,
  });
  onTestFinished(() => database.close());

  const error: unknown = await database.check().catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({
    code: "POSTGRES_UNAVAILABLE",
    details: { reason: "ECONNREFUSED" },
  });
  expect(String(error)).not.toContain("canary");
});

test("a refused row reaches the log as code, table and constraint only", async () => {
  const lines: string[] = [];
  const log = createLogger({
    name: "test",
    level: "debug",
    destination: { write: (line) => void lines.push(line) },
  });
  const { db } = connect();
  await sql`create table people (id uuid, email text constraint one_email unique)`.execute(db);
  const insert = (email: string) => sql`insert into people (email) values (${email})`.execute(db);
  await insert("canary-ada@example.com");

  const failures = [
    () => insert("canary-ada@example.com"),
    () => sql`select ${"canary-no-uuid"}::uuid`.execute(db),
    () => sql`insert into people (id) select ${"canary-no-uuid"}::text::uuid`.execute(db),
  ];
  for (const failure of failures) {
    const err: unknown = await failure().catch((thrown: unknown) => thrown);
    expect(String(err)).toMatch(/canary|one_email/);
    log.error({ err }, "query failed");
  }

  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    err: { type: "PostgresError", code: "23505", table: "people", constraint: "one_email" },
  });
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toContain("canary");
});

test("closing waits for the query under way and leaves no connection", async () => {
  const { db, name, close } = connect();
  const finished: string[] = [];
  await admin.query("select pg_advisory_lock(82)");
  const query = sql`select pg_advisory_xact_lock(82)`
    .execute(db)
    .then(() => finished.push("query"));
  await untilWaitingFor("advisory", name);

  const closing = close().then(() => finished.push("close"));
  await admin.query("select pg_advisory_unlock(82)");
  await Promise.all([query, closing]);

  expect(finished).toEqual(["query", "close"]);
  await vi.waitFor(async () => expect(await activityOf(name)).toEqual([]));
});

test("a database that was never used can be closed", async () => {
  const { name, close } = connect();

  await expect(close()).resolves.toBeUndefined();
  expect(await activityOf(name)).toEqual([]);
});
