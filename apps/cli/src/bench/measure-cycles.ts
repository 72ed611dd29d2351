import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { attachToBrowser } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { settledPool } from "./measure-pool.ts";
import type { BenchHost } from "./start-bench-host.ts";

export interface CycleCounts {
  readonly cycles: number;
  /** The cycle whose memory the end is compared with. */
  readonly firstCycle: number;
  readonly leakedProcesses: number;
  readonly leakedDescriptors: number;
  readonly leakedDirectories: number;
  /** Memory of the host at the end in relation to that at `firstCycle`. */
  readonly memoryRatio: number;
  /** Of the host, in MB, every so many cycles. */
  readonly memoryMb: readonly number[];
  /** Of each cycle, in milliseconds. */
  readonly cycleMs: readonly number[];
}

interface Held {
  readonly processes: number;
  readonly descriptors: number;
  readonly directories: number;
}

/** Creates, attaches and closes `cycles` sessions and compares what the host holds then. */
export async function measureCycles(
  bench: BenchHost,
  cycles: number,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<CycleCounts> {
  const { host, newTask } = bench;
  const firstCycle = Math.min(100, Math.ceil(cycles / 3));
  let { taskId, userId, url } = await newTask();
  const memoryMb: number[] = [];
  const cycleMs: number[] = [];
  let first: { readonly held: Held; readonly memory: number } | undefined;
  for (let n = 1; n <= cycles; n += 1) {
    const startedAt = performance.now();
    const { sessionId } = await host.createSession({ taskId, userId, url }, signal);
    const owner = `bench-${n}`;
    const grant = await host.attachSession(sessionId, { owner, taskId, userId }, signal);
    const attached = await attachToBrowser(grant.relayUrl, signal);
    await attached.close();
    await host.closeSession(sessionId, signal);
    cycleMs.push(performance.now() - startedAt);
    const isMark = n === firstCycle || n === cycles || n % 50 === 0;
    if (!isMark) continue;
    report(n);
    await settledPool(host, signal);
    const memory = await residentMb(bench.pid);
    memoryMb.push(memory);
    // No worker takes a task of the benchmark, so Valet ends it after five minutes.
    ({ taskId, userId, url } = await newTask());
    if (n === firstCycle) first = { held: await countHeld(bench), memory };
  }
  if (first === undefined) throw new ValetError("INTERNAL", "No cycle was measured.");
  const base = first;
  const last = await settledHeld(bench, base.held, signal);
  return {
    cycles,
    firstCycle,
    leakedProcesses: last.processes - base.held.processes,
    leakedDescriptors: last.descriptors - base.held.descriptors,
    leakedDirectories: last.directories - base.held.directories,
    memoryRatio: (memoryMb.at(-1) ?? Number.NaN) / base.memory,
    memoryMb,
    cycleMs,
  };
}

const idleConnectionMs = 15_000;
const lookEveryMs = 250;

/** What is held more than at first for longer than a connection is kept idle is not let go. */
async function settledHeld(bench: BenchHost, first: Held, signal: AbortSignal): Promise<Held> {
  const giveUpAt = performance.now() + idleConnectionMs;
  for (;;) {
    const held = await countHeld(bench);
    const isSettled =
      held.processes <= first.processes &&
      held.descriptors <= first.descriptors &&
      held.directories <= first.directories;
    if (isSettled || performance.now() > giveUpAt) return held;
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** Browsers run in process groups of their own, so the host's descendants are counted. */
async function countHeld({ pid, stateDir }: BenchHost): Promise<Held> {
  const children = await childrenOf(pid);
  const descriptors = (await readdir(`/proc/${pid}/fd`)).length;
  return { processes: children, descriptors, directories: await countFolders(stateDir) };
}

async function childrenOf(pid: number): Promise<number> {
  const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  for (const name of all) {
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (candidate: number): boolean => {
    const parent = parents.get(candidate);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).length;
}

/** Profiles and whatever else a session leaves are folders somewhere in the host's state. */
async function countFolders(stateDir: string): Promise<number> {
  const entries = await readdir(stateDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !ownFolders.has(entry.name));
  const inside = await Promise.all(
    folders.map(async ({ name }) => (await readdir(join(stateDir, name))).length),
  );
  return inside.reduce((sum, count) => sum + count, 0);
}

/** Of the stack, which makes and removes files of its own. */
const ownFolders = new Set(["postgres", "engine", "redis", "logs", "cold"]);

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Math.round(Number(kilobytes) / 102.4) / 10;
}
