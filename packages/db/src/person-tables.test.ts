import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { personTables, tablesNotGiven } from "./person-tables.ts";
import { readPersonRows } from "./read-person-rows.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { writeTask } from "./write-task.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const tablesHere = async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(store.db);
  return rows.map(({ name }) => name).toSorted();
};

/** What no table may be: neither given to its person nor named with a reason. */
const forgotten = (tables: readonly string[]) =>
  tables.filter(
    (name) => !(name in tablesNotGiven) && !personTables.some((table) => table.name === name),
  );

test("every table is given to its person, or named with the reason why not", async () => {
  const tables = await tablesHere();
  expect(forgotten(tables)).toEqual([]);
  const named = [...personTables.map(({ name }) => name), ...Object.keys(tablesNotGiven)];
  expect(named.toSorted()).toEqual(tables);
  expect(new Set(named).size).toBe(named.length);
});

test("a new table that nobody thought of is found", async () => {
  await sql`create table forgotten_diary (user_id uuid references users)`.execute(store.db);
  expect(forgotten(await tablesHere())).toEqual(["forgotten_diary"]);
  await sql`drop table forgotten_diary`.execute(store.db);
});

test("what is left out of a table and what orders it are columns that it has", async () => {
  for (const { name, key, omit = [] } of personTables) {
    const { rows } = await sql<{ column: string; isKey: boolean }>`
      select attribute.attname as column, coalesce(attribute.attnum = any (index.indkey), false) as is_key
      from pg_attribute attribute
      left join pg_index index on index.indrelid = attribute.attrelid and index.indisprimary
      where attribute.attrelid = ${name}::regclass and attribute.attnum > 0
        and not attribute.attisdropped`.execute(store.db);
    const keys = rows.filter(({ isKey }) => isKey).map(({ column }) => column);
    expect([name, keys.toSorted()]).toEqual([name, key.toSorted()]);
    for (const column of omit) expect(rows.map((row) => row.column)).toContain(column);
  }
});

test("rows come in pages, each once, and only the person's own", async () => {
  const [mine, theirs] = [await store.newTask(), await store.newTask()];
  for (const { id } of [mine, theirs]) {
    await writeTask(store.writer, id, ({ append }) => {
      for (let index = 0; index < 450; index += 1)
        append({ type: "progress", data: { step: "fill-fields", pct: 1, message: "Filling." } });
    });
  }
  const table = personTables.find(({ name }) => name === "task_events");
  if (table === undefined) throw new Error("Events are given.");
  const seqs: unknown[] = [];
  for await (const row of readPersonRows(store.db, { table, userId: mine.userId })) {
    expect(row).toMatchObject({ taskId: mine.id, data: expect.any(Object) });
    seqs.push(row["seq"]);
  }
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
  expect(seqs.length).toBeGreaterThanOrEqual(450);
});
