import { readFileSync } from "node:fs";

/** What Linux says of a process. */
export interface ProcessFacts {
  readonly pid: number;
  /** Of its program, as the system keeps it: at most 15 characters. */
  readonly name: string;
  /** The process that started it, or that has it since that one ended. */
  readonly parent: number;
  /** Its process group. */
  readonly group: number;
  /** Ticks since the machine's start; with the pid it names one process for good. */
  readonly startTime: string;
  /** Processor time that it has used so far, in ticks of the clock: `sysconf(_SC_CLK_TCK)`. */
  readonly cpuTicks: number;
}

/** `undefined` when there is no such process, or only its remains that nobody has collected yet. */
export function findProcess(pid: number): ProcessFacts | undefined {
  try {
    return readProcessStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined; // it ended
  }
}

/** Reads what stands in `/proc/PID/stat`. */
export function readProcessStat(stat: string): ProcessFacts | undefined {
  // The name stands in parentheses and may hold anything, so fields are counted from its end.
  const nameEnd = stat.lastIndexOf(")");
  const [state, parent, group, ...rest] = stat.slice(nameEnd + 2).split(" ");
  const startTime = rest[16];
  if (state === "Z" || state === "X" || group === undefined || startTime === undefined) {
    return undefined;
  }
  return {
    pid: Number.parseInt(stat, 10),
    name: stat.slice(stat.indexOf("(") + 1, nameEnd),
    parent: Number(parent),
    group: Number(group),
    startTime,
    cpuTicks: Number(rest[8]) + Number(rest[9]),
  };
}
