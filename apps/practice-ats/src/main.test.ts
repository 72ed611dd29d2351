import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { expect, onTestFinished, test, vi } from "vitest";

import { readLedger } from "./site.fixture.ts";

vi.setConfig({ testTimeout: 60_000 });

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return { child, errors: text(child.stderr) };
}

async function temporaryLedger(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "practice-main-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  return join(folder, "ledger.jsonl");
}

async function readiness(child: ReturnType<typeof start>["child"]): Promise<{ url: string }> {
  const [chunk] = await once(child.stdout, "data");
  return JSON.parse(String(chunk));
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "it says in one line when it is ready, and %s ends it without a rest",
  async (signal) => {
    const ledger = await temporaryLedger();
    const { child, errors } = start({ PRACTICE_LEDGER: ledger });
    const ready = await readiness(child);
    expect(ready).toEqual({
      ready: true,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      ledger,
    });
    await fetch(`${ready.url}/plain/jobs/engineer/apply`, {
      method: "POST",
      body: new URLSearchParams(),
    });
    expect(readLedger(ledger)).toMatchObject([{ kind: "step", stored: false }]);

    const exit = once(child, "exit");
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
    expect(await errors).toBe("");
    await expect(fetch(ready.url)).rejects.toThrow("fetch failed");
  },
);

test("without its variables it names all that is wrong and does not start", async () => {
  const { child, errors } = start({ PRACTICE_PORT: "70000" });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(await errors).toContain("PRACTICE_PORT must be");
  expect(await errors).toContain("PRACTICE_LEDGER must name");
});

test("a port that is taken is said in one line", async () => {
  const first = start({ PRACTICE_LEDGER: await temporaryLedger() });
  const { url } = await readiness(first.child);
  const { port } = new URL(url);
  const second = start({ PRACTICE_LEDGER: await temporaryLedger(), PRACTICE_PORT: port });
  expect((await once(second.child, "exit"))[0]).toBe(1);
  expect(await second.errors).toContain(`Port ${port} is in use`);
});
