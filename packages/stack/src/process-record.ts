import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { identify, isRunning, sessionMembers } from "../bootstrap/process-identity.mjs";
import { isMissing, statePaths } from "./state-files.ts";

const StopSignal = z.enum(["SIGTERM", "SIGINT"]);
export type StopSignal = z.infer<typeof StopSignal>;

/** What is noted of every child at its start, so that a later start can find and end it. */
export const ProcessRecord = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** Boot and start time: tells this process from a later one with the same number. */
  start: z.string(),
  stopSignal: StopSignal,
});
export type ProcessRecord = z.infer<typeof ProcessRecord>;

/** Notes a child that was just started; undefined when it is gone already. */
export function recordProcess(
  stateDir: string,
  child: { readonly name: string; readonly pid: number; readonly stopSignal: StopSignal },
): ProcessRecord | undefined {
  const identity = identify(child.pid);
  if (identity === undefined) return undefined;
  const record = { ...identity, name: child.name, stopSignal: child.stopSignal };
  const path = recordPath(stateDir, child.name);
  mkdirSync(statePaths(stateDir).run, { recursive: true, mode: 0o700 });
  // Synchronous, and whole or not at all: a crash of ours may come at any moment after the spawn.
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return record;
}

export function forgetProcess(stateDir: string, name: string): void {
  rmSync(recordPath(stateDir, name), { force: true });
}

export function readRecords(stateDir: string): ProcessRecord[] {
  const folder = statePaths(stateDir).run;
  return namesIn(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const record = ProcessRecord.safeParse(parseFile(join(folder, name)));
      return record.success ? [record.data] : [];
    });
}

/** Recorded processes of which something still runs: the process itself or what it left behind. */
export function runningRecords(stateDir: string): ProcessRecord[] {
  return readRecords(stateDir).filter(hasSurvivors);
}

export function hasSurvivors(record: ProcessRecord): boolean {
  return isRunning(record) || sessionMembers(record).length > 0;
}

function recordPath(stateDir: string, name: string): string {
  return join(statePaths(stateDir).run, `${name}.json`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
