import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stack, cacheDir, endAbandonedStates, isRoot, startStack } from "@valet/stack";
import type { TestProject } from "vitest/node";
import { endLeakedProcesses, runMarker } from "./leaked-processes.ts";
import type { TestServices } from "./test-services.ts";

const prefix = "valet-test-";

let runDir: string | undefined;
let stack: Stack | undefined;

/**
 * Starts the services of one test run; what a killed run left behind is ended first. With
 * `VALET_TEST_STACK=off` nothing is started and a test that asks for a service fails.
 */
export async function setup(project: TestProject): Promise<void> {
  requireProjectNode();
  await endAbandonedStates({ parent: tmpdir(), prefix }, say);
  runDir = mkdtempSync(join(tmpdir(), prefix));
  // As root Postgres runs as another user, who has to pass through.
  chmodSync(runDir, 0o711);
  project.provide("valetRunDir", runDir);
  process.env[runMarker] = runDir;
  if (process.env["VALET_TEST_STACK"] === "off") {
    project.provide("valetServices", null);
    return;
  }
  const startedAt = performance.now();
  // Servers of the caller's own are nothing to run tests against.
  const { PATH, HOME, GOPROXY, GOPATH, GOMODCACHE, GOCACHE } = process.env;
  stack = await startStack({
    stateDir: runDir,
    cacheDir: cacheDir(process.env, isRoot()),
    env: { PATH, HOME, GOPROXY, GOPATH, GOMODCACHE, GOCACHE },
    fast: true,
    log: say,
  });
  project.provide("valetServices", servicesOf(stack));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`test services ready in ${seconds} s\n`);
}

/** @throws when a process of the run is still alive after everything was closed. */
export async function teardown(): Promise<void> {
  if (runDir === undefined) return;
  try {
    await stack?.close();
    const leaked = await endLeakedProcesses(runDir);
    if (leaked.length === 0) return;
    throw new Error(`The tests left processes behind (ended now): ${leaked.join("; ")}`);
  } finally {
    // To look at the logs of a run that failed.
    if (process.env["VALET_TEST_KEEP"] === undefined) {
      await rm(runDir, { recursive: true, force: true });
    } else {
      process.stderr.write(`kept: ${runDir}\n`);
    }
  }
}

function servicesOf({ postgres, redisUrl, engine }: Stack): TestServices {
  if (postgres === undefined) throw new Error("The test run has no Postgres of its own.");
  return {
    postgresUrl: postgres.url("postgres"),
    redisUrl,
    engineEnv: engine.env,
    engineVersion: engine.version ?? "unknown",
  };
}

function requireProjectNode(): void {
  const [major] = process.versions.node.split(".");
  if (Number(major) >= 24) return;
  throw new Error(
    `The tests run on Node 24, not ${process.version}: use \`npm test\` or put node_modules/.bin first on PATH.`,
  );
}

/** Only what takes long is worth a line. */
function say(message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const { progress, name, pid } = fields;
  if (typeof progress === "string") process.stderr.write(`${progress}\n`);
  if (message.startsWith("ending")) {
    process.stderr.write(`${message}: ${String(name)} ${String(pid)}\n`);
  }
}
