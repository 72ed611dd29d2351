import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createLogger } from "@valet/runtime";
import { testDatabase } from "@valet/testkit";
import { sql } from "kysely";
import { DatabaseError } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Db, type PersonDbs, connectDb, connectPersonDbs } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { type Filled, fillPerson } from "./own-rows.fixture.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

/** Tables without rows of people, each with why. Whoever adds one here was asked in a review. */
const nobodysTables: Readonly<Record<string, string>> = {
  schema_migrations: "which files were applied",
  erasures: "who is being erased; only the erasing itself reads it",
  erased_submissions: "that something was sent, in rows that lead to nobody",
  cool_downs: "which sites are left alone for a while, whoever they turned away",
  installation_limits: "what everybody is kept to",
  form_meanings: "what fields of sites mean, whoever came to them",
  form_recipes: "how widgets of a site are worked, without a value of anybody",
  session_hosts: "processes of ours: where they answer, counts and sizes",
};

const log = createLogger({ name: "test", level: "silent" });
let store: TestStore;
let people: PersonDbs;
let ada: Filled;
let grace: Filled;
let tables: readonly string[];
let adasRows: ReadonlyMap<string, readonly string[]>;
let gracesRows: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  store = await openTestStore();
  people = connectPersonDbs({ url: store.url, applicationName: "people", maxConnections: 1, log });
  tables = (await listTables()).flatMap(({ name }) => (name in nobodysTables ? [] : [name]));
  ada = await fillPerson(store.db);
  adasRows = await allRows(store.db);
  grace = await fillPerson(store.db);
  gracesRows = new Map(
    [...(await allRows(store.db))].map(([table, rows]) => [
      table,
      rows.filter((row) => adasRows.get(table)?.includes(row) !== true),
    ]),
  );
});
afterAll(async () => {
  await people?.close();
  await store?.close();
});

async function listTables() {
  const { rows } = await sql<{ name: string; isShut: boolean; policies: string; grants: string }>`
    select relname as name, relrowsecurity as is_shut,
      (select count(*) from pg_policies
        where tablename = relname and roles = '{valet_person}' and cmd = 'ALL') as policies,
      (select count(*) from information_schema.role_table_grants
        where table_name = relname and grantee in ('valet_person', 'PUBLIC')) as grants
    from pg_class where relkind in ('r', 'p', 'v', 'm') and relnamespace = 'public'::regnamespace
    order by relname`.execute(store.db);
  return rows;
}

