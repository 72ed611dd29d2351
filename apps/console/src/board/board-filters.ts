import { Outcome, RunFilters, TaskState } from "@valet/contracts";
import { z } from "zod";

/** What narrows the board, as its address says it; what makes no sense there is left out. */
export const BoardSearch = z.object({
  state: TaskState.optional().catch(undefined),
  outcome: Outcome.optional().catch(undefined),
  platform: z.string().min(1).max(64).optional().catch(undefined),
  batch: z.uuid().optional().catch(undefined),
  text: z.string().trim().min(1).max(200).optional().catch(undefined),
});
export type BoardSearch = z.infer<typeof BoardSearch>;

/** As the API takes them: nothing stands for what was not chosen. */
export function filtersOf(search: BoardSearch): RunFilters {
  return RunFilters.parse(
    Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  );
}

export function isNarrowed(search: BoardSearch): boolean {
  return Object.keys(filtersOf(search)).length > 0;
}
