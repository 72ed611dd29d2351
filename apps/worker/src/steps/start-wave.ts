import type { StartWaveInput } from "@valet/contracts";
import { beginWave, endBatchIfOver, makeNextOfBatch } from "@valet/db";
import { z } from "zod";
import type { WorkerDeps } from "../deps.ts";

/** `over`: the run of the batch has nothing more to do. */
export const StartWaveOutput = z.object({ over: z.boolean(), made: z.number().int() });
export type StartWaveOutput = z.infer<typeof StartWaveOutput>;

/**
 * Makes applications of a batch's next jobs until enough of them have not ended, and says whether the batch
 * is over. They are started by admission, like all others. Each job is one transaction, so this may die and
 * run again anywhere, or twice at once.
 */
export async function startWave(
  { db, writer, checkpoint }: Pick<WorkerDeps, "db" | "writer" | "checkpoint">,
  input: StartWaveInput,
  signal: AbortSignal,
): Promise<StartWaveOutput> {
  const { batchId } = input;
  if ((await beginWave(db, input)) === "over") return { over: true, made: 0 };
  for (let made = 0; ;) {
    signal.throwIfAborted();
    await checkpoint("start-wave:before-next", batchId);
    const next = await makeNextOfBatch(writer, batchId);
    await checkpoint("start-wave:after-next", batchId);
    if (next === "made") made += 1;
    if (next === "made" || next === "settled") continue;
    return { over: next === "none" && (await endBatchIfOver(db, batchId)), made };
  }
}
