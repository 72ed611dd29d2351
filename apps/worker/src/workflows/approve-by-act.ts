import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { SubmitPressed, engineEvents, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { runChild } from "../engine/run-child.ts";
import { approveByAct } from "../steps/approve-by-act.ts";

/** Beside the run that waits: a person in control has pressed the button that sends. */
export function createApproveByAct(hatchet: HatchetClient, deps: WorkerDeps) {
  return hatchet.task({
    name: ownName(hatchet, workflowNames.approveByAct),
    description:
      "Reads the page that a person has pressed on, and waits for the press that sends it",
    onEvents: [engineEvents.submitPressed],
    sticky: StickyStrategy.SOFT,
    executionTimeout: "90s",
    scheduleTimeout: "1m",
    retries: 2,
    fn: async (raw, ctx) => {
      const input = parseInput(SubmitPressed, raw);
      return runChild(deps, {
        name: "approve-by-act",
        ctx,
        taskId: input.taskId,
        body: (_turn, signal) => approveByAct(deps, input, signal),
      });
    },
  });
}
