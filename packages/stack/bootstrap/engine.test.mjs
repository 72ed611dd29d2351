import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { engineBinDir, ensureEngine } from "./engine.mjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));

// A stand-in for the compiler: the real build takes two minutes and is what every test run here
// stands on. It notes each build and writes the binaries where it is told to.
const compiler = `#!/bin/sh
if [ "$1" = version ]; then echo "go version go1.26.8 linux/amd64"; exit 0; fi
echo build >> "$NOTES"
while [ $# -gt 0 ]; do if [ "$1" = -o ]; then out=$2; fi; shift; done
sleep 0.3
for name in hatchet-lite hatchet-migrate; do echo "$name" > "$out$name"; done
if [ -n "$FAIL" ]; then echo "cannot find module" >&2; exit 1; fi
echo hatchet-admin > "$out"hatchet-admin
`;

/** @type {string} */
let folder;
/** @type {NodeJS.ProcessEnv} */
let env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "valet engine "));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "go"), compiler);
  chmodSync(join(folder, "bin", "go"), 0o755);
  const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
  env = { PATH, NOTES: join(folder, "notes") };
});
afterEach(() => rmSync(folder, { recursive: true }));

test("two bootstraps at once build the engine once, and the third finds it", async () => {
  const cacheDir = join(folder, "cache");
  const script = `
    import { ensureEngine } from ${JSON.stringify(join(here, "engine.mjs"))};
    const { kind } = await ensureEngine({ cacheDir: process.argv[1], env: process.env });
    console.log(kind);`;
  const build = () =>
    run(process.execPath, ["--input-type=module", "-e", script, cacheDir], { env });
  const outcomes = await Promise.all([build(), build()]);
  expect(outcomes.map(({ stdout }) => stdout.trim()).toSorted()).toEqual(["built", "present"]);
  expect((await build()).stdout.trim()).toBe("present");
  expect(readFileSync(join(folder, "notes"), "utf8")).toBe("build\n");
  // Standard output carried the answer only: progress is on standard error.
  expect(outcomes.map(({ stderr }) => stderr).join("")).toContain("building the Hatchet engine");
  expect(readdirSync(join(cacheDir, "engine"))).toHaveLength(1);
});

test("a failed build says the compiler's words, leaves nothing, and can be tried again", async () => {
  const cacheDir = join(folder, "cache");
  const report = () => {};
  const failing = ensureEngine({ cacheDir, env: { ...env, FAIL: "1" }, report });
  await expect(failing).rejects.toThrow("cannot find module");
  expect(readdirSync(join(cacheDir, "engine"))).toEqual([]);
  expect((await ensureEngine({ cacheDir, env, report })).kind).toBe("built");
});

test("a build that was killed is not mistaken for an engine, and is cleaned up", async () => {
  const cacheDir = join(folder, "cache");
  const draft = `${engineBinDir(cacheDir)}.building.1`;
  mkdirSync(draft, { recursive: true });
  const report = () => {};
  expect((await ensureEngine({ cacheDir, env, report })).kind).toBe("built");
  expect(readdirSync(join(cacheDir, "engine"))).toHaveLength(1);
});

test("without Go nothing is built", async () => {
  const outcome = await ensureEngine({ cacheDir: folder, env: { PATH: "/nowhere" } });
  expect(outcome).toEqual({ kind: "no-go" });
});
