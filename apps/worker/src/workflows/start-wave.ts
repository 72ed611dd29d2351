import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { StartWaveInput, toValetError, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { ownName } from "../engine/own-name.ts";
import { parseInput } from "../engine/parse-input.ts";
import { tellEngine } from "../engine/tell-engine.ts";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { startWave } from "../steps/start-wave.ts";

/** What `batch-apply` does between two waits. */
export function createStartWave(hatchet: HatchetClient, deps: WorkerDeps) {
  return hatchet.task({
    name: ownName(hatchet, workflowNames.startWave),
    description: "Makes the applications of a batch that there is room for",
    sticky: StickyStrategy.SOFT,
    executionTimeout: "120s",
    scheduleTimeout: "1h",
    retries: 5,
    backoff: { factor: 2, maxSeconds: 60 },
    fn: (raw: StartWaveInput, ctx) =>
      deps.inFlight.during(async () => {
        const input = parseInput(StartWaveInput, raw);
        const { batchId, wave } = input;
        const log = deps.log.child({ batchId, wave, attempt: ctx.retryCount() });
        const speaker = { name: workflowNames.startWave, ctx, about: { batchId }, log };
        try {
          const said = tellEngine(speaker, "started");
          const result = await startWave(deps, input, ctx.abortController.signal);
          log.info(result, "a wave of a batch was started");
          await Promise.all([said, tellEngine(speaker, "finished")]);
          return result;
        } catch (error) {
          const { code } = toValetError(error);
          log.warn({ err: error, code }, "a wave of a batch was not started");
          await tellEngine(speaker, `failed: ${code}`);
          throw toHatchetError(error);
        }
      }),
  });
}
