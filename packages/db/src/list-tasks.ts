import { type TaskState, ValetError } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type TaskRow, findTask, taskRowOf } from "./task-row.ts";

/** A page of a person's tasks, newest first; `cursor` is the id of the last one seen. */
export async function listTasks(
  db: Querier,
  page: {
    readonly userId: string;
    readonly state?: TaskState;
    readonly limit: number;
    readonly cursor?: string;
  },
): Promise<{ readonly tasks: TaskRow[]; readonly nextCursor: string | null }> {
  let query = db
    .selectFrom("tasks")
    .selectAll()
    .where("userId", "=", page.userId)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(page.limit + 1);
  if (page.state !== undefined) query = query.where("state", "=", page.state);
  if (page.cursor !== undefined) {
    const last = await findTask(db, { id: page.cursor, userId: page.userId });
    if (last === undefined) {
      throw new ValetError("VALIDATION", "The cursor is not one of ours. Start again without it.");
    }
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from tasks where id = ${last.id})`,
    );
  }
  const rows = (await query.execute()).map(taskRowOf);
  const tasks = rows.slice(0, page.limit);
  const more = rows.length > page.limit;
  return { tasks, nextCursor: more ? (tasks.at(-1)?.id ?? null) : null };
}
