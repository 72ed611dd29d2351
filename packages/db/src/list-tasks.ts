import type { Querier } from "./connect.ts";
import { type TasksPage, cutPage, newestFirst, tasksOf } from "./filter-tasks.ts";
import { type TaskRow, taskRowOf } from "./task-row.ts";

/** A page of a person's tasks, newest first. */
export async function listTasks(
  db: Querier,
  asked: TasksPage,
): Promise<{ readonly tasks: TaskRow[]; readonly nextCursor: string | null }> {
  const rows = await tasksOf(db, asked.userId, asked.filter)
    .$call(await newestFirst(db, asked))
    .execute();
  const { page, nextCursor } = cutPage(rows, asked.limit);
  return { tasks: page.map(taskRowOf), nextCursor };
}
