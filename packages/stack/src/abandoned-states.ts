import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { tryLock } from "../bootstrap/exclusive-lock.mjs";
import { endStaleProcesses } from "./end-process.ts";
import type { StackLog } from "./stack-log.ts";
import { statePaths } from "./state-files.ts";

/**
 * Temporary states (`<parent>/<prefix>*`) whose owner died without stopping them: ends their
 * processes by their records and removes their folders. A state whose owner lives is left alone.
 */
export async function endAbandonedStates(
  input: { readonly parent: string; readonly prefix: string },
  log: StackLog,
): Promise<void> {
  const names = readdirSync(input.parent).filter((name) => name.startsWith(input.prefix));
  for (const name of names) {
    const stateDir = join(input.parent, name);
    const lockFile = join(statePaths(stateDir).run, "stack.lock");
    // Without a lock file it is being made at this moment, or is none of ours.
    if (!existsSync(lockFile) || tryLock(lockFile).kind !== "held") continue;
    await endStaleProcesses(stateDir, log);
    await rm(stateDir, { recursive: true, force: true });
  }
}
