import { createHash } from "node:crypto";
import { type CreateTaskBody, TaskPriority, ValetError, toTaskMessage } from "@valet/contracts";
import { canonicalJson, judgeStartTime, pctOnEntering } from "@valet/domain";
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
import { openingOf, timeRefused } from "./start-windows.ts";
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
  now = new Date(),
): Promise<{ readonly task: TaskRow; readonly created: boolean }> {
  const cannotStart = problemWithTime(input, now);
  const accepted =
    cannotStart === undefined
      ? await writer.db.transaction().execute((trx) => acceptTask(trx, input, now))
      : undefined;
  // What was accepted once is the same task, although its time has passed.
  if (accepted === undefined) return { task: await findSameTask(writer, input), created: false };
  ringAccepted(writer, accepted);
  return { task: accepted.task, created: true };
}

export interface AcceptedTask {
  readonly task: TaskRow;
  /** Its first. */
  readonly event: PersonEvent;
}

/** In a transaction of the caller. Undefined where anything stands against it: `findSameTask` then says what. */
export async function acceptTask(
  trx: Transaction<DB>,
  input: NewTask,
  now = new Date(),
): Promise<AcceptedTask | undefined> {
  const task = await storeTask(trx, input, now);
  return task === undefined ? undefined : { task, event: await addFirstEvent(trx, task) };
}

/** Once it is committed. */
export function ringAccepted(writer: TaskWriter, { task, event }: AcceptedTask): void {
  writer.ring(task.userId, { ...toTaskMessage(event.event), position: event.position });
}

/** The application that the same request made before; throws what else stands against it. */
export async function findSameTask(
  { db }: TaskWriter,
  input: NewTask,
  now = new Date(),
): Promise<TaskRow> {
  const earlier = await findByIdempotencyKey(db, input);
  if (earlier !== undefined) return sameRequest(earlier, hashOf(input));
  throw problemWithTime(input, now) ?? (await refusalOf(db, input));
}

/**
 * The same in a transaction of the caller, who adds `addFirstEvent` of each and rings once it is committed; so of
 * several no event's lock is held while a task's is waited for. Throws what `createTask` does.
 */
export async function createTaskIn(trx: Querier, input: NewTask, now: Date): Promise<TaskRow> {
  const task = await storeTask(trx, input, now);
  if (task === undefined) throw await refusalOf(trx, input);
  return task;
}

function hashOf({ body }: NewTask): string {
  return createHash("sha256").update(canonicalJson(body)).digest("hex");
}

async function refusalOf(db: Querier, input: NewTask): Promise<ValetError> {
  return (
    (await unreadableResume(db, input)) ??
    (await appliedBefore(db, input)) ??
    taskInProgress(await findOtherTask(db, input))
  );
}

async function storeTask(trx: Querier, input: NewTask, now: Date): Promise<TaskRow | undefined> {
  const { mode, rehearsal, answers = [] } = input.body;
  const task = await insertTask(trx, input, now);
  if (task === undefined) return undefined;
  await storeAnswersInAdvance(trx, task.id, answers);
  if (mode === "autopilot" && rehearsal !== true) await grantTaskConsent(trx, task);
  return task;
}

/**
 * Nothing comes of it where anything stands against the task; the caller finds out what. The résumé is held
 * meanwhile: whoever says what came of its parse either sees this task or is seen by it.
 */
async function insertTask(db: Querier, input: NewTask, now: Date): Promise<TaskRow | undefined> {
  const { userId, body, jobKey, platform, employer, idempotencyKey, batchId, repeatsIntentId } =
    input;
  const { window } = body;
  const opening = window === undefined ? undefined : await openingOf(db, { userId, window }, now);
  const { rows } = await sql<Selectable<Tasks>>`
      insert into tasks (
        user_id, resume_id, job_url, job_key, mode, rehearsal, platform, idempotency_key,
        request_hash, state, pct, epoch, last_seq, repeats_intent_id, wait_limits,
        host, employer, priority, not_before, start_window, window_zone, window_closes_at, batch_id
      )
      select
        ${userId}, resumes.id, ${body.jobUrl}, ${jobKey}, ${body.mode},
        ${body.rehearsal ?? false}, ${platform}, ${idempotencyKey ?? null}, ${hashOf(input)},
        case resumes.state when 'parsing' then 'created' else 'queued' end,
        case resumes.state when 'parsing' then 0 else ${pctOnEntering.queued}::integer end,
        1, 1, ${repeatsIntentId ?? null}::uuid, ${jsonValue(body.waitLimits ?? {})},
        ${new URL(body.jobUrl).host}, ${employer ?? null}, ${priorityNumber(body.priority)},
        ${opening?.opensAt ?? body.runAt ?? null}::timestamptz,
        ${window === undefined ? null : jsonValue(window)}, ${opening?.timeZone ?? null},
        ${opening?.closesAt ?? null}::timestamptz, ${batchId ?? null}::uuid
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

/** Throws nothing: the same request may have been accepted when it was time. */
function problemWithTime({ body: { runAt } }: NewTask, now: Date): ValetError | undefined {
  const judged = runAt === undefined ? "fine" : judgeStartTime(new Date(runAt), now);
  return judged === "fine" ? undefined : timeRefused("body/runAt", judged);
}

/** From 1 for low on. */
export function priorityNumber(priority: TaskPriority = "normal"): number {
  return TaskPriority.options.indexOf(priority) + 1;
}

/** Says where it begins: in the queue, or with the résumé that it waits for. */
export async function addFirstEvent(
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
  asked: Pick<NewTask, "userId"> & { readonly idempotencyKey?: string | undefined },
): Promise<boolean> {
  return (await findByIdempotencyKey(db, asked)) !== undefined;
}

async function findByIdempotencyKey(
  db: Querier,
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

async function unreadableResume(
  db: Querier,
  { userId, body }: NewTask,
): Promise<ValetError | undefined> {
  const resume = await findResume(db, { id: body.resumeId, userId });
  if (resume === undefined) {
    return new ValetError(
      "NOT_FOUND",
      "There is no such résumé. Nothing was started. Upload one first with POST /resumes.",
    );
  }
  return resume.state === "parse_failed" ? resumeNotReady(resume) : undefined;
}

async function appliedBefore(db: Querier, input: NewTask): Promise<ValetError | undefined> {
  const { userId, jobKey, repeatsIntentId } = input;
  const live = await listLiveIntents(db, { userId, jobKeys: [jobKey] });
  const intent = live.find(({ id, state }) => id !== repeatsIntentId || state !== "unknown");
  if (intent === undefined) return undefined;
  if (intent.state === "confirmed" || intent.state === "rejected") {
    return new ValetError(
      "ALREADY_APPLIED",
      "You have already applied for this job. Nothing was started.",
      {
        taskId: intent.taskId,
        outcome: intent.state === "confirmed" ? "confirmed" : "already_applied",
      },
    );
  }
  if (intent.state === "unknown") {
    return new ValetError(
      "ALREADY_APPLIED",
      "An earlier application for this job was sent, but its arrival is not proved. Nothing was started, because a second one could be a duplicate. Say first what became of the earlier one (`valet resolve`).",
      { taskId: intent.taskId, outcome: "unconfirmed" },
    );
  }
  return taskInProgress(intent.taskId);
}

async function findOtherTask(
  db: Querier,
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
