import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { DispatchInput, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { runChild } from "../engine/run-child.ts";
import { dispatch } from "../steps/dispatch.ts";

/**
 * The one place that sends. `retries: 0` is a courtesy only: a lost worker starts it again all the
 * same, so the guard is the intent row (`dispatchIntent`), not this setting.
 */
export function createDispatch(hatchet: HatchetClient, deps: WorkerDeps) {
  return hatchet.task({
    name: ownName(hatchet, workflowNames.dispatch),
    description: "Compares the page with what was approved and clicks once",
    sticky: StickyStrategy.SOFT,
    executionTimeout: "60s",
    scheduleTimeout: "5m",
    retries: 0,
    fn: async (raw: DispatchInput, ctx) => {
      const input = parseInput(DispatchInput, raw);
      const moreTime = () => ctx.refreshTimeout("120s");
      return runChild(deps, {
        name: "dispatch",
        ctx,
        taskId: input.taskId,
        body: (turn, signal) => dispatch(deps, { ...input, turn, moreTime }, signal),
      });
    },
  });
}
