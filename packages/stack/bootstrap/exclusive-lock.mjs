import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { identifySelf, isRunning } from "./process-identity.mjs";

/** @typedef {{ kind: "held", release: () => void } | { kind: "busy", pid: number }} LockAttempt */

/**
 * A lock file that names its holder; one left by a process that died is taken over.
 * @param {string} path its folder must exist
 * @returns {LockAttempt}
 */
export function tryLock(path) {
  const mine = identifySelf();
  const draft = `${path}.${mine.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return { kind: "held", release: () => release(path, mine) };
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const holder = readHolder(path);
      if (holder !== undefined && isRunning(holder)) return { kind: "busy", pid: holder.pid };
      removeStale(path);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Runs `work` alone among all processes that use this path; waits for its turn.
 * @template T
 * @param {{ path: string, onWait?: (pid: number) => void }} lock
 * @param {() => Promise<T>} work
 */
export async function withLock({ path, onWait }, work) {
  let attempt = tryLock(path);
  for (let told = false; attempt.kind === "busy"; attempt = tryLock(path)) {
    if (!told) onWait?.(attempt.pid);
    told = true;
    await delay(200);
  }
  try {
    return await work();
  } finally {
    attempt.release();
  }
}

/** @param {string} path */
function removeStale(path) {
  const taken = `${path}.stale.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(path, taken);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  // Two processes may both have seen the stale lock: what the second takes away is the first's new
  // lock, and it has to go back.
  const holder = readHolder(taken);
  try {
    if (holder !== undefined && isRunning(holder)) linkSync(taken, path);
  } finally {
    rmSync(taken, { force: true });
  }
}

/**
 * @param {string} path
 * @param {import("./process-identity.mjs").ProcessIdentity} mine
 */
function release(path, mine) {
  const holder = readHolder(path);
  if (holder?.pid === mine.pid && holder.start === mine.start) rmSync(path, { force: true });
}

/**
 * @param {string} path
 * @returns {import("./process-identity.mjs").ProcessIdentity | undefined}
 */
function readHolder(path) {
  try {
    const { pid, start } = JSON.parse(readFileSync(path, "utf8"));
    return typeof pid === "number" && typeof start === "string" ? { pid, start } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
