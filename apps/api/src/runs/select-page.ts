import { type RunSelection, mostRunsACall } from "@valet/contracts";
import { type Querier, type RunsToActOn, type SelectedRun, readClock, selectRuns } from "@valet/db";
import { filterOf } from "./run-filter.ts";
import { readRunCursor, writeRunCursor } from "./run-cursor.ts";

/** What one call acts on. */
export interface RunsPage {
  readonly runs: readonly SelectedRun[];
  /** In the order in which they are answered; ids that are nobody's of this person among them. */
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
}

export interface SelectPage {
  readonly userId: string;
  readonly selection: RunSelection;
  /** Filters find only those that may be meant. */
  readonly isForEnded: boolean;
}

export async function selectPage(db: Querier, asked: SelectPage): Promise<RunsPage> {
  const { userId, selection } = asked;
  if ("ids" in selection) {
    const ids = [...new Set(selection.ids)];
    const runs = await selectRuns(db, { userId, which: { ids }, limit: mostRunsACall });
    return { runs, ids, hasMore: false, nextCursor: null };
  }
  const cursor = selection.cursor === undefined ? undefined : readRunCursor(selection.cursor);
  const until = cursor?.until ?? (await readClock(db));
  const which = { ...matching(asked, until), after: cursor?.after };
  const found = await selectRuns(db, { userId, which, limit: mostRunsACall + 1 });
  const runs = found.slice(0, mostRunsACall);
  const last = runs.at(-1);
  const hasMore = found.length > runs.length;
  return {
    runs,
    ids: runs.map(({ id }) => id),
    hasMore,
    nextCursor: hasMore && last !== undefined ? writeRunCursor({ until, after: last.id }) : null,
  };
}

/** All that a selection means, on however many pages. */
export function wholeSelection(asked: SelectPage): RunsToActOn {
  const { userId, selection } = asked;
  return {
    userId,
    which: "ids" in selection ? { ids: selection.ids } : matching(asked, undefined),
  };
}

function matching({ selection, isForEnded }: SelectPage, before: Date | undefined) {
  const { until, ...filter } = filterOf("filters" in selection ? selection.filters : {});
  const ends = [until, before].filter((time) => time !== undefined);
  const earliest = ends.toSorted((one, other) => one.getTime() - other.getTime())[0];
  return { filter: { ...filter, until: earliest }, hasEnded: isForEnded };
}
