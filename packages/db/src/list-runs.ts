import { IntentState, Outcome, TaskState } from "@valet/contracts";
import { sql } from "kysely";
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

/** Which of a person's applications to act on. */
export interface RunsToActOn {
  readonly userId: string;
  readonly which:
    | { readonly ids: readonly string[] }
    | {
        readonly filter: TaskFilter;
        readonly hasEnded: boolean;
        /** The id of the last one that was acted on. */
        readonly after?: string | undefined;
      };
}

/** The oldest first; ids of others are left out. */
export async function selectRuns(
  db: Querier,
  { limit, ...asked }: RunsToActOn & { readonly limit: number },
): Promise<SelectedRun[]> {
  const rows = await runsToActOn(db, asked)
    .selectAll("tasks")
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ intentState, ...row }) => ({
    ...taskRowOf(row),
    intentState: intentStateOf(intentState),
  }));
}

/** Applications that are alike in all that decides what may be done to them. */
export type RunKind = Pick<SelectedRun, "state" | "outcome" | "intentState"> & {
  readonly count: number;
};

/** All of them, however many. */
export async function countRuns(db: Querier, asked: RunsToActOn): Promise<RunKind[]> {
  const rows = await db
    .selectFrom(runsToActOn(db, asked).select(["state", "outcome"]).as("runs"))
    .select((eb) => ["state", "outcome", "intentState", eb.fn.countAll<string>().as("count")])
    .groupBy(["state", "outcome", "intentState"])
    .execute();
  return rows.map(({ state, outcome, intentState, count }) => ({
    state: TaskState.parse(state),
    outcome: Outcome.nullable().parse(outcome),
    intentState: intentStateOf(intentState),
    count: Number(count),
  }));
}

/** A time that all that is stored by now lies before, by the clock of the database. */
export async function readClock(db: Querier): Promise<Date> {
  // Its times are finer than ours, which are cut off.
  const { rows } = await sql<{ now: Date }>`
    select clock_timestamp() + interval '1 millisecond' as now
  `.execute(db);
  return rows[0]?.now ?? new Date();
}

function runsToActOn(db: Querier, { userId, which }: RunsToActOn) {
  const query = tasksOf(db, userId, "filter" in which ? which.filter : {})
    .clearSelect()
    .select((eb) =>
      eb
        .selectFrom("submissionIntents")
        .select("submissionIntents.state")
        .whereRef("submissionIntents.taskId", "=", "tasks.id")
        .orderBy("submissionIntents.createdAt", "desc")
        .limit(1)
        .as("intentState"),
    );
  if ("ids" in which) {
    const ids = which.ids.filter(isUuid);
    return query.where("id", "=", sql<string>`any(${ids}::uuid[])`);
  }
  const selected = query.where("finishedAt", which.hasEnded ? "is not" : "is", null);
  if (which.after === undefined) return selected;
  return selected.where(
    sql<boolean>`(created_at, id) > (select created_at, id from tasks where id = ${which.after})`,
  );
}

function intentStateOf(stored: string | null): IntentState | null {
  return stored === null ? null : IntentState.parse(stored);
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
