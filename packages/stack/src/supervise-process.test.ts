import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { identify, isRunning } from "../bootstrap/process-identity.mjs";
import { endStaleProcesses } from "./end-process.ts";
import { quiet } from "./fixtures/quiet.ts";
import { tempState } from "./fixtures/temp-state.ts";
import { freePort } from "./free-port.ts";
import { readRecords, recordProcess, runningRecords } from "./process-record.ts";
import { type SuperviseInput, superviseProcess } from "./supervise-process.ts";

function node(script: string, more: Partial<SuperviseInput> = {}): SuperviseInput {
  return {
    name: "child",
    stateDir: tempState(),
    command: process.execPath,
    args: ["-e", script],
    env: {},
    cwd: "/",
    ready: { kind: "json-line" },
    log: quiet,
    ...more,
  };
}

const announce = (fields: string) => `console.log(JSON.stringify({ ready: true, ${fields} }));`;
const stay = "setInterval(() => {}, 60_000);";

test("the ready line's fields come back, and the output is in the log", async () => {
  const input = node(`console.log("starting"); ${announce("port: 4711")} ${stay}`);
  const child = await superviseProcess(input);
  await child.close();
  expect(child.info).toMatchObject({ ready: true, port: 4711 });
  expect(readFileSync(join(input.stateDir, "logs", "child.log"), "utf8")).toMatch(/^starting\n\{/);
});

test("a log of an earlier start cannot make a silent child look ready", async () => {
  const input = node(`${announce("")} ${stay}`);
  await (await superviseProcess(input)).close();
  const silent = { ...input, args: ["-e", stay], readyTimeoutMs: 300 };
  await expect(superviseProcess(silent)).rejects.toMatchObject({ code: "STACK_START_FAILED" });
});

test("an HTTP address that answers 200 makes a child ready", async () => {
  const port = await freePort();
  const script = `
    let asked = 0;
    require("node:http").createServer((request, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end();
    }).listen(${port}, "127.0.0.1");`;
  const url = `http://127.0.0.1:${port}/readyz`;
  const child = await superviseProcess(node(script, { ready: { kind: "http", url } }));
  expect((await fetch(url)).status).toBe(200);
  await child.close();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("a child that ends before it is ready is reported with its last lines", async () => {
  const input = node(`console.error("no such table"); process.exit(3);`);
  await expect(superviseProcess(input)).rejects.toMatchObject({
    code: "STACK_START_FAILED",
    message: expect.stringContaining("exit code 3"),
    details: { lastLines: ["no such table"] },
  });
  expect(readRecords(input.stateDir)).toEqual([]);
});

test("a command that cannot be run is reported as such", async () => {
  const input = { ...node(""), command: "/nowhere/at-all" };
  await expect(superviseProcess(input)).rejects.toMatchObject({
    code: "STACK_START_FAILED",
    message: expect.stringContaining("/nowhere/at-all cannot be run"),
  });
});

test("an abort during the start ends the child and rejects with the reason", async () => {
  const input = node(stay);
  const abort = new AbortController();
  const starting = superviseProcess(input, abort.signal);
  await expect.poll(() => runningRecords(input.stateDir), { timeout: 20_000 }).toHaveLength(1);
  abort.abort(new Error("changed my mind"));
  await expect(starting).rejects.toThrow("changed my mind");
  expect(runningRecords(input.stateDir)).toEqual([]);
});

test("closing lets a child end in order", async () => {
  const script = `process.on("SIGTERM", () => process.exit(7)); ${announce("")} ${stay}`;
  const child = await superviseProcess(node(script));
  await child.close();
  expect(await child.ended).toEqual({ code: 7, signal: null });
});

test("closing ends a child that ignores the request, and the grandchild it started", async () => {
  const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "${stay}"])`;
  const script = `process.on("SIGTERM", () => {}); const { pid } = ${grandchild}; ${announce("pid")} ${stay}`;
  const child = await superviseProcess(node(script, { graceMs: 100 }));
  const left = identify(Number(child.info["pid"]));
  if (left === undefined) throw new Error("no grandchild");
  await child.close();
  expect(await child.ended).toEqual({ code: null, signal: "SIGKILL" });
  expect(isRunning(left)).toBe(false);
});

test("what a killed child leaves behind is found through its record and ended", async () => {
  const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "${stay}"])`;
  const input = node(`const { pid } = ${grandchild}; ${announce("pid")} ${stay}`);
  const child = await superviseProcess(input);
  process.kill(child.pid, "SIGKILL");
  await child.ended;
  const left = identify(Number(child.info["pid"]));
  if (left === undefined) throw new Error("no grandchild");
  expect(runningRecords(input.stateDir)).toHaveLength(1);
  expect(await endStaleProcesses(input.stateDir, quiet)).toBe(1);
  expect(isRunning(left)).toBe(false);
  expect(readRecords(input.stateDir)).toEqual([]);
});

test("two children of one name on one state are refused", async () => {
  const input = node(`${announce("")} ${stay}`);
  const child = await superviseProcess(input);
  await expect(superviseProcess(input)).rejects.toMatchObject({ code: "STACK_ALREADY_RUNNING" });
  await child.close();
});

test("a process that merely got the number of a recorded one is left alone", async () => {
  const stateDir = tempState();
  const bystander = spawn(process.execPath, ["-e", stay], { detached: true, stdio: "ignore" });
  await once(bystander, "spawn");
  const pid = bystander.pid ?? 0;
  const record = recordProcess(stateDir, { name: "old", pid, stopSignal: "SIGTERM" });
  if (record === undefined) throw new Error("no record");
  const other = { ...record, start: `${record.start}1` };
  writeFileSync(join(stateDir, "run", "old.json"), JSON.stringify(other));

  expect(await endStaleProcesses(stateDir, quiet)).toBe(0);

  expect(isRunning(record)).toBe(true);
  expect(readRecords(stateDir)).toEqual([]);
  bystander.kill("SIGKILL");
  await once(bystander, "exit");
});
