import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import {
  beginTestFile,
  testChannelPrefix,
  testDatabase,
  testDatabaseCopies,
  testEngineEnv,
  testNamespace,
  testServices,
} from "./test-services.ts";

test("each test database is empty, its own, and gone after the drop", async () => {
  const [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  expect(first.name).not.toBe(second.name);
  const sql = postgres(first.url, { max: 1 });
  expect(await sql`select count(*)::int as n from pg_tables where schemaname = 'public'`).toEqual([
    { n: 0 },
  ]);
  // Dropping does not wait for a connection that a test forgot.
  await Promise.all([first.drop(), second.drop()]);
  await sql.end();
  const admin = postgres(testServices().postgresUrl, { max: 1 });
  const left = await admin`select datname from pg_database where datname = ${first.name}`;
  await admin.end();
  expect(left).toHaveLength(0);
});

test("a file keeps one namespace and one channel prefix, and the next has others", () => {
  expect(testNamespace()).toBe(testNamespace());
  expect(testEngineEnv()["HATCHET_CLIENT_NAMESPACE"]).toBe(testNamespace());
  expect(testChannelPrefix()).toMatch(/^test:[0-9a-f]+:$/);
  const before = [testNamespace(), testChannelPrefix()];
  beginTestFile();
  expect(before).not.toContain(testNamespace());
  expect(before).not.toContain(testChannelPrefix());
});

test("copies hold what was prepared once, and nothing of each other", async () => {
  let prepared = 0;
  const copy = testDatabaseCopies(async (url) => {
    prepared += 1;
    const sql = postgres(url, { max: 1 });
    await sql`create table notes (text text)`;
    await sql.end();
  });
  const [first, second] = await Promise.all([copy(), copy()]);
  onTestFinished(async () => void (await Promise.all([first.drop(), second.drop()])));
  const [one, other] = [postgres(first.url, { max: 1 }), postgres(second.url, { max: 1 })];
  await one`insert into notes values ('first')`;
  const held = [await one`select text from notes`, await other`select text from notes`];
  await Promise.all([one.end(), other.end()]);
  expect(held.map((rows) => [...rows])).toEqual([[{ text: "first" }], []]);
  expect(prepared).toBe(1);
});
