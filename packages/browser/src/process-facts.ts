import { readFileSync } from "node:fs";

/** What Linux says of a process. */
export interface ProcessFacts {
  readonly pid: number;
  /** Its process group. */
  readonly group: number;
  /** Ticks since the machine's start; with the pid it names one process for good. */
  readonly startTime: string;
}

/** `undefined` when there is no such process, or only its remains that nobody has collected yet. */
export function findProcess(pid: number): ProcessFacts | undefined {
  const stat = readStat(pid);
  if (stat === undefined) return undefined;
  // The name stands in parentheses and may hold anything, so fields are counted from its end.
  const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startTime = rest[16];
  if (state === "Z" || state === "X" || group === undefined || startTime === undefined) {
    return undefined;
  }
  return { pid, group: Number(group), startTime };
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined; // it ended
  }
}
