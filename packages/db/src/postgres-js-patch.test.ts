import { createRequire } from "node:module";
import { type TestDatabase, testDatabase } from "@valet/testkit";
import { Client } from "pg";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

// postgres.js is patched (packages/db/patches): unpatched, it gives wrong rows without an error in
// both cases below. A lost patch or another version turns this red.

const copies: Record<string, typeof postgres> = {
  module: postgres,
  // The same package's other copy; `require` knows nothing of its type.
  commonjs: createRequire(import.meta.url)("postgres"),
};
const threeRows = [{ i: 1 }, { i: 2 }, { i: 3 }];

let database: TestDatabase;
let admin: Client;

beforeAll(async () => {
  database = await testDatabase();
  admin = new Client({ connectionString: database.url });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe.each(Object.entries(copies))("the %s copy", (name, connect) => {
  const applicationName = `patch-${name}`;

  function open() {
    const sql = connect(database.url, {
      max: 1,
      fetch_types: false,
      connection: { application_name: applicationName },
    });
    onTestFinished(() => sql.end());
    return sql;
  }

  test("a query that fails half-way leaves nothing in the next answer", async () => {
    const sql = open();
    await expect(sql`select 100 / (5 - i) from generate_series(1, 9) i`).rejects.toThrow(
      "division by zero",
    );

    expect([...(await sql`select i from generate_series(1, 3) i`)]).toEqual(threeRows);
  });

  test("a connection cut in the middle of an answer leaves nothing in the next one", async () => {
    const sql = open();
    const answer = sql`
      select i, repeat('x', 100), case when i = 20000 then pg_sleep(60) end
      from generate_series(1, 30000) i`;
    const failed = expect(answer).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    const untilAsleep = async () => {
      const { rows } = await admin.query(
        "select wait_event from pg_stat_activity where application_name = $1",
        [applicationName],
      );
      expect(rows).toEqual([{ wait_event: "PgSleep" }]);
    };
    // On a busy machine the rows before take their time.
    await vi.waitFor(untilAsleep, { timeout: 30_000 });

    await admin.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1",
      [applicationName],
    );
    await failed;

    expect([...(await sql`select i from generate_series(1, 3) i`)]).toEqual(threeRows);
  });
});
