import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { createValetClient } from "@valet/client";
import { workflowNames } from "@valet/contracts";
import {
  type TestDatabase,
  openCuttableProxy,
  testDatabase,
  testEngineEnv,
  testServices,
  resumePdf,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";

const engineEnv = testEngineEnv();
let database: TestDatabase;
let stateDir: string;

beforeAll(async () => {
  database = await testDatabase();
  stateDir = await mkdtemp(join(tmpdir(), "valet-api-"));
  for (const [name, value] of Object.entries(engineEnv)) vi.stubEnv(name, value);
  const hatchet = HatchetClient.init({ log_level: "OFF" });
  const workflows = [workflowNames.jobApplication, workflowNames.resumeParse].map((name) => {
    const workflow = hatchet.workflow<{ taskId: string }>({ name });
    workflow.task({ name: "first-step", fn: async () => ({}) });
    return workflow;
  });
  await hatchet.worker("never-started", { workflows, handleKill: false });
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await database.drop();
  await rm(stateDir, { recursive: true, force: true });
});

function goodEnv(): Record<string, string> {
  return {
    ...engineEnv,
    DATABASE_URL: database.url,
    REDIS_URL: testServices().redisUrl,
    VALET_API_PORT: "0",
    VALET_STATE_DIR: stateDir,
    VALET_STORAGE_DIR: join(stateDir, "objects"),
    VALET_ALLOW_PRIVATE: "127.0.0.1:8123",
  };
}

interface Api {
  readonly process: ChildProcess;
  readonly stderr: () => string;
  /** Of the ready line. */
  readonly url: () => Promise<string>;
  readonly exitCode: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Api {
  const child = spawn(process.execPath, [fileURLToPath(new URL("main.ts", import.meta.url))], {
    env: { PATH: process.env["PATH"], VALET_TEST_RUN: process.env["VALET_TEST_RUN"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exitCode = once(child, "close").then(() => child.exitCode);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (stderr += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exitCode;
  });
  return {
    process: child,
    stderr: () => stderr,
    exitCode,
    async url() {
      const line = await lines.next();
      if (line.done === true) throw new Error(`The API ended before it was ready:\n${stderr}`);
      const ready: { ready: boolean; url: string } = JSON.parse(line.value);
      expect(ready.ready).toBe(true);
      return ready.url;
    },
  };
}

async function readKey(): Promise<string> {
  return (await readFile(join(stateDir, "api-key"), "utf8")).trim();
}

test("it serves while the engine is absent, and what it accepted starts when the engine comes", async () => {
  const engine = URL.parse(`tcp://${engineEnv["HATCHET_CLIENT_HOST_PORT"] ?? ""}`);
  const proxy = await openCuttableProxy({
    host: engine?.hostname ?? "",
    port: Number(engine?.port),
  });
  onTestFinished(() => proxy.close());
  await proxy.cut();
  const api = start({
    ...goodEnv(),
    HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${proxy.port}`,
    VALET_RECONCILE_MS: "200",
  });
  const url = await api.url();
  const waiting = await fetch(`${url}/readyz`);
  expect(waiting.status).toBe(503);
  expect(await waiting.text()).toContain("Hatchet engine");

  expect((await stat(join(stateDir, "api-key"))).mode & 0o777).toBe(0o600);
  const client = createValetClient({ url, apiKey: await readKey() });
  const resume = await client.uploadResume({ fileName: "cv.pdf", body: resumePdf() });
  const jobUrl = "http://127.0.0.1:8123/job/1";
  const task = await client.createTask({ jobUrl, resumeId: resume.id, mode: "copilot" });
  // Its résumé is still to be parsed, for which there is no worker here.
  expect(task.state).toBe("created");
  await expect(client.createUser({ name: "grace" })).resolves.toMatchObject({ role: "user" });

  await proxy.mend();
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  await vi.waitFor(
    async () => expect(await metrics()).toContain('valet_outbox_sent_total{kind="parse_resume"} 1'),
    { timeout: 10_000, interval: 100 },
  );
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 5_000);

  api.process.kill("SIGTERM");
  expect(await api.exitCode).toBe(0);
  await expect(client.getProfile()).rejects.toMatchObject({ code: "API_UNREACHABLE" });
  expect(api.stderr()).not.toContain(await readKey());
});

test("a second start keeps the key; a key that is gone or foreign is replaced by one that works", async () => {
  await start(goodEnv()).url();
  const first = await readKey();
  await start(goodEnv()).url();
  expect(await readKey()).toBe(first);
  await rm(join(stateDir, "api-key"));
  const url = await start(goodEnv()).url();
  expect(await readKey()).not.toBe(first);
  for (const apiKey of [first, await readKey()]) {
    await expect(createValetClient({ url, apiKey }).getProfile()).resolves.toBeDefined();
  }
});

test("a port that is taken is one line that says what to do, and exit code 1", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  const api = start({ ...goodEnv(), VALET_API_PORT: String(port), VALET_LOG_LEVEL: "error" });
  expect(await api.exitCode).toBe(1);
  expect(api.stderr()).toMatch(
    /^PORT_TAKEN: Port \d+ on 127\.0\.0\.1 is taken .* VALET_API_PORT .*\n$/,
  );
});

test("a configuration with faults names each of them and no value, and starts nothing", async () => {
  const api = start({ ...goodEnv(), DATABASE_URL: "", VALET_API_PORT: "port-4711" });
  expect(await api.exitCode).toBe(1);
  expect(api.stderr()).toContain("CONFIG_INVALID");
  expect(api.stderr()).toContain("DATABASE_URL: is missing");
  expect(api.stderr()).toContain("VALET_API_PORT");
  expect(api.stderr()).not.toContain("port-4711");
});

test("without Postgres it waits and says for what, and stops when told to", async () => {
  const api = start({
    ...goodEnv(),
    DATABASE_URL: "postgres://valet:canary-pass@127.0.0.1:1/valet",
  });
  await vi.waitFor(() => expect(api.stderr()).toContain("waiting for a dependency"), 30_000);
  expect(api.stderr()).toContain('"what":"Postgres"');
  expect(api.stderr()).not.toContain("canary-pass");
  api.process.kill("SIGTERM");
  expect(await api.exitCode).toBe(0);
});
