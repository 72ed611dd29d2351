import { readdirSync } from "node:fs";
import { findProcess } from "@valet/browser";

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
    .map((pid) => findProcess(Number(pid)))
    .reduce((sum, facts) => sum + (facts?.group === group ? facts.cpuTicks : 0), 0);
  return (user + system) / 1_000 + (ticks * 1_000) / ticksPerSecond;
}
