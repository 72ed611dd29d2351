import type { Context } from "@hatchet-dev/typescript-sdk";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import type { RunFillPage } from "../steps/fill-fields.ts";
import { PageEnd } from "../steps/step-result.ts";
import type { FillPageTasks } from "./fill-page.ts";

interface FillPageRuns {
  readonly ctx: Context<unknown>;
  readonly fillPage: FillPageTasks;
  readonly additionalMetadata: Record<string, string>;
}

/** Runs each page as a child of the step whose context this is; the same page with the same help is the same child. */
export function fillPageAsChild(
  { inFlight }: WorkerDeps,
  { ctx, fillPage, additionalMetadata }: FillPageRuns,
): RunFillPage {
  return async (page) => {
    const { help } = page;
    const isByRules = help === "none" || help === "person";
    const task = isByRules ? fillPage.byRules : fillPage[help];
    const suffix = help === "none" ? "" : `-${help}`;
    return parseInput(
      PageEnd,
      await inFlight.onChild(() =>
        ctx.runChild(task, page, {
          sticky: true,
          key: `fill-page-${page.page}${suffix}`,
          additionalMetadata,
        }),
      ),
    );
  };
}
