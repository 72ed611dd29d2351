import {
  type BatchJobState,
  type CreateTaskBody,
  type StartWaveInput,
  TaskPriority,
  WaitLimits,
  toValetError,
} from "@valet/contracts";
import { answersOfLine } from "@valet/domain";
import type { Transaction } from "kysely";
import { type BatchJobRow, type BatchRow, batchJobRowOf } from "./batch-rows.ts";
import { enter, lockBatch } from "./change-batch.ts";
import {
  type AcceptedTask,
  type NewTask,
  acceptTask,
  findSameTask,
  ringAccepted,
} from "./create-task.ts";
import type { Db } from "./connect.ts";
import type { DB } from "./schema.gen.ts";
import { countLeft } from "./tell-batch.ts";
import type { TaskWriter } from "./write-task.ts";

/**
 * So many applications of a batch are at work or wait for their start, at most. Those that wait for their
 * person do not count: whoever comes back in the evening finds all of them.
 */
export const mostAtWorkOfBatch = 20;

/**
 * From here on an end of an application wakes this wave. `over`: the batch has ended, is not there, or has
 * another run by now; there is nothing to do for this one.
 */
export async function beginWave(
  db: Db,
  { batchId, epoch, wave }: StartWaveInput,
): Promise<"begun" | "over"> {
  return db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, batchId);
    if (batch?.state !== "running" || batch.epoch !== epoch) return "over";
    // One that runs late does not take the place of a later one.
    if (batch.wave < wave) {
      await trx.updateTable("batches").set({ wave }).where("id", "=", batchId).execute();
    }
    return "begun";
  });
}

/**
 * `made`: an application came of the next job. `settled`: none can, and its line says why. `full`: there are
 * enough at work. `none`: no job is left, or the batch is over.
 */
export type NextOfBatch = "made" | "settled" | "full" | "none";

type Step =
  | { readonly kind: "full" | "none" }
  | { readonly kind: "made"; readonly accepted: AcceptedTask }
  | { readonly kind: "refused"; readonly job: BatchJobRow; readonly input: NewTask };

/**
 * Makes the application of the batch's next job, in one transaction with the line that says so: whoever does
 * this at the same time, or again after a crash, finds the line taken. A batch that was cancelled gets none.
 */
export async function makeNextOfBatch(writer: TaskWriter, batchId: string): Promise<NextOfBatch> {
  const step = await writer.db.transaction().execute((trx) => makeNext(trx, batchId));
  switch (step.kind) {
    case "made":
      ringAccepted(writer, step.accepted);
      return "made";
    case "refused":
      return settle(writer, step.job, step.input);
    default:
      return step.kind;
  }
}

async function makeNext(trx: Transaction<DB>, batchId: string): Promise<Step> {
  const batch = await lockBatch(trx, batchId);
  if (batch?.state !== "running") return { kind: "none" };
  const { atWork, waiting } = await countLeft(trx, batchId);
  if (waiting === 0) return { kind: "none" };
  if (atWork >= mostAtWorkOfBatch) return { kind: "full" };
  const row = await trx
    .selectFrom("batchJobs")
    .selectAll()
    .where("batchId", "=", batchId)
    .where("state", "=", "accepted")
    .orderBy("line")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { kind: "none" };
  const job = batchJobRowOf(row);
  const input = newTaskOf(batch, job);
  const accepted = await acceptTask(trx, input);
  if (accepted === undefined) return { kind: "refused", job, input };
  await markLine(trx, job, { state: "started", taskId: accepted.task.id });
  return { kind: "made", accepted };
}

function newTaskOf(batch: BatchRow, job: BatchJobRow): NewTask {
  const { id: batchId, userId, resumeId, mode, rehearsal, priority, notBefore } = batch;
  const { line, jobUrl, jobKey, platform, employer } = job;
  const body: CreateTaskBody = {
    jobUrl,
    resumeId,
    mode,
    rehearsal,
    priority: TaskPriority.options[priority - 1] ?? "low",
    waitLimits: WaitLimits.parse(batch.waitLimits),
    answers: answersOfLine({
      line,
      own: job.answers,
      questions: batch.questions,
      forAll: batch.answers,
    }),
    ...(notBefore === null ? {} : { runAt: notBefore.toISOString() }),
  };
  return {
    userId,
    body,
    jobKey: jobKey ?? jobUrl,
    platform: platform ?? "generic",
    employer: employer ?? undefined,
    batchId,
    idempotencyKey: `batch:${batchId}:${line}`,
  };
}

/** What stands against it since the batch was accepted: the line says so and the others go on. */
async function settle(
  writer: TaskWriter,
  job: BatchJobRow,
  input: NewTask,
): Promise<"settled" | "made"> {
  try {
    const { id: taskId } = await findSameTask(writer, input);
    await markLine(writer.db, job, { state: "started", taskId });
    return "made";
  } catch (error) {
    const { kind, code, details } = toValetError(error);
    if (kind !== "user") throw error;
    const { taskId } = details;
    await markLine(writer.db, job, {
      state: refusedStates[code] ?? "refused",
      code,
      ...(typeof taskId === "string" ? { taskId } : {}),
    });
    return "settled";
  }
}

const refusedStates: Readonly<Partial<Record<string, BatchJobState>>> = {
  ALREADY_APPLIED: "already_applied",
  TASK_IN_PROGRESS: "in_progress",
};

async function markLine(
  db: Pick<Db, "updateTable">,
  { batchId, line }: BatchJobRow,
  columns: { readonly state: BatchJobState; readonly taskId?: string; readonly code?: string },
): Promise<void> {
  await db
    .updateTable("batchJobs")
    .set(columns)
    .where("batchId", "=", batchId)
    .where("line", "=", line)
    .where("state", "=", "accepted")
    .execute();
}

/** A batch of whose jobs each has come to its end is done; says whether it is over. */
export async function endBatchIfOver(db: Db, batchId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, batchId);
    if (batch?.state !== "running") return true;
    const { unfinished, waiting } = await countLeft(trx, batchId);
    if (unfinished + waiting > 0) return false;
    await enter(trx, batch, { event: { type: "ended" } });
    return true;
  });
}
