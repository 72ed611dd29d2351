import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { ContinueApplicationInput, workflowNames } from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { extendWhileProgressing } from "../engine/extend-while-progressing.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { runChild } from "../engine/run-child.ts";
import { continueApplication } from "../steps/continue-application.ts";
import type { FillPageTasks } from "./fill-page.ts";
import { fillPageAsChild } from "./fill-page-as-child.ts";

/** It may read, fill and attach all over again, and be extended up to this while it gets on. */
const limitMs = 15 * 60_000;

/** What `check-captcha` has done once the person has been waited for. */
export function createContinueApplication(
  hatchet: HatchetClient,
  deps: WorkerDeps,
  fillPage: FillPageTasks,
) {
  return hatchet.task({
    name: ownName(hatchet, workflowNames.continueApplication),
    description: "Goes on with an application that has stopped for a person",
    sticky: StickyStrategy.SOFT,
    executionTimeout: "180s",
    scheduleTimeout: "5m",
    retries: 2,
    backoff: { factor: 2, maxSeconds: 60 },
    fn: async (raw: ContinueApplicationInput, ctx) => {
      const input = parseInput(ContinueApplicationInput, raw);
      const { taskId } = input;
      const { onProgress } = extendWhileProgressing(
        { refreshTimeout: (by) => ctx.refreshTimeout(by), now: () => performance.now() },
        { limitMs },
      );
      return runChild(deps, {
        name: "continue-application",
        ctx,
        taskId,
        body: (turn, signal) =>
          continueApplication(
            deps,
            {
              ...input,
              turn,
              workerId: ctx.worker.id() ?? "",
              onProgress,
              runFillPage: fillPageAsChild(deps, {
                ctx,
                fillPage,
                additionalMetadata: ctx.additionalMetadata(),
              }),
            },
            signal,
          ),
      });
    },
  });
}
