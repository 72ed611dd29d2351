import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import { FillPageInput, workflowNames } from "@valet/contracts";
import type { ChildName } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { extendWhileProgressing } from "../engine/extend-while-progressing.ts";
import { parseInput } from "../engine/parse-input.ts";
import { ownName } from "../engine/own-name.ts";
import { runChild } from "../engine/run-child.ts";
import { fillPage } from "../steps/fill-page.ts";

/** A page may be extended up to this while its fields get on. */
const pageLimitMs = 12 * 60_000;

type FillPageTask = ReturnType<typeof createTask>;

/** Who fills a page: the rules, or the rules and an engine. The run shows each under its name. */
export interface FillPageTasks {
  readonly byRules: FillPageTask;
  readonly stagehand: FillPageTask;
  readonly magnitude: FillPageTask;
}

/** One page of the form, as a child: a page that fails is retried alone, an engine has one try. */
export function createFillPage(hatchet: HatchetClient, deps: WorkerDeps): FillPageTasks {
  const engine = (name: ChildName): FillPageTask =>
    createTask(hatchet, deps, {
      name,
      description: "Fills what the rules could not fill with an engine that points at it",
      retries: 0,
    });
  return {
    byRules: createTask(hatchet, deps, {
      name: workflowNames.fillPage,
      description: "Fills one page of a form and reads it back",
      retries: 2,
    }),
    stagehand: engine(workflowNames.fillWithStagehand),
    magnitude: engine(workflowNames.fillWithMagnitude),
  };
}

interface TaskOptions {
  readonly name: ChildName;
  readonly description: string;
  readonly retries: number;
}

function createTask(
  hatchet: HatchetClient,
  deps: WorkerDeps,
  { name, description, retries }: TaskOptions,
) {
  return hatchet.task({
    name: ownName(hatchet, name),
    description,
    sticky: StickyStrategy.SOFT,
    executionTimeout: "120s",
    scheduleTimeout: "5m",
    retries,
    backoff: { factor: 2, maxSeconds: 60 },
    fn: async (raw: FillPageInput, ctx) => {
      const input = parseInput(FillPageInput, raw);
      const extension = extendWhileProgressing(
        { refreshTimeout: (by) => ctx.refreshTimeout(by), now: () => performance.now() },
        { limitMs: pageLimitMs },
      );
      return runChild(deps, {
        name,
        ctx,
        taskId: input.taskId,
        body: (turn, signal) => fillPage(deps, { ...input, ...extension, turn }, signal),
      });
    },
  });
}
