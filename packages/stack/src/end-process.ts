import { setTimeout as delay } from "node:timers/promises";
import { isRunning, sessionMembers } from "../bootstrap/process-identity.mjs";
import { type ProcessRecord, forgetProcess, hasSurvivors, readRecords } from "./process-record.ts";
import type { StackLog } from "./stack-log.ts";

/**
 * Ends a recorded process and whatever its session left behind: first asks the process itself, so
 * that it can end its own children in order, then after `graceMs` ends all of them.
 */
export async function endProcess(record: ProcessRecord, graceMs: number): Promise<void> {
  if (isRunning(record)) {
    signal(record.pid, record.stopSignal);
    await until(() => !isRunning(record), graceMs);
  }
  if (isRunning(record)) signal(record.pid, "SIGKILL");
  for (const pid of sessionMembers(record)) signal(pid, "SIGKILL");
  await until(() => !hasSurvivors(record), 5_000);
}

/**
 * Ends what an earlier run left behind, the newest last, by record and never by name. Only the
 * holder of the state's lock may call it.
 */
export async function endStaleProcesses(stateDir: string, log: StackLog): Promise<number> {
  const stale = readRecords(stateDir);
  const survivors = stale.filter(hasSurvivors);
  for (const { name, pid } of survivors) log("ending a process of an earlier run", { name, pid });
  await Promise.all(survivors.map((record) => endProcess(record, 5_000)));
  for (const { name } of stale) forgetProcess(stateDir, name);
  return survivors.length;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function until(isDone: () => boolean, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!isDone() && performance.now() < deadline) await delay(10);
}
