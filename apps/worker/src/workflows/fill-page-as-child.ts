import type { Context } from "@hatchet-dev/typescript-sdk";
import type { WorkerDeps } from "../deps.ts";
import { parseInput } from "../engine/parse-input.ts";
import type { RunFillPage } from "../steps/fill-fields.ts";
import { FillPageOutput, Passed } from "../steps/step-result.ts";
import type { createFillPage } from "./fill-page.ts";

interface FillPageRuns {
  readonly ctx: Context<unknown>;
  readonly fillPage: ReturnType<typeof createFillPage>;
  readonly additionalMetadata: Record<string, string>;
}

/** Runs each page as a child of the step whose context this is; the same page is the same child. */
export function fillPageAsChild(
  { inFlight }: WorkerDeps,
  { ctx, fillPage, additionalMetadata }: FillPageRuns,
): RunFillPage {
  return async (page) =>
    parseInput(
      FillPageOutput.or(Passed),
      await inFlight.onChild(() =>
        ctx.runChild(fillPage, page, {
          sticky: true,
          key: `fill-page-${page.page}`,
          additionalMetadata,
        }),
      ),
    );
}
