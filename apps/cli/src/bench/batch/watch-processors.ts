import { readFileSync, readdirSync } from "node:fs";
import { type ProcessFacts, findProcess } from "@valet/browser";
import { type ProcessKind, kindNamed, kindOf, postgresKindOf } from "./process-kind.ts";

/** Of Linux, whatever the machine's clock ticks at: `sysconf(_SC_CLK_TCK)`. */
const msPerTick = 10;
/** What a process uses after the last look before its end is not seen; looking costs a few milliseconds. */
const lookEveryMs = 250;

/** Processor time in milliseconds. */
export interface ProcessorTime {
  readonly byKind: ReadonlyMap<ProcessKind, number>;
  /** Of the whole machine, whoever used it. */
  readonly machine: number;
}

interface Look extends ProcessorTime {
  readonly at: number;
}

export interface ProcessorWatch {
  /** Between two moments, in milliseconds of the epoch, as near as it has looked. */
  readonly between: (from: number, to: number) => ProcessorTime;
  readonly close: () => void;
}

/** Watches the processes named and all that they start, those that end meanwhile included. */
export function watchProcessors(
  named: () => readonly { readonly name: string; readonly pid: number }[],
): ProcessorWatch {
  const ticks = new Map<string, { readonly kind: ProcessKind; readonly ticks: number }>();
  const looks: Look[] = [];
  const look = (): void => {
    const roots = new Map(named().flatMap(({ name, pid }) => rootOf(name, pid)));
    const running = new Map(runningProcesses().map((facts) => [facts.pid, facts]));
    for (const facts of running.values()) {
      const key = `${facts.pid} ${facts.startTime}`;
      // One whose parent has ended is still of its kind.
      const kind = kindIn(facts, { roots, running }) ?? ticks.get(key)?.kind;
      if (kind !== undefined) ticks.set(key, { kind, ticks: facts.cpuTicks });
    }
    const byKind = new Map<ProcessKind, number>();
    for (const used of ticks.values()) {
      byKind.set(used.kind, (byKind.get(used.kind) ?? 0) + used.ticks * msPerTick);
    }
    looks.push({ at: Date.now(), byKind, machine: machineMs() });
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    between(from, to) {
      const before = looks.findLast(({ at }) => at <= from) ?? looks[0];
      const after = looks.find(({ at }) => at >= to) ?? looks.at(-1);
      const spent = (kind: ProcessKind) =>
        (after?.byKind.get(kind) ?? 0) - (before?.byKind.get(kind) ?? 0);
      const kinds = [...(after?.byKind.keys() ?? [])];
      return {
        byKind: new Map(kinds.map((kind) => [kind, spent(kind)])),
        machine: (after?.machine ?? 0) - (before?.machine ?? 0),
      };
    },
    close: () => clearInterval(timer),
  };
}

function rootOf(name: string, pid: number): [number, ProcessKind][] {
  const kind = kindNamed(name);
  return kind === undefined ? [] : [[pid, kind]];
}

function runningProcesses(): ProcessFacts[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => findProcess(Number(pid)) ?? []);
}

function kindIn(
  facts: ProcessFacts,
  {
    roots,
    running,
  }: {
    readonly roots: ReadonlyMap<number, ProcessKind>;
    readonly running: ReadonlyMap<number, ProcessFacts>;
  },
): ProcessKind | undefined {
  const programs: string[] = [];
  for (let one: ProcessFacts | undefined = facts; one; one = running.get(one.parent)) {
    const root = roots.get(one.pid);
    // What was started by one that has a name of its own is that one's.
    if (root === "Postgres") return postgresKindOf(titleOf(facts.pid));
    if (root !== undefined) return kindOf(root, programs);
    programs.push(one.name);
  }
  return undefined;
}

/** As `ps` shows it; empty for one that has ended. */
function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Everything but idling and waiting for a disk. */
function machineMs(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = (
    readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? ""
  )
    .split(/\s+/u)
    .map(Number);
  return (user + nice + system + irq + softIrq) * msPerTick;
}
