import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runningRecords } from "@valet/stack";

/** In the environment of the test processes, and so of what they start. */
export const runMarker = "VALET_TEST_RUN";

/** Folder of the run below which tests put the states of stacks of their own. */
export function ownStatesDir(runDir: string): string {
  return join(runDir, "states");
}

/** A browser that was closed with the last file is survived by its crash reporter for a moment. */
const lastBreathMs = 3_000;

/**
 * Processes of this run that should be gone: by the records of its states, and by the marker in
 * their environment. Ends them and says what they were.
 */
export async function endLeakedProcesses(runDir: string): Promise<string[]> {
  const deadline = Date.now() + lastBreathMs;
  let left = leftProcesses(runDir);
  while (left.length > 0 && Date.now() < deadline) {
    await delay(50);
    left = leftProcesses(runDir);
  }
  for (const { pid } of left) end(pid);
  return left.map(({ name, pid }) => `${name} (${pid})`);
}

function leftProcesses(runDir: string): { readonly name: string; readonly pid: number }[] {
  const recorded = statesOf(runDir).flatMap(runningRecords);
  const marked = markedProcesses(runDir).filter(
    ({ pid }) => !recorded.some((record) => record.pid === pid),
  );
  return [...recorded, ...marked.map(({ command, pid }) => ({ name: command, pid }))];
}

function statesOf(runDir: string): string[] {
  const parent = ownStatesDir(runDir);
  const own = existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
  return [runDir, ...own];
}

interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

function markedProcesses(runDir: string): MarkedProcess[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && carriesMarker(pid, runDir))
    .map((pid) => ({ pid, command: read(pid, "cmdline").replaceAll("\0", " ").slice(0, 200) }));
}

/** The runner's own workers carry it too; they are our children and end with us. */
function carriesMarker(pid: number, runDir: string): boolean {
  const environment = read(pid, "environ").split("\0");
  return environment.includes(`${runMarker}=${runDir}`) && parentOf(pid) !== process.pid;
}

function parentOf(pid: number): number {
  const stat = read(pid, "stat");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function read(pid: number, file: "environ" | "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}
