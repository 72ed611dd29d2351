import {
  type TaskWriter,
  askForLostBatch,
  listLeftOfCancelled,
  listRunningBatches,
} from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { JobsClient } from "../jobs-client.ts";
import { cancelUnfinished } from "./cancel-unfinished.ts";

export interface TendBatchesDeps {
  readonly writer: TaskWriter;
  readonly jobs: Pick<JobsClient, "runState">;
  readonly kickRelay: () => void;
  readonly log: Logger;
}

const sweepLimit = 200;

/**
 * Batches whose run cannot go on get another one, and what a cancelled batch has left running is cancelled: no
 * batch stays where it is because a process died.
 */
export async function tendBatches(deps: TendBatchesDeps, signal: AbortSignal): Promise<void> {
  const { writer, jobs, kickRelay, log } = deps;
  for (const batch of await listRunningBatches(writer.db, sweepLimit)) {
    if (signal.aborted) return;
    const { id: batchId, epoch, runId } = batch;
    if (runId === null) continue;
    const run = await jobs.runState(runId);
    if (run === "queued" || run === "running" || run === "unreachable") continue;
    if (!(await askForLostBatch(writer.db, batch))) continue;
    kickRelay();
    log.warn({ batchId, epoch, run }, "a batch's run could not go on");
  }
  const left = await listLeftOfCancelled(writer.db, sweepLimit);
  if (left.length === 0) return;
  await cancelUnfinished(writer, left);
  kickRelay();
}
