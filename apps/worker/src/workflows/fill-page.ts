import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { FillPageInput, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { fillPage } from "../steps/fill-page.ts";

/** One page of the form, as a child: a page that fails is retried alone. */
export function createFillPage(hatchet: HatchetClient, deps: WorkerDeps) {
  return hatchet.task({
    name: ownName(hatchet, workflowNames.fillPage),
    description: "Fills one page of a form and reads it back",
    sticky: StickyStrategy.SOFT,
    executionTimeout: "120s",
    scheduleTimeout: "5m",
    retries: 2,
    backoff: { factor: 2, maxSeconds: 60 },
    fn: async (raw: FillPageInput, ctx) => {
      const input = parseInput(FillPageInput, raw);
      const { taskId, page } = input;
      try {
        deps.log.info({ taskId, page }, "fill-page started");
        const result = await deps.inFlight.during(() =>
          fillPage(deps, input, ctx.abortController.signal),
        );
        deps.log.info({ taskId, page }, "fill-page finished");
        return result;
      } catch (error) {
        deps.log.warn({ err: error, taskId, page }, "fill-page failed");
        throw toHatchetError(error);
      }
    },
  });
}
