import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@valet/stack";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { until } from "./until.ts";

const script = fileURLToPath(new URL("../../stack/deploy/run-together.mjs", import.meta.url));

/** A process that writes what befalls it to a log; told to stop, it ends when it is asked for /end. */
function partSource(input: { name: string; log: string; port: number; needsEnd: boolean }): string {
  return `
    import { appendFileSync } from "node:fs";
    import { createServer } from "node:http";
    const say = (what) => appendFileSync(${JSON.stringify(input.log)}, "${input.name} " + what + "\\n");
    const end = () => { say("ended"); process.exit(0); };
    createServer((request, response) => {
      if (request.url === "/crash") process.exit(1);
      response.end("ok", () => request.url === "/end" && end());
    }).listen(${input.port}, "127.0.0.1", () => say("started"));
    process.on("SIGTERM", () => { say("told to stop"); if (!${input.needsEnd}) end(); });
  `;
}

const Listening = z.object({ ready: z.literal(true), address: z.object({ port: z.int() }) });

async function startTogether(): Promise<{
  readonly child: ChildProcess;
  readonly readyUrl: string;
  readonly workerUrl: string;
  readonly log: () => Promise<string[]>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "run-together-"));
  const logFile = path.join(folder, "log");
  await writeFile(logFile, "");
  const hostPort = await freePort();
  const workerPort = await freePort({ except: new Set([hostPort]) });
  const part = async (name: string, port: number, needsEnd: boolean) => {
    const main = path.join(folder, `${name}.mjs`);
    await writeFile(main, partSource({ name, log: logFile, port, needsEnd }));
    return `${main}=${port}`;
  };
  const parts = [await part("host", hostPort, false), await part("worker", workerPort, true)];
  const child = spawn(process.execPath, [script, "127.0.0.1:0", ...parts], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  onTestFinished(async () => {
    // Its group, so that a part it left behind in a failing test ends too.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  const [line] = await once(createInterface(child.stderr), "line");
  const { address } = Listening.parse(JSON.parse(String(line)));
  return {
    child,
    readyUrl: `http://127.0.0.1:${address.port}/readyz`,
    workerUrl: `http://127.0.0.1:${workerPort}`,
    log: async () => (await readFile(logFile, "utf8")).split("\n").filter((entry) => entry !== ""),
  };
}

test("the machine is ready when every process is, and a process that ended is started again alone", async () => {
  const machine = await startTogether();
  await until("both to be ready", async () => (await fetch(machine.readyUrl)).status === 200);

  await fetch(`${machine.workerUrl}/crash`).catch(() => undefined);
  const missing = await until("the loss to show", async () => {
    const response = await fetch(machine.readyUrl);
    return response.status === 503 && response.json();
  });
  expect(missing).toEqual({ ready: false, waitingFor: [expect.stringMatching(/worker\.mjs$/)] });

  await until("both to be ready again", async () => (await fetch(machine.readyUrl)).status === 200);
  const started = (await machine.log()).toSorted();
  expect(started).toEqual(["host started", "worker started", "worker started"]);
});

test("told to stop, the worker finishes before the session host is told", async () => {
  const machine = await startTogether();
  await until("both to be ready", async () => (await fetch(machine.readyUrl)).status === 200);
  const exited = once(machine.child, "exit");

  machine.child.kill("SIGTERM");
  await until("the worker to be told", async () =>
    (await machine.log()).includes("worker told to stop"),
  );
  expect(await machine.log()).not.toContain("host told to stop");
  expect((await fetch(machine.readyUrl)).status).toBe(503);
  await fetch(`${machine.workerUrl}/end`);

  expect(await exited).toEqual([0, null]);
  expect((await machine.log()).slice(2)).toEqual([
    "worker told to stop",
    "worker ended",
    "host told to stop",
    "host ended",
  ]);
});

test("a command line that names no process is refused", async () => {
  const child = spawn(process.execPath, [script, "127.0.0.1:0"], { stdio: "ignore" });

  expect(await once(child, "exit")).toEqual([2, null]);
});
