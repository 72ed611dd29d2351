import { createHash } from "node:crypto";
import { type CreateTaskBody, ValetError } from "@valet/contracts";
import { canonicalJson } from "@valet/domain";
import { sql } from "kysely";
import { listLiveIntents } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { enqueue } from "./outbox.ts";
import { findResume } from "./resumes.ts";
import { grantTaskConsent } from "./standing-consents.ts";
import { enterQueue } from "./task-progress.ts";
import { type TaskRow, getTask, taskRowOf } from "./task-row.ts";
import { type TaskWriter, writeTask } from "./write-task.ts";

export interface NewTask {
  readonly userId: string;
  readonly body: CreateTaskBody;
  readonly jobKey: string;
  readonly platform: string;
  readonly idempotencyKey?: string;
  /** The attempt of unknown outcome that the person chose to repeat, accepting a duplicate. */
  readonly repeatsIntentId?: string;
}

/**
 * Accepts an application and decides, in one transaction, that it will be started. The same
 * idempotency key gives the same task; with another body `IDEMPOTENCY_KEY_REUSED`. Throws
 * `NOT_FOUND` for a résumé that is not this person's, `TASK_IN_PROGRESS` and `ALREADY_APPLIED` with
 * the other task's id.
 */
export async function createTask(
  writer: TaskWriter,
  input: NewTask,
): Promise<{ readonly task: TaskRow; readonly created: boolean }> {
  const requestHash = createHash("sha256").update(canonicalJson(input.body)).digest("hex");
  const earlier = await findByIdempotencyKey(writer, input);
  if (earlier !== undefined) return { task: sameRequest(earlier, requestHash), created: false };
  await assertResumeOwned(writer, input);
  await assertNotApplied(writer, input);
  const inserted = await insertTask(writer, input, requestHash);
  if (inserted === undefined) {
    const winner = await findByIdempotencyKey(writer, input);
    if (winner !== undefined) return { task: sameRequest(winner, requestHash), created: false };
    throw taskInProgress(await findOtherTask(writer, input));
  }
  return { task: await getTask(writer.db, { id: inserted.id }), created: true };
}

async function insertTask(
  writer: TaskWriter,
  input: NewTask,
  requestHash: string,
): Promise<TaskRow | undefined> {
  const { userId, body, jobKey, platform, idempotencyKey, repeatsIntentId } = input;
  const row = await writer.db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto("tasks")
      .values({
        userId,
        resumeId: body.resumeId,
        jobUrl: body.jobUrl,
        jobKey,
        mode: body.mode,
        rehearsal: body.rehearsal ?? false,
        platform,
        idempotencyKey: idempotencyKey ?? null,
        requestHash,
        state: "created",
        epoch: 1,
        repeatsIntentId: repeatsIntentId ?? null,
        waitLimits: jsonValue(body.waitLimits ?? {}),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted === undefined) return undefined;
    if (body.mode === "autopilot" && body.rehearsal !== true) await grantTaskConsent(trx, inserted);
    await enqueue(trx, inserted.id, { kind: "start_run", epoch: 1 });
    return taskRowOf(inserted);
  });
  if (row !== undefined) await writeTask(writer, row.id, enterQueueIfNew);
  return row;
}

/** A fast run may have claimed the task already; then it has left `created` behind. */
async function enterQueueIfNew(write: Parameters<typeof enterQueue>[0]): Promise<void> {
  if (write.task.state === "created") enterQueue(write);
}

async function findByIdempotencyKey(
  { db }: TaskWriter,
  { userId, idempotencyKey }: NewTask,
): Promise<TaskRow | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const row = await db
    .selectFrom("tasks")
    .selectAll()
    .where("userId", "=", userId)
    .where("idempotencyKey", "=", idempotencyKey)
    .executeTakeFirst();
  return row === undefined ? undefined : taskRowOf(row);
}

function sameRequest(task: TaskRow, requestHash: string): TaskRow {
  if (task.requestHash === requestHash) return task;
  throw new ValetError(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another application. Nothing was started. Use a new key for a new application.",
    { taskId: task.id },
  );
}

async function assertResumeOwned({ db }: TaskWriter, { userId, body }: NewTask): Promise<void> {
  if ((await findResume(db, { id: body.resumeId, userId })) !== undefined) return;
  throw new ValetError(
    "NOT_FOUND",
    "There is no such résumé. Nothing was started. Upload one first with POST /resumes.",
  );
}

async function assertNotApplied(writer: TaskWriter, input: NewTask): Promise<void> {
  const { userId, jobKey, repeatsIntentId } = input;
  const live = await listLiveIntents(writer.db, { userId, jobKeys: [jobKey] });
  const intent = live.find(({ id, state }) => id !== repeatsIntentId || state !== "unknown");
  if (intent === undefined) return;
  if (intent.state === "confirmed" || intent.state === "rejected") {
    throw new ValetError(
      "ALREADY_APPLIED",
      "You have already applied for this job. Nothing was started.",
      {
        taskId: intent.taskId,
        outcome: intent.state === "confirmed" ? "confirmed" : "already_applied",
      },
    );
  }
  if (intent.state === "unknown") {
    throw new ValetError(
      "ALREADY_APPLIED",
      "An earlier application for this job was sent, but its arrival is not proved. Nothing was started, because a second one could be a duplicate. Say first what became of the earlier one (`valet resolve`).",
      { taskId: intent.taskId, outcome: "unconfirmed" },
    );
  }
  throw taskInProgress(intent.taskId);
}

async function findOtherTask(
  { db }: TaskWriter,
  { userId, jobKey }: NewTask,
): Promise<string | undefined> {
  const other = await db
    .selectFrom("tasks")
    .select("id")
    .where("userId", "=", userId)
    .where("jobKey", "=", jobKey)
    .orderBy(sql`finished_at nulls first`)
    .limit(1)
    .executeTakeFirst();
  return other?.id;
}

function taskInProgress(taskId: string | undefined): ValetError {
  return new ValetError(
    "TASK_IN_PROGRESS",
    "An application for this job is already on its way. Nothing was started. Follow that one, or cancel it first.",
    taskId === undefined ? {} : { taskId },
  );
}
