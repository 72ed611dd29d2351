import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { FillPageInput, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { extendWhileProgressing } from "../engine/extend-while-progressing.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { runChild } from "../engine/run-child.ts";
import { fillPage } from "../steps/fill-page.ts";

/** A page may be extended up to this while its fields get on. */
const pageLimitMs = 12 * 60_000;

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
      const extension = extendWhileProgressing(
        { refreshTimeout: (by) => ctx.refreshTimeout(by), now: () => performance.now() },
        { limitMs: pageLimitMs },
      );
      return runChild(deps, {
        name: "fill-page",
        ctx,
        taskId: input.taskId,
        body: (turn, signal) => fillPage(deps, { ...input, ...extension, turn }, signal),
      });
    },
  });
}
