import { type Outcome, type TaskMode, type TaskState, ValetError } from "@valet/contracts";
import { type SelectQueryBuilder, sql } from "kysely";
import type { Querier } from "./connect.ts";
import type { DB } from "./schema.gen.ts";
import { findTask } from "./task-row.ts";

/** All that are given must hold. */
export interface TaskFilter {
  readonly state?: TaskState | undefined;
  readonly outcome?: Outcome | undefined;
  readonly mode?: TaskMode | undefined;
  readonly platform?: string | undefined;
  readonly batch?: string | undefined;
  /** All of these words stand in its address, or in what its page says of the job. */
  readonly text?: string | undefined;
  /** Of when the application was made; `until` itself is left out. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** Whether a person is asked for something. */
  readonly waiting?: boolean | undefined;
}

export interface TasksPage {
  readonly userId: string;
  readonly filter: TaskFilter;
  readonly limit: number;
  /** The id of the last one seen. */
  readonly cursor?: string | undefined;
}

const wordsOfTask = sql`concat_ws(' ', tasks.job_url, tasks.employer, tasks.posting->>'company',
  tasks.posting->>'title', tasks.posting->>'pageTitle', tasks.posting->>'location')`;

/** A person's applications. */
export function tasksOf(db: Querier, userId: string, filter: TaskFilter) {
  const { state, outcome, mode, platform, batch, text, since, until, waiting } = filter;
  let query = db.selectFrom("tasks").selectAll("tasks").where("userId", "=", userId);
  if (state !== undefined) query = query.where("state", "=", state);
  if (outcome !== undefined) query = query.where("outcome", "=", outcome);
  if (mode !== undefined) query = query.where("mode", "=", mode);
  if (platform !== undefined) query = query.where("platform", "=", platform);
  if (batch !== undefined) query = query.where("batchId", "=", batch);
  for (const word of text?.split(/\s+/u) ?? []) {
    query = query.where(
      sql<boolean>`${wordsOfTask} ilike ${`%${word.replace(/[\\%_]/gu, "\\$&")}%`}`,
    );
  }
  if (since !== undefined) query = query.where("createdAt", ">=", since);
  if (until !== undefined) query = query.where("createdAt", "<", until);
  if (waiting !== undefined) {
    query = query.where((eb) => {
      const isAsked = eb.exists(
        eb
          .selectFrom("humanSteps")
          .select("humanSteps.id")
          .whereRef("humanSteps.taskId", "=", "tasks.id")
          .where("humanSteps.state", "=", "open"),
      );
      return waiting ? isAsked : eb.not(isAsked);
    });
  }
  return query;
}

/** The newest first, from behind the last one seen, with one more that says whether there are more. */
export async function newestFirst(db: Querier, { userId, limit, cursor }: TasksPage) {
  const last = cursor === undefined ? undefined : await findTask(db, { id: cursor, userId });
  if (cursor !== undefined && last === undefined) {
    throw new ValetError("VALIDATION", "The cursor is not one of ours. Start again without it.");
  }
  return <Row>(query: SelectQueryBuilder<DB, "tasks", Row>) => {
    const page = query
      .orderBy("tasks.createdAt", "desc")
      .orderBy("tasks.id", "desc")
      .limit(limit + 1);
    if (last === undefined) return page;
    return page.where(
      sql<boolean>`(created_at, id) < (select created_at, id from tasks where id = ${last.id})`,
    );
  };
}

/** The page of what `newestFirst` has found, and where the next one begins. */
export function cutPage<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
): { readonly page: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return { page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
