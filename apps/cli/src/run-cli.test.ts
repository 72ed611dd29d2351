import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCaptured } from "./run-captured.ts";

let stateDir = "";
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
});
afterAll(() => rm(stateDir, { recursive: true, force: true }));

const run = (...argv: string[]) => runCaptured({ argv, env: { VALET_STATE_DIR: stateDir } });

const misuses = [
  [],
  ["nonsense"],
  ["tasks", "--nonsense"],
  ["tasks", "--limit", "0"],
  ["tasks", "--state", "sleeping"],
  ["tasks", "superfluous"],
  ["apply"],
  ["apply", "https://jobs.example.com/1"],
  ["apply", "https://jobs.example.com/1", "--resume", "no-such-file.pdf"],
  ["watch"],
  ["approve"],
  ["cancel"],
  ["resolve"],
  ["resolve", "id"],
  ["resolve", "id", "--outcome", "unconfirmed"],
  ["resolve", "id", "--outcome", "confirmed", "--resubmit"],
  ["retry"],
  ["user"],
  ["user", "add"],
  ["user", "add", "Not A Name"],
  ["profile", "set"],
  ["profile", "set", "no-such-file.json"],
  ["bench"],
  ["bench", "nonsense"],
  ["bench", "demo", "--count", "-1"],
  ["demo", "--site", "nonsense"],
  ["demo", "--copilot"],
];

test.each(misuses)("misuse exits 2 and says why: %s %s %s %s", async (...argv) => {
  const { exitCode, stdout, stderr } = await run(...argv);
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error USAGE: \S/m);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each(misuses)("misuse with --json is one line of JSON: %s %s %s %s", async (...argv) => {
  const { exitCode, stdout } = await run(...argv, "--json");
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(stdout)).toEqual({ error: { code: "USAGE", message: expect.any(String) } });
});

const verbs = [
  ["up"],
  ["demo"],
  ["doctor"],
  ["apply"],
  ["tasks"],
  ["watch"],
  ["approve"],
  ["cancel"],
  ["resolve"],
  ["retry"],
  ["user", "add"],
  ["profile", "show"],
  ["profile", "set"],
  ["bench"],
];

test.each(verbs)("help names --json and shows an example: %s %s", async (...verb) => {
  const { exitCode, stdout, stderr } = await run(...verb, "--help");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("--json");
  expect(stdout).toMatch(/^Examples?:\n {2}\S/m);
  expect(stderr).toBe("");
});

test("without a running Valet the person is told how to start one", async () => {
  const { exitCode, stdout, stderr } = await run("tasks");
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error API_UNREACHABLE: .*valet -- up/);
});

test("an API that does not answer is named, not traced", async () => {
  const env = {
    VALET_STATE_DIR: stateDir,
    VALET_API_URL: "http://127.0.0.1:9",
    VALET_API_KEY: "key",
  };
  const { exitCode, stdout, stderr } = await runCaptured({ argv: ["tasks", "--json"], env });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "API_UNREACHABLE" } });
  expect(stderr).toContain("http://127.0.0.1:9");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("VALET_LOG_LEVEL=debug adds the stack", async () => {
  const env = { VALET_STATE_DIR: stateDir, VALET_LOG_LEVEL: "debug" };
  const { stderr } = await runCaptured({ argv: ["tasks"], env });
  expect(stderr).toMatch(/^\s+at /m);
});

test("a wrong variable is named before anything is done", async () => {
  const env = { VALET_STATE_DIR: stateDir, VALET_API_URL: "not a url" };
  const { exitCode, stdout } = await runCaptured({ argv: ["tasks", "--json"], env });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: "CONFIG_INVALID", message: expect.stringContaining("VALET_API_URL") },
  });
});

test("an interrupted command says so", async () => {
  const signal = AbortSignal.abort(new Error("SIGINT"));
  const env = {
    VALET_STATE_DIR: stateDir,
    VALET_API_URL: "http://127.0.0.1:9",
    VALET_API_KEY: "key",
  };
  const { exitCode, stdout } = await runCaptured({ argv: ["tasks", "--json"], env, signal });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "INTERRUPTED" } });
});
