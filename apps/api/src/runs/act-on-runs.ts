import type { RunActions, RunSelection } from "@valet/contracts";
import { type RunKind, type SelectedRun, countRuns, writeTask } from "@valet/db";
import { isEnded, judgeRetry, mayHaveBeenSent } from "@valet/domain";
import type { Logger } from "@valet/runtime";
import type { AcceptTaskDeps } from "../accept-task.ts";
import { cancelTask } from "../cancel-task.ts";
import { retryTask } from "../retry-task.ts";
import { answerEach } from "./answer-each.ts";
import { selectPage, wholeSelection } from "./select-page.ts";

export interface ActOnRunsDeps extends AcceptTaskDeps {
  readonly log: Logger;
}

/** What can be done to many at once, each by the rules of one. */
interface RunAction {
  /** Filters find only those that may be meant. */
  readonly isForEnded: boolean;
  readonly wouldBeDone: (run: Omit<RunKind, "count">) => boolean;
  readonly act: (deps: ActOnRunsDeps, run: SelectedRun) => Promise<{ readonly startedAs?: string }>;
}

export const cancelling: RunAction = {
  isForEnded: false,
  wouldBeDone: ({ state, intentState }) => {
    const mayBeSent = intentState !== null && mayHaveBeenSent(intentState);
    return state === "cancelled" || (!isEnded(state) && !mayBeSent);
  },
  act: async ({ writer, kickRelay }, { id }) => {
    await writeTask(writer, id, cancelTask);
    kickRelay();
    return {};
  },
};

export const replaying: RunAction = {
  isForEnded: true,
  wouldBeDone: (run) => judgeRetry(run).kind === "allowed",
  act: async (deps, run) => ({ startedAs: (await retryTask(deps, run)).id }),
};

/** Cancels or replays what was selected: what happens to one holds up no other. */
export async function actOnRuns(
  deps: ActOnRunsDeps,
  {
    action,
    selection,
    userId,
  }: {
    readonly action: RunAction;
    readonly selection: RunSelection;
    readonly userId: string;
  },
): Promise<RunActions> {
  const { db } = deps.writer;
  const asked = { userId, selection, isForEnded: action.isForEnded };
  if (selection.dryRun === true) {
    const kinds = await countRuns(db, wholeSelection(asked));
    const meant = kinds.filter(action.wouldBeDone);
    const count = meant.reduce((sum, kind) => sum + kind.count, 0);
    return { count, results: [], hasMore: false, nextCursor: null };
  }
  const page = await selectPage(db, asked);
  const results = await answerEach(deps.log, page, async (run) => ({
    id: run.id,
    done: true,
    ...(await action.act(deps, run)),
  }));
  return {
    count: results.filter((result) => "done" in result).length,
    results,
    hasMore: page.hasMore,
    nextCursor: page.nextCursor,
  };
}