async function rowsOf(db: Db, table: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select ${sql.ref(table)}::text as row from ${sql.table(table)}`.execute(db);
  return rows.map(({ row }) => row).toSorted();
}

async function allRows(db: Db): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>();
  for (const table of tables) all.set(table, await rowsOf(db, table));
  return all;
}

/** What came of it, undone at once: how many rows it touched, or the SQLSTATE that it was refused with. */
async function attempt(db: Db, statement: ReturnType<typeof sql>): Promise<number | string> {
  const undo = new Error("undo");
  let touched = 0;
  try {
    await db.transaction().execute(async (trx) => {
      const { numAffectedRows } = await statement.execute(trx);
      touched = Number(numAffectedRows ?? 0);
      throw undo;
    });
  } catch (error) {
    if (error instanceof DatabaseError) return error.code ?? "unknown";
    if (error !== undo) throw error;
  }
  return touched;
}

const refused = "42501";
const stillReferredTo = "23503";

test("every table keeps people apart, or is known to hold nothing of theirs", async () => {
  const found = await listTables();
  expect(found.length).toBeGreaterThan(20);
  const faults = found.filter(({ name, isShut, policies, grants }) =>
    name in nobodysTables ? Number(grants) > 0 : !isShut || Number(policies) !== 1,
  );
  expect(faults).toEqual([]);
  expect(Object.keys(nobodysTables).filter((name) => !found.some((t) => t.name === name))).toEqual(
    [],
  );
});

test("without it every row of everybody is there for the asking", async () => {
  for (const table of tables) {
    const both = await rowsOf(store.db, table);
    const [hers, others] = [adasRows.get(table) ?? [], gracesRows.get(table) ?? []];
    expect([table, hers.length > 0, others.length > 0]).toEqual([table, true, true]);
    expect([table, both.length]).toEqual([table, hers.length + others.length]);
  }
});

test("whatever a person asks for without a condition, they get rows of their own alone", async () => {
  for (const [person, own] of [
    [ada, adasRows],
    [grace, gracesRows],
  ] as const) {
    const db = people.forPerson(person.userId);
    let seen = 0;
    for (const table of tables) {
      const shown = await rowsOf(db, table).catch(
        (error: unknown) => (error as DatabaseError).code,
      );
      if (shown === refused) continue;
      seen += 1;
      expect([table, shown]).toEqual([table, own.get(table)]);
    }
    expect(seen).toBeGreaterThan(18);
  }
});

test("what a person changes or deletes without a condition are rows of their own alone", async () => {
  const db = people.forPerson(ada.userId);
  for (const table of tables) {
    const own = adasRows.get(table)?.length ?? 0;
    const columns = await sql<{ name: string }>`
      select attname as name from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and attidentity = ''
        and has_column_privilege('valet_person', attrelid, attnum, 'update')`.execute(store.db);
    for (const { name } of columns.rows.slice(0, 1)) {
      const set = sql`${sql.ref(name)} = ${sql.ref(name)}`;
      const changed = await attempt(db, sql`update ${sql.table(table)} set ${set}`);
      expect([table, changed]).toEqual([table, own]);
    }
    const deleted = await attempt(db, sql`delete from ${sql.table(table)}`);
    expect([table, [own, refused, stillReferredTo].includes(deleted)]).toEqual([table, true]);
  }
});

test("nobody writes rows in another person's name, and gives none of their own away", async () => {
  const db = people.forPerson(ada.userId);
  for (const table of tables) {
    const theirs = sql`select * from ${sql.table(table)} where ${sql.ref(table)}::text = ${gracesRows.get(table)?.[0]}`;
    const copied = await sql<{
      row: string;
    }>`select to_jsonb(one)::text as row from (${theirs}) one`.execute(store.db);
    const inserted = await attempt(
      db,
      sql`insert into ${sql.table(table)} overriding system value
        select * from jsonb_populate_record(null::${sql.table(table)}, ${copied.rows[0]?.row}::jsonb)`,
    );
    expect([table, "insert", inserted]).toEqual([table, "insert", refused]);
    for (const [column, other] of [
      ["user_id", grace.userId],
      ["task_id", grace.taskId],
    ] as const) {
      const given = await attempt(
        db,
        sql`update ${sql.table(table)} set ${sql.ref(column)} = ${other}`,
      );
      const undefinedColumn = "42703";
      expect([table, [refused, undefinedColumn].includes(String(given))]).toEqual([table, true]);
    }
  }
});

test("a person cannot make themselves an admin", async () => {
  const db = people.forPerson(ada.userId);
  expect(await attempt(db, sql`update users set role = 'admin'`)).toBe(refused);
  const locked = await sql`select id from users for no key update`.execute(db);
  expect(locked.rows).toEqual([{ id: ada.userId }]);
});

test("where nobody said who asks, there is nothing", async () => {
  await store.db.transaction().execute(async (trx) => {
    await sql`set local role valet_person`.execute(trx);
    for (const table of ["users", "tasks", "task_events"]) {
      expect((await sql`select from ${sql.table(table)}`.execute(trx)).rows).toEqual([]);
    }
  });
});

test("a connection never brings along whom it was for before", async () => {
  const [hers, others] = [people.forPerson(ada.userId), people.forPerson(grace.userId)];
  const whoAmI = async (db: Db) =>
    (
      await sql<{ id: string; role: string }>`select id, current_user as role from users`.execute(
        db,
      )
    ).rows;
  const meddlers = [
    sql`reset role`,
    sql`select set_config('valet.person', ${ada.userId}, false)`,
    sql`select 1 / 0`,
  ];
  for (const meddler of meddlers) {
    await hers
      .transaction()
      .execute((trx) => meddler.execute(trx))
      .catch(() => undefined);
    await meddler.execute(hers).catch(() => undefined);
    expect(await whoAmI(others)).toEqual([{ id: grace.userId, role: "valet_person" }]);
    expect(await whoAmI(hers)).toEqual([{ id: ada.userId, role: "valet_person" }]);
  }
});

const directory = fileURLToPath(new URL("../migrations", import.meta.url));
const { signal } = new AbortController();

test("databases that are made at the same moment share the one role", async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => testDatabase()));
  onTestFinished(async () => void (await Promise.all(made.map(({ drop }) => drop()))));
  const applied = await Promise.all(
    made.map(({ url }) => migrate({ url, directory, log, signal })),
  );
  expect(new Set(applied.map(({ length }) => length)).size).toBe(1);
});

test("an owner who is no superuser is told what to ask for, and is not bound by the rule itself", async () => {
  const database = await testDatabase();
  const owner = `owner_${randomBytes(4).toString("hex")}`;
  onTestFinished(async () => {
    await database.drop();
    await sql`drop role ${sql.id(owner)}`.execute(store.db);
  });
  await sql`create role ${sql.id(owner)} login password 'x'`.execute(store.db);
  await sql`alter database ${sql.id(database.name)} owner to ${sql.id(owner)}`.execute(store.db);
  const address = new URL(database.url);
  [address.username, address.password] = [owner, "x"];
  const url = address.href;
  await expect(migrate({ url, directory, log, signal })).rejects.toThrow(
    `grant valet_person to ${owner}`,
  );
  await sql`grant valet_person to ${sql.id(owner)}`.execute(store.db);
  await migrate({ url, directory, log, signal });
  const plain = connectDb({ url, applicationName: "o", maxConnections: 1, log });
  const bound = connectPersonDbs({ url, applicationName: "p", maxConnections: 1, log });
  const [first] = [await fillPerson(plain.db), await fillPerson(plain.db)];
  expect(await rowsOf(plain.db, "tasks")).toHaveLength(2);
  expect(await rowsOf(bound.forPerson(first.userId), "tasks")).toHaveLength(1);
  await plain.close();
  await bound.close();
});
