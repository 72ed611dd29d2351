import { randomUUID } from "node:crypto";
import { IntentState, SubmitResponse, ValetError } from "@valet/contracts";
import {
  type IntentEvent,
  type Recovery,
  judgeRecovery,
  mayHaveBeenSent,
  nextIntentState,
} from "@valet/domain";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { findBrowserSession } from "./browser-sessions.ts";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import { lockPerson } from "./lock-person.ts";
import type { SubmissionIntents } from "./schema.gen.ts";
import type { TaskRow } from "./task-row.ts";

const DecidedBy = z.enum(["proof", "person"]);

export type IntentRow = Omit<
  Selectable<SubmissionIntents>,
  "state" | "fence" | "response" | "decidedBy"
> & {
  readonly state: IntentState;
  /** Of the session it was armed for. */
  readonly fence: number | null;
  readonly response: SubmitResponse | null;
  readonly decidedBy: z.infer<typeof DecidedBy> | null;
};

function intentRowOf(row: Selectable<SubmissionIntents>): IntentRow {
  return {
    ...row,
    state: IntentState.parse(row.state),
    fence: row.fence === null ? null : Number(row.fence),
    response: SubmitResponse.nullable().parse(row.response),
    decidedBy: DecidedBy.nullable().parse(row.decidedBy),
  };
}

export async function getIntent(db: Querier, id: string): Promise<IntentRow> {
  const row = await db
    .selectFrom("submissionIntents")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return intentRowOf(row);
}

