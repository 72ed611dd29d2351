import { randomUUID } from "node:crypto";
import { type AddressInfo, createServer } from "node:net";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { type JobApplicationInput, applicationRunKey, workflowNames } from "@valet/contracts";
import { Secret, createLogger } from "@valet/runtime";
import { type CuttableProxy, openCuttableProxy, testEngineEnv } from "@valet/testkit";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type JobsClient, createJobsClient } from "./jobs-client.ts";

const lines: string[] = [];
const log = createLogger({
  name: "api",
  level: "trace",
  destination: { write: (line) => void lines.push(line) },
});
const env = testEngineEnv();
const token = new Secret(env["HATCHET_CLIENT_TOKEN"] ?? "");
let proxy: CuttableProxy;

beforeAll(async () => {
  const engine = URL.parse(`tcp://${env["HATCHET_CLIENT_HOST_PORT"] ?? ""}`);
  proxy = await openCuttableProxy({
    host: engine?.hostname ?? "",
    port: Number(engine?.port),
  });
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await registerWorkflow(HatchetClient.init({ log_level: "OFF" }));
});
afterEach(() => void vi.stubEnv("HATCHET_CLIENT_HOST_PORT", env["HATCHET_CLIENT_HOST_PORT"]));
afterAll(() => {
  vi.unstubAllEnvs();
  return proxy.close();
});

/** Nothing works on it, so its runs stay queued. */
async function registerWorkflow(hatchet: HatchetClient): Promise<void> {
  const workflow = hatchet.workflow<{ taskId: string }>({
    name: workflowNames.jobApplication,
    idempotency: applicationRunKey,
  });
  workflow.task({ name: "start-browser", fn: async () => ({}) });
  await hatchet.worker("never-started", { workflows: [workflow], handleKill: false });
}

function open(given = token, namespace?: string): JobsClient {
  const jobs = createJobsClient({ token: given, log, ...(namespace && { namespace }) });
  onTestFinished(() => jobs.close());
  return jobs;
}

function anInput(): JobApplicationInput {
  return {
    taskId: randomUUID(),
    userId: randomUUID(),
    resumeId: randomUUID(),
    jobUrl: "https://jobs.test/canary-url",
    mode: "copilot",
    platform: "generic",
  };
}

const { signal } = new AbortController();
const metadata = { taskId: "t", epoch: "1", platform: "generic", source: "test", mode: "copilot" };

test("a run is started, seen, cancelled and seen to be cancelled", async () => {
  const jobs = open();
  expect(await jobs.ready()).toEqual({ kind: "ready" });
  const runId = await jobs.start(anInput(), metadata);
  await vi.waitFor(async () => expect(await jobs.runState(runId)).toBe("queued"), 10_000);
  await jobs.cancelRun(runId);
  await vi.waitFor(async () => expect(await jobs.runState(runId)).toBe("cancelled"), 10_000);
  await jobs.cancelRun(runId);
});

test("one start of an application is one run, however often and at once it is asked for", async () => {
  const jobs = open();
  const input = anInput();
  const ask = (epoch: string) => jobs.start(input, { ...metadata, epoch });
  const first = await ask("1");
  const again = await Promise.all(Array.from({ length: 8 }, () => ask("1")));
  expect(new Set([first, ...again])).toEqual(new Set([first]));
  const second = await ask("2");
  expect(second).not.toBe(first);
  expect(await jobs.start(anInput(), metadata)).not.toBe(first);
});

test("a run the engine never heard of is unknown, and cancelling it is no fault", async () => {
  const jobs = open();
  expect(await jobs.runState(randomUUID())).toBe("unknown");
  expect(await jobs.describeRun(randomUUID(), signal)).toBe("unknown");
  await jobs.cancelRun(randomUUID());
});

test("no run is started that no worker could know of: the engine would drop it and say nothing", async () => {
  const namespace = `empty${randomUUID().slice(0, 8)}`;
  const hatchet = HatchetClient.init({ log_level: "OFF", namespace });
  const jobs = open(token, namespace);
  const dropped = await hatchet.runNoWait(workflowNames.jobApplication, anInput(), {});
  expect(await jobs.runState(await dropped.getWorkflowRunId())).toBe("unknown");

  await expect(jobs.start(anInput(), metadata)).rejects.toMatchObject({
    code: "ENGINE_UNAVAILABLE",
    message: expect.stringContaining("worker"),
  });
  await registerWorkflow(hatchet);
  const runId = await jobs.start(anInput(), metadata);
  await vi.waitFor(async () => expect(await jobs.runState(runId)).toBe("queued"), 10_000);
});

