import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packagesStamp } from "./packages.mjs";

// A checkout in small, with a blank in its path: the bootstrap, an installed Node and a stand-in for
// the valet command that does what the test tells it to.
const root = join(mkdtempSync(join(tmpdir(), "valet-bootstrap-")), "a checkout");
const command = `
  const [verb = "", ...rest] = process.argv.slice(2);
  if (verb === "wait") {
    process.on("SIGTERM", () => process.exit(41));
    process.on("SIGINT", () => process.exit(42));
    setInterval(() => {}, 60_000);
  }
  console.log(JSON.stringify({ verb, rest, version: process.versions.node.split(".")[0] }));
  if (verb === "exit") process.exit(Number(rest[0]));
  if (verb === "die") process.kill(process.pid, "SIGKILL");
`;

beforeAll(() => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  cpSync(here, join(root, "packages/stack/bootstrap"), { recursive: true });
  cpSync(join(here, "../engine"), join(root, "packages/stack/engine"), { recursive: true });
  mkdirSync(join(root, "apps/cli/src"), { recursive: true });
  writeFileSync(join(root, "apps/cli/src/main.ts"), command);
  writeFileSync(join(root, "package.json"), JSON.stringify({ devDependencies: { pnpm: "1.0.0" } }));
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  symlinkSync(process.execPath, join(root, "node_modules/.bin/node"));
  writeFileSync(join(root, "node_modules/.valet-stamp"), packagesStamp(root));
});
afterAll(() => rmSync(join(root, ".."), { recursive: true }));

/** @param {string[]} argv @param {NodeJS.ProcessEnv} [more] */
function start(argv, more = {}) {
  const { INIT_CWD: _, ...env } = { ...process.env, ...more };
  const script = join(root, "packages/stack/bootstrap/bootstrap.mjs");
  return spawn(process.execPath, [script, ...argv], { env, cwd: root });
}

/** @param {string[]} argv @param {NodeJS.ProcessEnv} [more] */
async function run(argv, more) {
  const child = start(argv, more);
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { stdout, stderr, code, signal };
}

test("arguments pass through, standard output belongs to the verb, nothing is said", async () => {
  expect(await run(["tasks", "--json", "a b", "$HOME"])).toEqual({
    stdout: `${JSON.stringify({ verb: "tasks", rest: ["--json", "a b", "$HOME"], version: "24" })}\n`,
    stderr: "",
    code: 0,
    signal: null,
  });
});

test("exit codes and a death by signal pass through", async () => {
  expect(await run(["exit", "3"])).toMatchObject({ code: 3, signal: null });
  expect(await run(["die"])).toMatchObject({ code: null, signal: "SIGKILL" });
});

test("a signal reaches the command, which decides how to end", async () => {
  for (const [signal, code] of /** @type {const} */ ([
    ["SIGTERM", 41],
    ["SIGINT", 42],
  ])) {
    const child = start(["wait"]);
    await once(child.stdout, "data");
    child.kill(signal);
    expect(await once(child, "close")).toEqual([code, null]);
  }
});

test("an engine that cannot be built ends with its reason, before the command runs", async () => {
  const env = {
    PATH: brokenGo(),
    REDIS_URL: "redis://given",
    VALET_CACHE_DIR: join(root, "cache"),
  };
  const outcome = await run(["bench"], env);
  expect(outcome).toMatchObject({ stdout: "", code: 1 });
  expect(outcome.stderr).toContain("no such module");
});

test("after a change of the lock file an install comes first, and its failure ends it", async () => {
  writeFileSync(join(root, "pnpm-lock.yaml"), "changed: true");
  // An npx that cannot reach anything stands for a machine without a registry.
  const folder = programs({ npx: "echo registry out of reach >&2; exit 7" });
  const outcome = await run(["tasks"], { PATH: `${folder}:/usr/bin:/bin` });
  rmSync(join(root, "pnpm-lock.yaml"));
  expect(outcome).toMatchObject({ stdout: "", code: 1 });
  expect(outcome.stderr).toContain("registry out of reach");
});

function brokenGo() {
  const folder = programs({
    go: 'if [ "$1" = version ]; then echo go version go1.26.8; else echo no such module >&2; exit 1; fi',
  });
  return `${folder}:/usr/bin:/bin`;
}

/** @param {Record<string, string>} scripts */
function programs(scripts) {
  const folder = mkdtempSync(join(root, "bin-"));
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  return folder;
}
