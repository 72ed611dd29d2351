import { setTimeout as delay } from "node:timers/promises";
import { type IntentRow, type TaskRow, armIntent, waitForHostTurn, writeTask } from "@valet/db";
import { isOwnHost, startLimitsOf } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";

interface ArmInTurn {
  readonly task: Pick<TaskRow, "id" | "platform" | "host" | "employer">;
  readonly arm: Omit<Parameters<typeof armIntent>[1], "pressDigest">;
  /** Asked for before a wait. */
  readonly moreTime: () => Promise<void>;
}

/**
 * Arms the attempt once its host may be sent to: not while another is on its way there, nor sooner after it than the
 * host's spacing. What was approved waits in its browser meanwhile, a few seconds; the page is read again afterwards.
 * Undefined where there is nothing to arm any more.
 */
export async function armInTurn(
  deps: WorkerDeps,
  { task, arm, moreTime }: ArmInTurn,
  signal: AbortSignal,
): Promise<IntentRow | undefined> {
  const spacingMs = await spacingOf(deps, task);
  const { host } = task;
  let hasMoreTime = false;
  for (;;) {
    signal.throwIfAborted();
    const turn = await writeTask(deps.writer, task.id, async ({ trx }) => {
      const waitMs = await waitForHostTurn(trx, { host, intentId: arm.intentId, spacingMs });
      return waitMs > 0 ? { waitMs } : { armed: await armIntent(trx, arm) };
    });
    if ("armed" in turn) return turn.armed;
    if (!hasMoreTime) await moreTime();
    hasMoreTime = true;
    await delay(turn.waitMs, undefined, { signal });
  }
}

async function spacingOf(deps: WorkerDeps, task: ArmInTurn["task"]): Promise<number> {
  const everybody = await deps.readLimits();
  const isOwn = isOwnHost(deps.network, task.host);
  return startLimitsOf(task, { everybody, isOwnHost: isOwn }).hostSpacingMs;
}
