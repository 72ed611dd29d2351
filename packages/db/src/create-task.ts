import { createHash } from "node:crypto";
import { type CreateTaskBody, TaskPriority, ValetError, toTaskMessage } from "@valet/contracts";
import { canonicalJson, pctOnEntering } from "@valet/domain";
import { type Selectable, type Transaction, sql } from "kysely";
import { storeAnswersInAdvance } from "./answers-in-advance.ts";
import type { Querier } from "./connect.ts";
import { type PersonEvent, personEventOf } from "./event-log.ts";
import { listLiveIntents } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { findResume, resumeNotReady } from "./resumes.ts";
import type { DB, Tasks } from "./schema.gen.ts";
import { grantTaskConsent } from "./standing-consents.ts";
import { type TaskRow, taskRowOf } from "./task-row.ts";
import type { TaskWriter } from "./write-task.ts";

export interface NewTask {
  readonly userId: string;
  readonly body: CreateTaskBody;
  readonly jobKey: string;
  readonly platform: string;
  /** By which applications to one employer are told, as far as the address names it. */
  readonly employer?: string | undefined;
  readonly idempotencyKey?: string;
  /** Of one that was asked for with many others. */
  readonly batchId?: string;
  /** The attempt of unknown outcome that the person chose to repeat, accepting a duplicate. */
  readonly repeatsIntentId?: string;
}

/**
 * Accepts an application. It is started once it may be: `admitWaiting`. The same idempotency key gives the
 * same task; with another body `IDEMPOTENCY_KEY_REUSED`. While its résumé is still being parsed it waits in
 * `created`. Throws `NOT_FOUND` for a résumé that is not this person's,
 * `RESUME_NOT_READY` for one that could not be parsed, with the reason, `TASK_IN_PROGRESS` and
 * `ALREADY_APPLIED` with the other task's id.
 */
export async function createTask(
  writer: TaskWriter,
  input: NewTask,
): Promise<{ readonly task: TaskRow; readonly created: boolean }> {
  const accepted = await writer.db.transaction().execute((trx) => acceptTask(trx, input));
  if (accepted === undefined) return { task: await findSameTask(writer, input), created: false };
  ringAccepted(writer, accepted);
  return { task: accepted.task, created: true };
}

export interface AcceptedTask {
  readonly task: TaskRow;
  /** Its first. */
  readonly event: PersonEvent;
}

/** Undefined where anything stands against it: `findSameTask` then says what. */
export async function acceptTask(
  trx: Transaction<DB>,
  input: NewTask,
): Promise<AcceptedTask | undefined> {
  const { mode, rehearsal, answers = [] } = input.body;
  const task = await insertTask(trx, input, requestHashOf(input));
  if (task === undefined) return undefined;
  await storeAnswersInAdvance(trx, task.id, answers);
  if (mode === "autopilot" && rehearsal !== true) await grantTaskConsent(trx, task);
  return { task, event: await addFirstEvent(trx, task) };
}

/** Once it is committed. */
export function ringAccepted(writer: TaskWriter, { task, event }: AcceptedTask): void {
  writer.ring(task.userId, { ...toTaskMessage(event.event), position: event.position });
}

/** The application that the same request made before; throws what else stands against it. */
export async function findSameTask(writer: TaskWriter, input: NewTask): Promise<TaskRow> {
  const earlier = await findByIdempotencyKey(writer, input);
  if (earlier !== undefined) return sameRequest(earlier, requestHashOf(input));
  await assertResumeReadable(writer, input);
  await assertNotApplied(writer, input);
  throw taskInProgress(await findOtherTask(writer, input));
}

function requestHashOf({ body }: NewTask): string {
  return createHash("sha256").update(canonicalJson(body)).digest("hex");
}

/**
 * Nothing comes of it where anything stands against the task; the caller finds out what. The résumé is held
 * meanwhile: whoever says what came of its parse either sees this task or is seen by it.
 */
async function insertTask(
  db: Querier,
  { userId, body, jobKey, platform, employer, idempotencyKey, batchId, repeatsIntentId }: NewTask,
  requestHash: string,
): Promise<TaskRow | undefined> {
  const { rows } = await sql<Selectable<Tasks>>`
      insert into tasks (
        user_id, resume_id, job_url, job_key, mode, rehearsal, platform, idempotency_key,
        request_hash, state, pct, epoch, last_seq, repeats_intent_id, wait_limits,
        host, employer, priority, not_before, batch_id
      )
      select
        ${userId}, resumes.id, ${body.jobUrl}, ${jobKey}, ${body.mode},
        ${body.rehearsal ?? false}, ${platform}, ${idempotencyKey ?? null}, ${requestHash},
        case resumes.state when 'parsing' then 'created' else 'queued' end,
        case resumes.state when 'parsing' then 0 else ${pctOnEntering.queued}::integer end,
        1, 1, ${repeatsIntentId ?? null}::uuid, ${jsonValue(body.waitLimits ?? {})},
        ${new URL(body.jobUrl).host}, ${employer ?? null}, ${priorityNumber(body.priority)},
        ${body.runAt ?? null}::timestamptz, ${batchId ?? null}::uuid
      from resumes
      where resumes.id = ${body.resumeId} and resumes.user_id = ${userId}
        and resumes.state <> 'parse_failed' and not exists (
        select from intent_job_keys
        join submission_intents on submission_intents.id = intent_job_keys.intent_id
        where intent_job_keys.user_id = ${userId}
          and intent_job_keys.job_key = ${jobKey}
          and intent_job_keys.is_live
          and not (
            submission_intents.state = 'unknown'
            and submission_intents.id is not distinct from ${repeatsIntentId ?? null}::uuid
          )
      )
      for share of resumes
      on conflict do nothing
      returning *
  `.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : taskRowOf(row);
}

/** From 1 for low on. */
export function priorityNumber(priority: TaskPriority = "normal"): number {
  return TaskPriority.options.indexOf(priority) + 1;
}

/** Says where it begins: in the queue, or with the résumé that it waits for. */
async function addFirstEvent(
  db: Querier,
  { id, userId, resumeId, lastSeq, epoch, state }: TaskRow,
): Promise<PersonEvent> {
  const first =
    state === "created"
      ? { type: "resume_state", data: jsonValue({ resumeId, state: "parsing" }) }
      : { type: "state_change", data: jsonValue({ from: "created", to: "queued" }) };
  const row = await db
    .insertInto("taskEvents")
    .values({ taskId: id, userId, seq: lastSeq, epoch, ...first })
    .returningAll()
    .executeTakeFirstOrThrow();
  return personEventOf(row);
}

/** Whether an application was accepted under this key. */
export async function hasTaskOfKey(
  db: Querier,
  asked: Pick<NewTask, "userId"> & { readonly idempotencyKey: string | undefined },
): Promise<boolean> {
  return (await findByIdempotencyKey({ db }, asked)) !== undefined;
}

async function findByIdempotencyKey(
  { db }: { readonly db: Querier },
  {
    userId,
    idempotencyKey,
  }: Pick<NewTask, "userId"> & { readonly idempotencyKey?: string | undefined },
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

async function assertResumeReadable({ db }: TaskWriter, { userId, body }: NewTask): Promise<void> {
  const resume = await findResume(db, { id: body.resumeId, userId });
  if (resume === undefined) {
    throw new ValetError(
      "NOT_FOUND",
      "There is no such résumé. Nothing was started. Upload one first with POST /resumes.",
    );
  }
  if (resume.state !== "parse_failed") return;
  throw resumeNotReady(resume);
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
