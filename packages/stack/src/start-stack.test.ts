import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { isRunning } from "../bootstrap/process-identity.mjs";
import { cacheDir, isRoot } from "../bootstrap/places.mjs";
import { quiet } from "./fixtures/quiet.ts";
import { tempState } from "./fixtures/temp-state.ts";
import { isFree } from "./free-port.ts";
import { ProcessRecord, runningRecords } from "./process-record.ts";
import { type Stack, type StartStackInput, startStack } from "./start-stack.ts";
import { runSql } from "./start-postgres.ts";

// One state and one story: a process is killed while it owns a whole stack, the next start cleans
// up and runs, a second one is refused, the end leaves nothing.
const stateDir = tempState();
const { PATH, HOME } = process.env;
const input: StartStackInput = {
  stateDir,
  cacheDir: cacheDir(process.env, isRoot()),
  env: { PATH, HOME },
  fast: true,
  log: quiet,
};
let owner: ChildProcess;
let orphans: ProcessRecord[];
let stack: Stack;

beforeAll(async () => {
  const script = fileURLToPath(new URL("fixtures/own-stack/main.ts", import.meta.url));
  owner = spawn(process.execPath, [script, stateDir], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await firstLine(owner.stdout ?? Readable.from([]));
  orphans = z.object({ pids: z.array(ProcessRecord) }).parse(JSON.parse(line)).pids;
});

afterAll(async () => {
  owner.kill("SIGKILL");
  await stack?.close();
});

test("a second start on a state that is in use is refused and names the process", async () => {
  await expect(startStack(input)).rejects.toMatchObject({
    code: "STACK_ALREADY_RUNNING",
    message: expect.stringContaining(`process ${owner.pid}`),
  });
  expect(orphans.every(isRunning)).toBe(true);
});

test("after a kill -9 of the owner the next start ends what was left and runs", async () => {
  owner.kill("SIGKILL");
  await once(owner, "exit");
  expect(orphans.map((orphan) => orphan.name).toSorted()).toEqual(["engine", "postgres", "redis"]);
  // Without the next start they would live on: nothing ties them to their dead parent.
  expect(orphans.every(isRunning)).toBe(true);

  stack = await startStack(input);

  expect(orphans.filter(isRunning)).toEqual([]);
  expect(stack.engine).toMatchObject({ kind: "built", version: "v0.104.7" });
  expect(runningRecords(stateDir)).toHaveLength(3);
});

test("the engine has a database of its own, in UTC, beside Valet's", async () => {
  expect(new URL(stack.databaseUrl).pathname).toBe("/valet");
  await runSql(stack.databaseUrl, "create table proof (id int)");
  const engineDatabase = stack.postgres?.url("hatchet") ?? "";
  await runSql(engineDatabase, 'select 1 from "Tenant"');
  await expect(runSql(engineDatabase, "select 1 from proof")).rejects.toThrow(/does not exist/);
});

test("gRPC, Postgres and Redis listen on this machine only", () => {
  const { postgres, redisUrl, engine } = stack;
  const hosts = [
    new URL(postgres?.url("valet") ?? "").hostname,
    new URL(redisUrl).hostname,
    engine.env["HATCHET_CLIENT_HOST_PORT"]?.split(":")[0],
  ];
  expect(hosts).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1"]);
});

test("a clean stop leaves no process, no port, no record and no lock", async () => {
  const processes = stack.processes();
  const ports = portsOf(stack);
  expect(await Promise.all(ports.map((port) => isFree(port, "all")))).not.toContain(true);

  await stack.close();

  expect(processes.filter(isRunning)).toEqual([]);
  expect(processesNaming(stateDir)).toEqual([]);
  expect(await Promise.all(ports.map((port) => isFree(port, "all")))).not.toContain(false);
  const left = readdirSync(join(stateDir, "run")).filter((name) => !name.endsWith(".port"));
  expect(left).toEqual([]);
  expect(readdirSync(join(stateDir, "postgres"))).toEqual(["data"]);
});

test("addresses given by variables are used and nothing is started for them", async () => {
  const own = tempState();
  const env = {
    DATABASE_URL: "postgresql://someone@db.example/valet",
    REDIS_URL: "redis://cache.example",
    HATCHET_CLIENT_TOKEN: "given",
    HATCHET_CLIENT_HOST_PORT: "engine.example:443",
  };
  const given = await startStack({ ...input, stateDir: own, env });
  const started = given.processes();
  await given.close();
  expect(started).toEqual([]);
  expect(given.env).toEqual(env);
  expect(given.engine.kind).toBe("external");
});

test("when Redis is missing nothing of the stack is left running", async () => {
  const own = tempState();
  const env = { PATH: "/nowhere", HATCHET_CLIENT_TOKEN: "given" };
  await expect(startStack({ ...input, stateDir: own, env })).rejects.toMatchObject({
    code: "REDIS_MISSING",
    message: expect.stringMatching(/apt-get install .*redis-server.*REDIS_URL/),
  });
  expect(runningRecords(own)).toEqual([]);
  expect(processesNaming(own)).toEqual([]);
  expect(existsSync(join(own, "run", "stack.lock"))).toBe(false);
});

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface(output)) return line;
  throw new Error("The owner of the stack ended before it was ready.");
}

function portsOf({ postgres, redisUrl, engine }: Stack): number[] {
  const { HATCHET_CLIENT_HOST_PORT: grpc = "", HATCHET_CLIENT_API_URL: api = "" } = engine.env;
  return [
    postgres?.port ?? 0,
    Number(new URL(redisUrl).port),
    Number(grpc.split(":")[1]),
    Number(new URL(api).port),
  ];
}

/** Any process at all whose command line names the folder, recorded or not. */
function processesNaming(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
    .filter((command) => command.includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
