import {
  ConcurrencyLimitStrategy,
  type HatchetClient,
  StickyStrategy,
} from "@hatchet-dev/typescript-sdk";
import {
  BatchApplyInput,
  type BatchRunMetadata,
  batchRunKey,
  toValetError,
  workflowNames,
} from "@valet/contracts";
import { z } from "zod";
import type { WorkerDeps } from "../deps.ts";
import { keepInMemory } from "../engine/keep-in-memory.ts";
import { parseInput } from "../engine/parse-input.ts";
import { tellEngine } from "../engine/tell-engine.ts";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { batchApplyBody } from "./batch-apply-body.ts";
import { durablePort } from "./durable-port.ts";
import type { createStartWave } from "./start-wave.ts";

/** As long as the day's limits may spread a batch over days. */
const longestBatch = "720h";
/** Of one person; the others wait on the engine for their turn. */
const batchesOfPerson = 3;

const Epoch = z.coerce.number().int().min(1).catch(1);

/**
 * One batch from its first application to the end of its last. It only spawns waves and waits, so it holds no
 * ordinary slot; how many applications run at once is decided by admission, not by the engine (decision 0031).
 */
export function createBatchApply(
  hatchet: HatchetClient,
  deps: WorkerDeps,
  startWave: ReturnType<typeof createStartWave>,
) {
  const workflow = hatchet.workflow({
    name: workflowNames.batchApply,
    description: "Many applications of one person, in waves",
    sticky: StickyStrategy.SOFT,
    inputValidator: BatchApplyInput,
    idempotency: batchRunKey,
    concurrency: {
      expression: "input.userId",
      maxRuns: batchesOfPerson,
      limitStrategy: ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    },
  });
  const apply = workflow.durableTask({
    name: workflowNames.batchApply,
    executionTimeout: longestBatch,
    scheduleTimeout: longestBatch,
    retries: 3,
    backoff: { factor: 2, maxSeconds: 60 },
    fn: async (_, ctx) => {
      const { batchId } = parseInput(BatchApplyInput, ctx.input);
      const epoch = Epoch.parse(ctx.additionalMetadata()["epoch"]);
      const log = deps.log.child({ batchId, workflowRunId: ctx.workflowRunId() });
      const speaker = { name: workflowNames.batchApply, ctx, about: { batchId }, log };
      try {
        return await batchApplyBody(durablePort(ctx, deps.inFlight), {
          batchId,
          epoch,
          startWave: startWave.name,
          additionalMetadata: {
            batchId,
            epoch: String(epoch),
            source: "worker",
          } satisfies BatchRunMetadata,
        });
      } catch (error) {
        const { code } = toValetError(error);
        log.warn({ err: error, code }, "a batch was interrupted");
        await tellEngine(speaker, `failed: ${code}`);
        throw toHatchetError(error);
      }
    },
  });
  keepInMemory(apply);
  return workflow;
}
