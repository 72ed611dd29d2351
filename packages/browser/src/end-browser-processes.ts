import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { findProcess } from "./process-facts.ts";

export interface BrowserProcesses {
  readonly userDataDir: string;
  /** The process group that the browser was started in, when it is known. */
  readonly group?: number;
}

const limitMs = 2_000;

/**
 * Kills whatever still runs of a browser and waits until it has ended, so that nothing writes to its
 * profile any more. Chromium's crash handlers leave the group, but name the profile.
 */
export async function endBrowserProcesses(browser: BrowserProcesses): Promise<void> {
  const until = performance.now() + limitMs;
  for (;;) {
    const left = findBrowserProcesses(browser);
    if (left.length === 0 || performance.now() > until) return;
    for (const pid of left) kill(pid);
    await delay(5);
  }
}

function findBrowserProcesses({ userDataDir, group }: BrowserProcesses): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const facts = findProcess(pid);
      if (facts === undefined) return false;
      return facts.group === group || namesProfile(readCommandLine(pid), userDataDir);
    });
}

/** `--user-data-dir=PROFILE` and `--database=PROFILE/…`. */
function namesProfile(words: readonly string[], userDataDir: string): boolean {
  return words.some(
    (word) =>
      word.startsWith("--") &&
      (word.endsWith(`=${userDataDir}`) || word.includes(`=${userDataDir}/`)),
  );
}

function readCommandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return []; // it ended
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
