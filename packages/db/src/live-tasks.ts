import { IntentState, TaskState } from "@valet/contracts";
import { mayHaveBeenSent, nextTaskState } from "@valet/domain";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { findIntent } from "./intents.ts";
import { enqueue } from "./outbox.ts";
import { changeState } from "./task-progress.ts";
import type { TaskWrite } from "./write-task.ts";

/** A task that has not ended, with what is needed to compare it with its engine run. */
export interface LiveTask {
  readonly taskId: string;
  readonly state: TaskState;
  readonly epoch: number;
  /** The run that claimed it, else the one the engine was asked for; null before the trigger. */
  readonly runId: string | null;
  /** Whether a step of that run ever began; the claim itself comes a moment later. */
  readonly hasBegun: boolean;
  /** The newest step of this start of the task began and has no end. */
  readonly hasOpenStep: boolean;
  readonly intentState: IntentState | null;
  /** Somebody is asked something right now. */
  readonly isPersonAsked: boolean;
  /** Since the last event, or since the run was asked for if that was later. */
  readonly silentForMs: number;
  readonly lastSeq: number;
}

const waitsForPerson = sql<boolean>`tasks.state in ('awaiting_human', 'awaiting_review')`;

/**
 * What is at work first, the longest silent first; then of those that wait for a person whichever: when they are
 * more than `limit`, each has its turn some time. What was not let start yet has no run, however many those are.
 *
 * @param taskIds of these alone, whatever they do
 */
export async function listLiveTasks(
  db: Querier,
  { limit, taskIds }: { readonly limit: number; readonly taskIds?: readonly string[] },
): Promise<LiveTask[]> {
  let query = db
    .selectFrom("tasks")
    .select((eb) => [
      "tasks.id",
      "tasks.state",
      "tasks.epoch",
      "tasks.runId",
      "tasks.lastSeq",
      // A run the engine has just taken may not be known yet, however old its task is.
      sql<string>`extract(epoch from now() - greatest(tasks.updated_at, (
        select max(created_at) from task_runs
        where task_id = tasks.id and epoch = tasks.epoch
      ))) * 1000`.as("silentForMs"),
      eb
        .selectFrom("taskRuns")
        .select("taskRuns.runId")
        .whereRef("taskRuns.taskId", "=", "tasks.id")
        .whereRef("taskRuns.epoch", "=", "tasks.epoch")
        .orderBy("taskRuns.createdAt", "desc")
        .limit(1)
        .as("askedRunId"),
      eb
        .selectFrom("stepRuns")
        .innerJoin("taskRuns", "taskRuns.runId", "stepRuns.runId")
        .select(sql<boolean>`step_runs.finished_at is null`.as("isOpen"))
        .whereRef("taskRuns.taskId", "=", "tasks.id")
        .whereRef("taskRuns.epoch", "=", "tasks.epoch")
        .orderBy("stepRuns.startedAt", "desc")
        .limit(1)
        .as("isNewestStepOpen"),
      eb
        .selectFrom("submissionIntents")
        .select("submissionIntents.state")
        .whereRef("submissionIntents.taskId", "=", "tasks.id")
        .orderBy("submissionIntents.createdAt", "desc")
        .limit(1)
        .as("intentState"),
      sql<boolean>`exists (
        select from human_steps where task_id = tasks.id and state = 'open'
      )`.as("isPersonAsked"),
    ])
    .where("tasks.finishedAt", "is", null)
    .orderBy(waitsForPerson)
    .orderBy(sql`case when ${waitsForPerson} then random() end`)
    .orderBy("tasks.updatedAt")
    .limit(limit);
  query =
    taskIds === undefined
      ? query.where("tasks.admittedAt", "is not", null)
      : query.where("tasks.id", "=", sql<string>`any(${taskIds}::uuid[])`);
  const rows = await query.execute();
  return rows.map((row) => ({
    taskId: row.id,
    state: TaskState.parse(row.state),
    epoch: row.epoch,
    runId: row.runId ?? row.askedRunId,
    hasBegun: row.runId !== null || row.isNewestStepOpen !== null,
    hasOpenStep: row.isNewestStepOpen === true,
    intentState: row.intentState === null ? null : IntentState.parse(row.intentState),
    isPersonAsked: row.isPersonAsked,
    silentForMs: Number(row.silentForMs),
    lastSeq: row.lastSeq,
  }));
}

/**
 * Starts the task again with the next epoch: runs of the old one are superseded from here on. The
 * browser is kept only where its page may prove what was sent; otherwise work starts on a fresh one.
 */
export async function restartTask(write: TaskWrite): Promise<boolean> {
  const { trx, task } = write;
  const intent = await findIntent(trx, task.id);
  const sent = intent !== undefined && mayHaveBeenSent(intent.state);
  const next = nextTaskState(task.state, { type: "restarted", mayHaveBeenSent: sent });
  if (next === undefined) return false;
  const epoch = task.epoch + 1;
  write.change({ epoch, runId: null, claimedAt: null, ...(sent ? {} : { sessionId: null }) });
  changeState(write, next);
  await enqueue(trx, task.id, { kind: "start_run", epoch });
  return true;
}
