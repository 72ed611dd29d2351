import {
  type ErrorCode,
  type RunActions,
  type RunSelection,
  mostRunsACall,
  toValetError,
} from "@valet/contracts";
import { type SelectedRun, selectRuns, writeTask } from "@valet/db";
import { isEnded, judgeRetry, mayHaveBeenSent } from "@valet/domain";
import type { Logger } from "@valet/runtime";
import type { AcceptTaskDeps } from "../accept-task.ts";
import { cancelTask } from "../cancel-task.ts";
import { retryTask } from "../retry-task.ts";
import { filterOf } from "./run-filter.ts";

export interface ActOnRunsDeps extends AcceptTaskDeps {
  readonly log: Logger;
}

type Result = RunActions["results"][number];

/** What can be done to many at once, each by the rules of one. */
interface RunAction {
  /** Filters find only those that may be meant. */
  readonly isForEnded: boolean;
  readonly wouldBeDone: (run: SelectedRun) => boolean;
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

/** At a time; the database has other callers. */
const concurrency = 4;

/** Cancels or replays what was selected, one after the other: what happens to one holds up no other. */
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
  const ids = "ids" in selection ? [...new Set(selection.ids)] : undefined;
  const which =
    "filters" in selection
      ? { filter: filterOf(selection.filters), hasEnded: action.isForEnded }
      : { ids: ids ?? [] };
  const { db } = deps.writer;
  const found = await selectRuns(db, { userId, which, limit: mostRunsACall + 1 });
  const runs = found.slice(0, mostRunsACall);
  const hasMore = found.length > runs.length;
  if (selection.dryRun === true) {
    return { count: runs.filter(action.wouldBeDone).length, results: [], hasMore };
  }
  const results = new Map<string, Result>();
  const queue = runs.values();
  const lane = async () => {
    for (const run of queue) results.set(run.id, await actOn(deps, action, run));
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const all = (ids ?? runs.map(({ id }) => id)).map((id) => results.get(id) ?? notFound(id));
  return { count: all.filter((result) => "done" in result).length, results: all, hasMore };
}

async function actOn(deps: ActOnRunsDeps, action: RunAction, run: SelectedRun): Promise<Result> {
  try {
    return { id: run.id, done: true, ...(await action.act(deps, run)) };
  } catch (error) {
    const { code } = toValetError(error);
    if (code === "INTERNAL") deps.log.error({ err: error, taskId: run.id }, "a run was left alone");
    return { id: run.id, code };
  }
}

function notFound(id: string): Result {
  return { id, code: "NOT_FOUND" satisfies ErrorCode };
}
