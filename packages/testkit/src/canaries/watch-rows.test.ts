import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../test-services.ts";
import { searchForCanaries } from "./search-for-canaries.ts";
import { until } from "../until.ts";
import { watchRows } from "./watch-rows.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, fetch_types: false });
});
afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

const planted = { old: "Canary-of-before", text: "Canary-in-text", bytes: "Canary-in-bytes" };
const search = searchForCanaries(planted);

test("what is written after the watch began is found, in texts, JSON, bytes and parts of tables", async () => {
  await sql`create table notes (note jsonb, bytes bytea)`;
  await sql`create schema other`;
  await sql`create table other.parts (id int, note text) partition by list (id)`;
  await sql`create table other.parts_1 partition of other.parts for values in (1)`;
  await sql`insert into notes values (${JSON.stringify({ note: planted.old })}::text::jsonb, null)`;
  const watch = await until("no transaction of another test is open", async () => {
    const opened = await watchRows(database.url);
    if (!(await opened.written()).has("public.notes")) return opened;
    await opened.close();
    return undefined;
  });
  try {
    await sql`insert into notes values (null, ${Buffer.from(planted.bytes)})`;
    await sql`insert into other.parts values (1, ${planted.text})`;
    const written = await watch.written();
    const found = [...written].map(([table, rows]) => [table, search.find(rows)]);
    expect(found).toEqual([
      ["other.parts_1", ["text (as it is)"]],
      ["public.notes", ["bytes (hex)"]],
    ]);
    // An old row that is changed is a new one.
    await sql`update notes set bytes = ''`;
    expect(search.find((await watch.written()).get("public.notes") ?? "")).toContain(
      "old (as it is)",
    );
  } finally {
    await watch.close();
  }
});