test("how much waits and who works is read from the engine", async () => {
  const jobs = open();
  await jobs.start(anInput(), metadata);
  await vi.waitFor(async () => {
    expect(await jobs.queueDepths()).toContainEqual({
      step: "start-browser",
      queued: expect.any(Number),
      running: 0,
      oldestQueuedAt: expect.stringMatching(/Z$/),
    });
  }, 10_000);
  expect(await jobs.listWorkers()).toEqual(expect.any(Array));
});

test("a run links to its page on the dashboard, engine or no engine", async () => {
  vi.stubEnv("HATCHET_CLIENT_API_URL", "http://127.0.0.1:1");
  onTestFinished(() => void vi.stubEnv("HATCHET_CLIENT_API_URL", env["HATCHET_CLIENT_API_URL"]));
  const jobs = createJobsClient({ token, log, dashboardUrl: "https://hatchet.test/" });
  onTestFinished(() => jobs.close());
  expect(jobs.linkTo("r1")).toMatch(/^https:\/\/hatchet\.test\/tenants\/[0-9a-f-]{36}\/runs\/r1$/);
  expect(jobs.linkTo()).toMatch(/\/runs$/);
  expect(open().linkTo("r1")).toBeNull();
});

test("an event is pushed", async () => {
  const payload = { taskId: randomUUID(), stepId: randomUUID(), approvalId: randomUUID() };
  const scope = `task:${payload.taskId}:${payload.stepId}`;
  await expect(open().pushEvent("review_approved", payload, scope)).resolves.toBeUndefined();
});

test("while the engine is gone calls fail fast, and they work as soon as it is back", async () => {
  vi.stubEnv("HATCHET_CLIENT_HOST_PORT", `127.0.0.1:${proxy.port}`);
  const jobs = open();
  await jobs.start(anInput(), metadata);
  await proxy.cut();
  // As often as an outbox would try in an outage that makes gRPC pause for long.
  for (let count = 0; count < 8; count += 1) {
    await expect(jobs.start(anInput(), metadata)).rejects.toMatchObject({
      code: "ENGINE_UNAVAILABLE",
    });
  }
  expect(await jobs.ready()).toMatchObject({
    kind: "waiting",
    reason: expect.stringContaining("ECONNREFUSED"),
  });
  await proxy.mend();
  expect(await jobs.start(anInput(), metadata)).toMatch(/^[0-9a-f-]{36}$/);
  expect(await jobs.ready()).toEqual({ kind: "ready" });
});

test("an engine that is absent from the start is waited for, and its API's absence is told apart", async () => {
  await proxy.cut();
  vi.stubEnv("HATCHET_CLIENT_HOST_PORT", `127.0.0.1:${proxy.port}`);
  const jobs = open();
  expect(await jobs.ready()).toMatchObject({ kind: "waiting" });
  await expect(jobs.start(anInput(), metadata)).rejects.toMatchObject({
    code: "ENGINE_UNAVAILABLE",
  });
  await proxy.mend();
  expect(await jobs.start(anInput(), metadata)).toMatch(/^[0-9a-f-]{36}$/);

  vi.stubEnv("HATCHET_CLIENT_API_URL", "http://127.0.0.1:1");
  onTestFinished(() => void vi.stubEnv("HATCHET_CLIENT_API_URL", env["HATCHET_CLIENT_API_URL"]));
  const other = open();
  expect(await other.ready()).toMatchObject({
    reason: expect.stringContaining("HATCHET_CLIENT_API_URL"),
  });
  expect(await other.runState(randomUUID())).toBe("unreachable");
  expect(await other.describeRun(randomUUID(), signal)).toBe("unreachable");
});

test("an engine that takes a question and never answers it keeps nobody waiting for 2 s", async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo; // it listens on a port
  vi.stubEnv("HATCHET_CLIENT_API_URL", `http://127.0.0.1:${port}`);
  onTestFinished(() => void vi.stubEnv("HATCHET_CLIENT_API_URL", env["HATCHET_CLIENT_API_URL"]));
  const jobs = open();
  const startedAt = performance.now();
  expect(await jobs.describeRun(randomUUID(), signal)).toBe("unreachable");
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("a token of another engine is named as the reason", async () => {
  const [head, , signature] = token.reveal().split(".");
  const [, claims = ""] = token.reveal().split(".");
  const forged = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), token_id: "x" };
  const body = Buffer.from(JSON.stringify(forged)).toString("base64url");
  const jobs = open(new Secret([head, body, signature].join(".")));
  expect(await jobs.ready()).toMatchObject({
    kind: "waiting",
    reason: expect.stringContaining("HATCHET_CLIENT_TOKEN"),
  });
});

test("neither what is sent nor the token reaches the log", () => {
  const text = lines.join("");
  expect(text).toContain("engine client");
  expect(text).not.toContain("canary-url");
  expect(text).not.toContain(token.reveal());
});
