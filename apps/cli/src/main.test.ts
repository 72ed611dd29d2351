import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function runProcess(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string }>();
  const { PATH = "" } = process.env;
  execFile(process.execPath, [main, ...args], { env: { PATH, ...env } }, (error, stdout) =>
    resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout }),
  );
  return promise;
}

test("as a process: standard output is one JSON line and the exit code tells the outcome", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  const env = { VALET_STATE_DIR: stateDir, VALET_CACHE_DIR: stateDir };

  const [failed, done] = await Promise.all([
    runProcess(["tasks", "--json"], env),
    runProcess(["doctor", "--json"], { ...env, VALET_CHROMIUM: process.execPath }),
  ]);

  expect(failed.code).toBe(1);
  for (const { stdout } of [failed, done]) {
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(() => void JSON.parse(stdout)).not.toThrow();
  }
});
