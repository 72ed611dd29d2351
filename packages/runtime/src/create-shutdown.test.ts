import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "./create-logger.ts";
import { createShutdown } from "./create-shutdown.ts";

const log = createLogger({ name: "test", level: "silent" });
const never = () => new Promise<void>(() => {});

test("parts close one after the other, the newest first, and the signal is aborted before", async () => {
  const shutdown = createShutdown({ log });
  const closed: string[] = [];
  shutdown.add("database", () => closed.push("database"));
  shutdown.add("server", async () => {
    expect(shutdown.signal.aborted).toBe(true);
    await Promise.resolve();
    closed.push("server");
  });

  const [first, second] = await Promise.all([shutdown.run("done"), shutdown.run("again")]);

  expect(closed).toEqual(["server", "database"]);
  expect(first).toEqual({ kind: "closed" });
  expect(second).toBe(first);
});

test("a part that fails to close does not keep the others open", async () => {
  const shutdown = createShutdown({ log });
  const closed: string[] = [];
  shutdown.add("database", () => closed.push("database"));
  shutdown.add("server", () => {
    throw new Error("busy");
  });

  expect(await shutdown.run("done")).toEqual({ kind: "faulty", parts: ["server"] });
  expect(closed).toEqual(["database"]);
});

test("the deadline ends a shutdown that hangs and names what is still open", async () => {
  const shutdown = createShutdown({ log, deadlineMs: 20 });
  shutdown.add("database", () => {});
  shutdown.add("server", never);

  expect(await shutdown.run("done")).toEqual({ kind: "deadline", parts: ["server", "database"] });
});

test("a part added while others close is closed too", async () => {
  const shutdown = createShutdown({ log });
  const closed: string[] = [];
  shutdown.add("server", () => {
    shutdown.add("late", () => closed.push("late"));
  });

  await shutdown.run("done");

  expect(closed).toEqual(["late"]);
});

function startProgram(body: string): ChildProcess {
  const entry = new URL("./index.ts", import.meta.url).href;
  const source = `
    import { announceReady, createLogger, onShutdown } from ${JSON.stringify(entry)};
    const log = createLogger({ name: "child", level: "info" });
    const shutdown = onShutdown({ log, deadlineMs: 50 });
    const alive = setInterval(() => {}, 1000);
    ${body}
    announceReady({ port: 7 });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function firstLine(child: ChildProcess): Promise<unknown> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) return JSON.parse(text);
  }
  throw new Error("The program ended without its line.");
}

test("a process says that it is ready on standard output, and a signal ends it cleanly", async () => {
  const child = startProgram("shutdown.add('timer', () => clearInterval(alive));");

  expect(await firstLine(child)).toEqual({ ready: true, port: 7 });
  child.kill("SIGTERM");

  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a process whose part hangs exits with 1 at the deadline", async () => {
  const child = startProgram("shutdown.add('stuck', () => new Promise(() => {}));");

  await firstLine(child);
  child.kill("SIGINT");

  expect(await once(child, "exit")).toEqual([1, null]);
});
