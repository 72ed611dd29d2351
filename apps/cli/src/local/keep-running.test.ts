import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { superviseProcess } from "@valet/stack";
import { expect, onTestFinished, test } from "vitest";
import { keepRunning } from "./keep-running.ts";

const { signal } = new AbortController();

async function starterOf(script: string) {
  const stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  return (stop: AbortSignal) =>
    superviseProcess(
      {
        name: "worker",
        stateDir,
        command: process.execPath,
        args: ["-e", `console.log('{"ready":true}'); ${script}`],
        env: {},
        cwd: stateDir,
        ready: { kind: "json-line" },
        log: () => undefined,
      },
      stop,
    );
}

test("a process that dies is started again, and closing ends the new one", async () => {
  const start = await starterOf("setInterval(() => {}, 1000)");
  const told = Promise.withResolvers<string>();
  const started = Promise.withResolvers<number>();
  let starts = 0;
  const kept = await keepRunning(
    {
      start: async (stop) => {
        const child = await start(stop);
        starts += 1;
        if (starts === 2) started.resolve(child.pid);
        return child;
      },
      note: told.resolve,
      pauseMs: 0,
    },
    signal,
  );
  const first = kept.pid;
  process.kill(first, "SIGKILL");
  expect(await told.promise).toMatch(/^Worker ended by itself \(SIGKILL\)/);
  const second = await started.promise;
  expect(second).not.toBe(first);
  await kept.close();
  expect(() => process.kill(second, 0)).toThrow(/ESRCH/);
});

test("one that dies again and again is given up, with the place of its log", async () => {
  const start = await starterOf("setTimeout(() => process.exit(7), 30)");
  const kept = await keepRunning({ start, note: () => undefined, pauseMs: 0 }, signal);
  onTestFinished(() => kept.close());
  await expect(kept.failure).rejects.toMatchObject({
    code: "STACK_START_FAILED",
    message: expect.stringMatching(/exit code 7.*worker\.log/),
  });
});
