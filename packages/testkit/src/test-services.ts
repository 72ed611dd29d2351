import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { databaseNames } from "@valet/stack";
import postgres from "postgres";
import { inject } from "vitest";
import { ownStatesDir } from "./leaked-processes.ts";
import { readLogs } from "./read-logs.ts";

/** The services of the test run; plain data, since it travels to the test processes. */
export interface TestServices {
  /** A server on which tests may make databases; this address opens its "postgres" database. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
  /** HATCHET_CLIENT_* of the run's engine, without a namespace. */
  readonly engineEnv: Readonly<Record<string, string>>;
  readonly engineVersion: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Null when the run was started with VALET_TEST_STACK=off. */
    valetServices: TestServices | null;
    valetRunDir: string;
  }
}

/** @throws when the run was started with VALET_TEST_STACK=off. */
export function testServices(): TestServices {
  const services = inject("valetServices");
  if (services !== null && services !== undefined) return services;
  throw new Error(
    "This test needs Postgres, Redis or the engine: run it without VALET_TEST_STACK=off and with packages/testkit/vitest.config.ts.",
  );
}

/** What the run's Postgres, Redis and engine have printed so far, whoever made them. */
export function testServiceOutput(): Promise<ReadonlyMap<string, string>> {
  return readLogs(inject("valetRunDir"));
}

/** The engine's own database on the run's server. */
export function testEngineDatabaseUrl(): string {
  const url = new URL(testServices().postgresUrl);
  url.pathname = `/${databaseNames.hatchet}`;
  return url.href;
}

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Cuts the connections that are left. */
  readonly drop: () => Promise<void>;
}

/** An empty database of its own: make it in `beforeAll`, drop it in `afterAll`. */
export function testDatabase(): Promise<TestDatabase> {
  return createDatabase("template1");
}

/**
 * Makes copies of a database that `prepare` has brought up to date, once a test process: a copy
 * costs a tenth of the migrations. The original goes with the run's server.
 */
export function testDatabaseCopies(
  prepare: (url: string) => Promise<unknown>,
): () => Promise<TestDatabase> {
  const start = async (): Promise<string> => {
    const { name, url } = await testDatabase();
    await prepare(url);
    return name;
  };
  let original: Promise<string> | undefined;
  return async () => createDatabase(await (original ??= start()));
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const { postgresUrl } = testServices();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runSql(postgresUrl, `create database ${name} template ${template}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  const drop = () => runSql(postgresUrl, `drop database if exists ${name} with (force)`);
  return { name, url: url.href, drop };
}

let fileId = "";

/** Gives the file that now begins a namespace and a prefix of its own: a process runs many files. */
export function beginTestFile(): void {
  fileId = randomBytes(5).toString("hex");
}

/** HATCHET_CLIENT_NAMESPACE of this test file: two files never see each other's workflows. */
export function testNamespace(): string {
  return `t${fileId}`;
}

/** Put before the Redis channels and keys of this test file. */
export function testChannelPrefix(): string {
  return `test:${fileId}:`;
}

/** HATCHET_CLIENT_* of the run's engine with this file's namespace. */
export function testEngineEnv(): Readonly<Record<string, string>> {
  return { ...testServices().engineEnv, HATCHET_CLIENT_NAMESPACE: testNamespace() };
}

/**
 * A state folder for a stack or supervised processes of a test's own: removed at the end of the
 * run, which fails if a process recorded in it is still alive.
 */
export function testStateDir(): string {
  const parent = ownStatesDir(inject("valetRunDir"));
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  return mkdtempSync(join(parent, "state-"));
}

async function runSql(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
