import { IntentState } from "@valet/contracts";
import type { Querier } from "./connect.ts";
import { type TaskFilter, type TasksPage, cutPage, newestFirst, tasksOf } from "./filter-tasks.ts";
import { type TaskRow, isUuid, taskRowOf } from "./task-row.ts";

/** An application with the run that it has, or the newest one that was asked for. */
export type RunRow = TaskRow & { readonly askedRunId: string | null };

/** A page of a person's runs, the newest application first. */
export async function listRuns(
  db: Querier,
  asked: TasksPage,
): Promise<{ readonly runs: RunRow[]; readonly nextCursor: string | null }> {
  const rows = await tasksOf(db, asked.userId, asked.filter)
    .$call(await newestFirst(db, asked))
    .select((eb) =>
      eb
        .selectFrom("taskRuns")
        .select("taskRuns.runId")
        .whereRef("taskRuns.taskId", "=", "tasks.id")
        .whereRef("taskRuns.epoch", "=", "tasks.epoch")
        .orderBy("taskRuns.createdAt", "desc")
        .limit(1)
        .as("askedRunId"),
    )
    .execute();
  const { page, nextCursor } = cutPage(rows, asked.limit);
  const runs = page.map(({ askedRunId, ...row }) => ({
    ...taskRowOf(row),
    askedRunId: row.runId ?? askedRunId,
  }));
  return { runs, nextCursor };
}

/** With what decides whether it may be cancelled or started once more. */
export type SelectedRun = TaskRow & { readonly intentState: IntentState | null };

interface Selection {
  readonly userId: string;
  readonly which:
    | { readonly ids: readonly string[] }
    | { readonly filter: TaskFilter; readonly hasEnded: boolean };
  readonly limit: number;
}

/** A person's applications to act on, the oldest first; ids of others are left out. */
export async function selectRuns(
  db: Querier,
  { userId, which, limit }: Selection,
): Promise<SelectedRun[]> {
  let query = tasksOf(db, userId, "filter" in which ? which.filter : {})
    .select((eb) =>
      eb
        .selectFrom("submissionIntents")
        .select("submissionIntents.state")
        .whereRef("submissionIntents.taskId", "=", "tasks.id")
        .orderBy("submissionIntents.createdAt", "desc")
        .limit(1)
        .as("intentState"),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit);
  if ("ids" in which) {
    const known = which.ids.filter(isUuid);
    if (known.length === 0) return [];
    query = query.where("id", "in", known);
  } else {
    query = query.where("finishedAt", which.hasEnded ? "is not" : "is", null);
  }
  const rows = await query.execute();
  return rows.map(({ intentState, ...row }) => ({
    ...taskRowOf(row),
    intentState: intentState === null ? null : IntentState.parse(intentState),
  }));
}

/** How many applications there are in each state, of everybody; states without any are left out. */
export async function countTasksByState(db: Querier): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom("tasks")
    .select((eb) => ["state", eb.fn.countAll<string>().as("count")])
    .groupBy("state")
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}
