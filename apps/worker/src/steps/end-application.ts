import { type TaskEnd, endTask, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { type Passed, ended, superseded } from "./step-result.ts";

interface Ending {
  readonly taskId: string;
  readonly runId: string;
  readonly end: TaskEnd;
}

/**
 * Ends the task if this run still owns it, and gives its browser back. Safe to call twice, on any
 * worker. The host closes sessions of ended tasks by itself as well, so a failed release costs
 * seconds, not a browser.
 */
export async function endApplication(
  deps: WorkerDeps,
  { taskId, runId, end }: Ending,
  signal: AbortSignal,
): Promise<Passed> {
  const isOwner = await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return false;
    await endTask(write, end);
    return true;
  });
  if (!isOwner) return superseded;
  await releaseSession(deps, { taskId, runId }, signal);
  return ended;
}

export async function releaseSession(
  deps: WorkerDeps,
  { taskId, runId }: { readonly taskId: string; readonly runId: string },
  signal: AbortSignal,
): Promise<void> {
  await deps.sessions.forget(runId);
  try {
    await deps.hosts.closeTaskSession(taskId, signal);
  } catch (error) {
    deps.log.warn({ err: error, taskId }, "browser session was not released, the host will do it");
  }
}
