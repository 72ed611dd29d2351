import { isEnded } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { enterQueue } from "./task-progress.ts";
import { type TaskRow, findTask } from "./task-row.ts";
import type { TaskWrite } from "./write-task.ts";

/**
 * A run takes the task when nobody holds it, and keeps it when it does already. A run of an older
 * start, or the second of two runs triggered for one start, is superseded: it must touch nothing.
 */
export async function claimTask(
  write: TaskWrite,
  runId: string,
): Promise<"claimed" | "superseded"> {
  const { trx, task } = write;
  if (isEnded(task.state)) return "superseded";
  if (task.runId === runId) return "claimed";
  if (task.runId !== null) return "superseded";
  const epoch = await recordRun(trx, { runId, taskId: task.id, epoch: task.epoch });
  if (epoch < task.epoch) return "superseded";
  // Whoever stored it died before saying that it is in the queue; a run of it shows that it was.
  if (task.state === "created") enterQueue(write);
  write.change({ runId, claimedAt: new Date() });
  return "claimed";
}

/** Says which browser session the task has, which is on its way to the site, if this run still owns it. */
export async function setTaskSession(
  db: Querier,
  { taskId, runId, sessionId }: { taskId: string; runId: string; sessionId: string },
): Promise<void> {
  await db
    .updateTable("tasks")
    .set({ sessionId, openedAt: sql<Date>`coalesce(opened_at, now())` })
    .where("id", "=", taskId)
    .where("runId", "=", runId)
    .execute();
}

/** Remembers a run the engine was asked for; told twice, the first word stands. Gives the epoch that does. */
export async function recordRun(
  db: Querier,
  run: { readonly runId: string; readonly taskId: string; readonly epoch: number },
): Promise<number> {
  const { epoch } = await db
    .insertInto("taskRuns")
    .values(run)
    // Changes nothing, but gives the row that is there.
    .onConflict((conflict) => conflict.column("runId").doUpdateSet({ runId: run.runId }))
    .returning("epoch")
    .executeTakeFirstOrThrow();
  return epoch;
}

/** The newest run the engine was asked for at this start of the task. */
export async function findAskedRun(
  db: Querier,
  { taskId, epoch }: { readonly taskId: string; readonly epoch: number },
): Promise<string | undefined> {
  const row = await db
    .selectFrom("taskRuns")
    .select("runId")
    .where("taskId", "=", taskId)
    .where("epoch", "=", epoch)
    .orderBy("createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.runId;
}

/** The task, if this run still owns it and it has not ended. */
export async function findOwnedTask(
  db: Querier,
  { taskId, runId }: { readonly taskId: string; readonly runId: string },
): Promise<TaskRow | undefined> {
  const task = await findTask(db, { id: taskId });
  return task !== undefined && task.runId === runId && !isEnded(task.state) ? task : undefined;
}

export interface AskedRun {
  readonly runId: string;
  readonly epoch: number;
  readonly createdAt: Date;
}

/** Every run that is known of this task, the newest first. */
export async function listTaskRuns(db: Querier, taskId: string): Promise<AskedRun[]> {
  return db
    .selectFrom("taskRuns")
    .select(["runId", "epoch", "createdAt"])
    .where("taskId", "=", taskId)
    .orderBy("createdAt", "desc")
    .execute();
}
