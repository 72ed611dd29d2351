import { readFileSync, readdirSync } from "node:fs";

/** A part of Valet or of what it stands on. Chromium stands below the session host and counts by itself. */
export const parts = [
  "api",
  "worker",
  "session host",
  "Chromium and its displays",
  "engine",
  "Postgres of the engine",
  "Postgres of Valet",
  "Redis",
] as const;
export type Part = (typeof parts)[number];

/** The first process of each part; none for Chromium. */
export type Roots = Readonly<Record<Exclude<Part, "Chromium and its displays">, number>>;

/** Of Linux, whatever the machine's clock ticks at: `sysconf(_SC_CLK_TCK)`. */
const ticksPerSecond = 100;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Its own, in seconds. */
  readonly own: number;
  /** Of its children that have ended. */
  readonly ended: number;
}

/**
 * Processor time so far, in seconds, with that of processes that have ended. Unlike time on the wall it hardly
 * depends on what else the machine does.
 */
export function readCpuSeconds(roots: Roots): Record<Part, number> {
  const all = readProcesses();
  const total = (root: number) => totalOf(all, root);
  const host = all.get(roots["session host"])?.own ?? 0;
  return {
    api: total(roots.api),
    worker: total(roots.worker),
    "session host": host,
    "Chromium and its displays": total(roots["session host"]) - host,
    engine: total(roots.engine),
    "Postgres of the engine": total(roots["Postgres of the engine"]),
    "Postgres of Valet": total(roots["Postgres of Valet"]),
    Redis: total(roots.Redis),
  };
}

/** The same of one process and all below it. */
export function readTreeCpuSeconds(root: number): number {
  return totalOf(readProcesses(), root);
}

function totalOf(all: ReadonlyMap<number, ProcessStat>, root: number): number {
  return treeOf(all, root).reduce((sum, { own, ended }) => sum + own + ended, 0);
}

/** The most it ever held, in MB, of the first process of each part alone: `VmHWM`. */
export function readPeakMb(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? Number.NaN) / 1_024;
}

/** What a process and all below it hold now, shared memory by share, in MB. */
export function readSharedMb(root: number, { withRoot }: { readonly withRoot: boolean }): number {
  const tree = treeOf(readProcesses(), root).filter(({ pid }) => withRoot || pid !== root);
  return tree.reduce((sum, { pid }) => sum + shareOf(pid), 0);
}

function shareOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/mu.exec(text)?.[1] ?? 0) / 1_024;
  } catch {
    // It has ended since.
    return 0;
  }
}

function treeOf(all: ReadonlyMap<number, ProcessStat>, root: number): ProcessStat[] {
  const found = [...all.values()].filter(({ pid }) => pid === root);
  for (const { pid } of found) {
    found.push(...[...all.values()].filter(({ parent }) => parent === pid));
  }
  return found;
}

function readProcesses(): Map<number, ProcessStat> {
  const names = readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  return new Map(names.flatMap((name) => readProcess(Number(name)) ?? []));
}

function readProcess(pid: number): [[number, ProcessStat]] | undefined {
  try {
    // After the command in parentheses: state, parent, …, and four times.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /su, "")
      .split(" ");
    const [own = 0, system = 0, ended = 0, endedSystem = 0] = fields
      .slice(11, 15)
      .map((ticks) => Number(ticks) / ticksPerSecond);
    const parent = Number(fields[1]);
    return [[pid, { pid, parent, own: own + system, ended: ended + endedSystem }]];
  } catch {
    return undefined;
  }
}
