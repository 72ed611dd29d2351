import { readFile, readdir } from "node:fs/promises";
import { readProcessStat } from "./process-facts.ts";

const pageBytes = 4096;

/** A browser by the pid it was started with, and its display, if it has one, by its own. */
export interface MeasuredBrowser {
  readonly pid: number;
  readonly display?: { readonly pid: number } | undefined;
}

/**
 * Memory in bytes of browsers by their pid, displays included: the proportional share (PSS) of all
 * processes of their groups, so that what several use together counts once.
 */
export async function measureBrowsers(
  browsers: readonly MeasuredBrowser[],
): Promise<Map<number, number>> {
  const totals = new Map(browsers.map(({ pid }) => [pid, 0]));
  const browserOf = new Map(
    browsers.flatMap(({ pid, display }) => [
      [pid, pid],
      [display?.pid ?? pid, pid],
    ]),
  );
  if (browsers.length === 0) return totals;
  const entries = await readdir("/proc");
  for (const name of entries) {
    if (!/^\d+$/.test(name)) continue;
    const facts = readProcessStat(await readProc(name, "stat"));
    const pid = facts === undefined ? undefined : browserOf.get(facts.group);
    if (pid === undefined) continue;
    totals.set(pid, (totals.get(pid) ?? 0) + (await measureProcess(name)));
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
