import { readFile, readdir } from "node:fs/promises";
import { readProcessStat } from "./process-facts.ts";

const pageBytes = 4096;

/**
 * Memory in bytes of browsers by the pid each was started with: the proportional share (PSS) of all
 * processes of its group, so that what several use together counts once.
 */
export async function measureBrowsers(pids: readonly number[]): Promise<Map<number, number>> {
  const totals = new Map(pids.map((pid) => [pid, 0]));
  if (pids.length === 0) return totals;
  const entries = await readdir("/proc");
  for (const name of entries) {
    if (!/^\d+$/.test(name)) continue;
    const facts = readProcessStat(await readProc(name, "stat"));
    const total = facts === undefined ? undefined : totals.get(facts.group);
    if (facts === undefined || total === undefined) continue;
    totals.set(facts.group, total + (await measureProcess(name)));
  }
  return totals;
}

async function measureProcess(pid: string): Promise<number> {
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(await readProc(pid, "smaps_rollup")) ?? [];
  if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  // A sandboxed process shows its maps to root only; what is its own alone comes close.
  const [, resident, shared] = (await readProc(pid, "statm")).split(" ").map(Number);
  return resident === undefined || shared === undefined ? 0 : (resident - shared) * pageBytes;
}

/** Empty for a process that has ended, and for what is not ours to read. */
async function readProc(pid: string, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
