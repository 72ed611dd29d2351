import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { readlink } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { parseChildArguments, startParseChild, withoutNetwork } from "./start-parse-child.ts";

const attempts = fileURLToPath(new URL("network-attempts.fixture.ts", import.meta.url));

/** Which ways to this server a process finds that is started so. */
async function waysFound(command: readonly string[]): Promise<readonly string[]> {
  const server = createServer((_request, response) => response.end("here"));
  server.on("upgrade", ({ headers }, socket) => {
    const key = `${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accepted = createHash("sha1").update(key).digest("base64");
    socket.end(
      `HTTP/1.1 101 Here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = portOf(server.address());
  const [program, ...given] = [...command, attempts, String(port)];
  const child = spawn(program, given, { env: {}, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [results] = await once(child, "message");
  const ways = Object.entries(z.record(z.string(), z.boolean()).parse(results));
  return ways.flatMap(([name, isFound]) => (isFound ? [name] : []));
}

function portOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("It listens on a port.");
  return address;
}

test("every way of Node to the network is closed in the child, and open without its lock", async () => {
  const locked = await waysFound([process.execPath, ...parseChildArguments(64)]);
  expect(locked).toEqual([]);
  const isLock = (argument: string) => argument.startsWith("--import=");
  const open = parseChildArguments(64).filter((argument) => !isLock(argument));
  expect((await waysFound([process.execPath, ...open])).length).toBe(14);
});

test("where the kernel allows it, the child is in a network of its own", async () => {
  const child = await startParseChild(64, new AbortController().signal);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [own, ours] = await Promise.all(["self", child.pid].map(networkOf));
  expect(own === ours).toBe((await withoutNetwork()).length === 0);
});

/** Which one it is in; other systems than Linux have one for all. */
function networkOf(pid: number | string | undefined): Promise<string> {
  return readlink(`/proc/${pid}/ns/net`).catch(() => "the only one");
}

test("it reads program files and no others, writes nothing, and starts nothing", async () => {
  const script = `
    const fs = require("node:fs");
    const tries = {
      program: () => fs.readFileSync(${JSON.stringify(attempts)}),
      password: () => fs.readFileSync("/etc/passwd"),
      variables: () => fs.readFileSync("/proc/self/environ"),
      write: () => fs.writeFileSync("/tmp/valet-parse-child", ""),
      start: () => require("node:child_process").execFileSync("/bin/true"),
      thread: () => new (require("node:worker_threads").Worker)("0", { eval: true }),
      code: () => eval("1"),
    };
    const done = Object.entries(tries).filter(([, attempt]) => {
      try { attempt(); return true; } catch { return false; }
    });
    console.log(JSON.stringify(done.map(([name]) => name)));`;
  const given = [...parseChildArguments(64), "--input-type=commonjs", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, given, { env: {} });
  expect(JSON.parse(stdout)).toEqual(["program"]);
});
