import { IntentState, type Outcome, type TaskState, ValetError } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type TaskRow, findTask, isUuid, taskRowOf } from "./task-row.ts";

export interface RunFilter {
  readonly state?: TaskState | undefined;
  readonly outcome?: Outcome | undefined;
  readonly platform?: string | undefined;
  /** Of when the application was made; `until` itself is left out. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** An application with the run that it has, or the newest one that was asked for. */
export type RunRow = TaskRow & { readonly askedRunId: string | null };

export interface RunsPage {
  readonly userId: string;
  readonly filter: RunFilter;
  readonly limit: number;
  /** The id of the last one seen. */
  readonly cursor?: string | undefined;
}

/** A page of a person's runs, the newest application first. */
export async function listRuns(
  db: Querier,
  { userId, filter, limit, cursor }: RunsPage,
): Promise<{ readonly runs: RunRow[]; readonly nextCursor: string | null }> {
  let query = runsOf(db, userId, filter)
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
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1);
  if (cursor !== undefined) {
    const last = await findTask(db, { id: cursor, userId });
    if (last === undefined) {
      throw new ValetError("VALIDATION", "The cursor is not one of ours. Start again without it.");
    }
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from tasks where id = ${last.id})`,
    );
  }
  const rows = await query.execute();
  const runs = rows.slice(0, limit).map(({ askedRunId, ...row }) => ({
    ...taskRowOf(row),
    askedRunId: row.runId ?? askedRunId,
  }));
  const more = rows.length > limit;
  return { runs, nextCursor: more ? (runs.at(-1)?.id ?? null) : null };
}

/** With what decides whether it may be cancelled or started once more. */
export type SelectedRun = TaskRow & { readonly intentState: IntentState | null };

interface Selection {
  readonly userId: string;
  readonly which:
    | { readonly ids: readonly string[] }
    | { readonly filter: RunFilter; readonly hasEnded: boolean };
  readonly limit: number;
}

/** A person's applications to act on, the oldest first; ids of others are left out. */
export async function selectRuns(
  db: Querier,
  { userId, which, limit }: Selection,
): Promise<SelectedRun[]> {
  let query = runsOf(db, userId, "filter" in which ? which.filter : {})
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

function runsOf(db: Querier, userId: string, filter: RunFilter) {
  const { state, outcome, platform, since, until } = filter;
  let query = db.selectFrom("tasks").selectAll("tasks").where("userId", "=", userId);
  if (state !== undefined) query = query.where("state", "=", state);
  if (outcome !== undefined) query = query.where("outcome", "=", outcome);
  if (platform !== undefined) query = query.where("platform", "=", platform);
  if (since !== undefined) query = query.where("createdAt", ">=", since);
  if (until !== undefined) query = query.where("createdAt", "<", until);
  return query;
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