/** The newest attempt of this task. */
export async function findIntent(db: Querier, taskId: string): Promise<IntentRow | undefined> {
  const row = await db
    .selectFrom("submissionIntents")
    .selectAll()
    .where("taskId", "=", taskId)
    .orderBy("createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : intentRowOf(row);
}

/** How many attempts this task has made so far. */
export async function countAttempts(db: Querier, taskId: string): Promise<number> {
  const { count } = await db
    .selectFrom("submissionIntents")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("taskId", "=", taskId)
    .executeTakeFirstOrThrow();
  return count;
}

export interface JobOfPerson {
  readonly userId: string;
  /** All keys the job is known by. */
  readonly jobKeys: readonly string[];
}

/**
 * The live attempts of this person for this job, from whichever tasks: one for each key at most.
 * What counts as live is said once, in the database (`is_live_intent`).
 */
export async function listLiveIntents(
  db: Querier,
  { userId, jobKeys }: JobOfPerson,
): Promise<IntentRow[]> {
  const rows = await db
    .selectFrom("submissionIntents")
    .selectAll()
    .where("id", "in", (eb) =>
      eb
        .selectFrom("intentJobKeys")
        .select("intentId")
        .where("userId", "=", userId)
        .where("jobKey", "in", [...jobKeys])
        .where("isLive", "=", true),
    )
    .orderBy("createdAt")
    .execute();
  return rows.map(intentRowOf);
}

/** What a run that starts now may do with an attempt an earlier one left behind. */
export async function findRecovery(db: Querier, intent: IntentRow): Promise<Recovery> {
  const session =
    intent.sessionId === null ? undefined : await findBrowserSession(db, intent.sessionId);
  return judgeRecovery({
    intentState: intent.state,
    intentFence: intent.fence,
    session: session ?? null,
  });
}

export type PreparedIntent =
  | { readonly kind: "prepared"; readonly intent: IntentRow }
  /** This task may already have sent something: look for the outcome, prepare nothing. */
  | { readonly kind: "sent"; readonly intent: IntentRow }
  /** Armed by an epoch of this task that is not over: take its session over first. */
  | { readonly kind: "armed"; readonly intent: IntentRow }
  /** This one has ended, while whoever asks was at work: prepare nothing. */
  | { readonly kind: "over" }
  /** Another task of this person holds the job. */
  | { readonly kind: "held_by_other_task"; readonly intent: IntentRow };

/**
 * Opens the attempt, or binds the open one to what the page holds now. It holds the job under all of
 * `jobKeys` and the task's own key. Call with the task locked.
 */
export async function prepareIntent(
  db: Querier,
  task: TaskRow,
  { digest, jobKeys = [] }: { readonly digest: string; readonly jobKeys?: readonly string[] },
): Promise<PreparedIntent> {
  if (task.finishedAt !== null) return { kind: "over" };
  // The unique indexes would refuse the second of two as well, but with a failed transaction.
  await lockPerson(db, task.userId);
  const job = { userId: task.userId, jobKeys: [...new Set([task.jobKey, ...jobKeys])] };
  const live = await listLiveIntents(db, job);
  const own = live.find(({ taskId }) => taskId === task.id);
  if (own !== undefined && mayHaveBeenSent(own.state)) return { kind: "sent", intent: own };
  const others = live.filter(({ taskId }) => taskId !== task.id);
  const holder = others.find((other) => !mayBeRepeated(task, other));
  if (holder !== undefined) return { kind: "held_by_other_task", intent: holder };
  const opened = { db, task, digest, jobKeys: job.jobKeys };
  if (own === undefined) return openIntent(opened, others);
  if (own.state !== "armed") {
    const intent = await setIntentState(db, own, "page_changed", { digest, approvalId: null });
    await holdKeys(db, intent.id, job.jobKeys);
    return { kind: "prepared", intent };
  }
  if ((await findRecovery(db, own)) !== "abort") return { kind: "armed", intent: own };
  // Armed by an epoch that is over and never dispatched: nothing left, so a new one takes its place.
  await setIntentState(db, own, "abort");
  // What the ended attempt had taken over is live again.
  const again = await listLiveIntents(db, job);
  return openIntent(opened, again);
}

/** The person chose to repeat this one, whose outcome is unknown, and accepted a duplicate. */
function mayBeRepeated(task: TaskRow, other: IntentRow): boolean {
  return other.id === task.repeatsIntentId && other.state === "unknown";
}

/** A new attempt, in the place of one that the person chose to repeat. */
async function openIntent(
  {
    db,
    task,
    digest,
    jobKeys,
  }: {
    readonly db: Querier;
    readonly task: TaskRow;
    readonly digest: string;
    readonly jobKeys: readonly string[];
  },
  repeated: readonly IntentRow[],
): Promise<PreparedIntent> {
  const id = randomUUID();
  for (const { id: earlier } of repeated) {
    await db
      .updateTable("submissionIntents")
      .set({ supersededBy: id })
      .where("id", "=", earlier)
      .execute();
  }
  const row = await db
    .insertInto("submissionIntents")
    .values({
      id,
      taskId: task.id,
      userId: task.userId,
      jobKey: task.jobKey,
      state: "prepared",
      digest,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  // With those of the earlier one, so that it can be given back all of them.
  await holdKeys(db, id, [...jobKeys, ...(await keysOf(db, repeated))]);
  return { kind: "prepared", intent: intentRowOf(row) };
}

async function keysOf(db: Querier, intents: readonly IntentRow[]): Promise<string[]> {
  if (intents.length === 0) return [];
  const rows = await db
    .selectFrom("intentJobKeys")
    .select("jobKey")
    .where(
      "intentId",
      "in",
      intents.map(({ id }) => id),
    )
    .execute();
  return rows.map(({ jobKey }) => jobKey);
}

/** Further keys of a live attempt; the trigger of the table keeps them in step from then on. */
async function holdKeys(db: Querier, intentId: string, jobKeys: readonly string[]): Promise<void> {
  await sql`
    insert into intent_job_keys (intent_id, user_id, job_key, is_live)
    select intent.id, intent.user_id, held.job_key, is_live_intent(intent)
    from submission_intents intent
    cross join (select distinct job_key from jsonb_array_elements_text(${jsonValue(jobKeys)}) as keys (job_key)) held
    where intent.id = ${intentId}
    on conflict (intent_id, job_key) do nothing`.execute(db);
}

interface IntentChange {
  readonly digest?: string;
  readonly approvalId?: string | null;
  readonly evidence?: unknown;
  /** Who decided what became of it; `proof` unless given. */
  readonly decidedBy?: z.infer<typeof DecidedBy>;
}

/** Applies one event of the intent machine; throws `ILLEGAL_TRANSITION` when it does not apply. */
export async function setIntentState(
  db: Querier,
  intent: IntentRow,
  event: IntentEvent,
  { digest, approvalId, evidence, decidedBy = "proof" }: IntentChange = {},
): Promise<IntentRow> {
  const state = nextIntentState(intent.state, event);
  const row =
    state === undefined
      ? undefined
      : await db
          .updateTable("submissionIntents")
          .set({
            state,
            ...(digest === undefined ? {} : { digest }),
            ...(approvalId === undefined ? {} : { approvalId }),
            ...(evidence === undefined ? {} : { evidence: jsonValue(evidence) }),
            ...(isDecision(event) ? { decidedAt: sql`now()` } : {}),
            ...(event === "confirm" || event === "reject" ? { decidedBy } : {}),
          })
          .where("id", "=", intent.id)
          .where("state", "=", intent.state)
          .returningAll()
          .executeTakeFirst();
  if (row !== undefined) return intentRowOf(row);
  throw new ValetError(
    "ILLEGAL_TRANSITION",
    "The submission of this application has moved on. Nothing was changed.",
    { state: intent.state, event },
  );
}

function isDecision(event: IntentEvent): boolean {
  return event === "confirm" || event === "reject" || event === "lose_track" || event === "abort";
}
