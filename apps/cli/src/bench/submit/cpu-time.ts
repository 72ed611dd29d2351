import { readFileSync, readdirSync } from "node:fs";

/** Of Linux, whatever the machine's clock ticks at: `sysconf(_SC_CLK_TCK)`. */
const ticksPerSecond = 100;

/**
 * Processor time that this process and a group of others have used so far, in milliseconds. Unlike the time
 * on the wall it does not depend on what else the machine does.
 */
export function cpuTimeWith(group: number): number {
  const { user, system } = process.cpuUsage();
  const ticks = readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .reduce((sum, pid) => sum + ticksOf(pid, group), 0);
  return (user + system) / 1_000 + (ticks * 1_000) / ticksPerSecond;
}

function ticksOf(pid: string, group: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the name, which may hold anything: state, parent, group … user and system time (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[2]) === group ? Number(fields[11]) + Number(fields[12]) : 0;
  } catch {
    return 0; // It has ended meanwhile.
  }
}
