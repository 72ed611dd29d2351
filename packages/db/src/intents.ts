import { IntentState, ValetError } from "@valet/contracts";
import { type IntentEvent, nextIntentState } from "@valet/domain";
import { type Selectable, sql } from "kysely";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import type { SubmissionIntents } from "./schema.gen.ts";
import type { TaskRow } from "./task-row.ts";

export type IntentRow = Omit<Selectable<SubmissionIntents>, "state"> & {
  readonly state: IntentState;
};

function intentRowOf(row: Selectable<SubmissionIntents>): IntentRow {
  return { ...row, state: IntentState.parse(row.state) };
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

/** The one live attempt of this person for this job, from whichever task. */
export async function findLiveIntent(
  db: Querier,
  { userId, jobKey }: { readonly userId: string; readonly jobKey: string },
): Promise<IntentRow | undefined> {
  const row = await db
    .selectFrom("submissionIntents")
    .selectAll()
    .where("userId", "=", userId)
    .where("jobKey", "=", jobKey)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["prepared", "approved", "armed", "dispatched", "confirmed", "unknown"]),
        eb.and([
          eb("state", "=", "rejected"),
          eb(sql`evidence->>'verdict'`, "=", "already_applied"),
        ]),
      ]),
    )
    .where("supersededBy", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : intentRowOf(row);
}

export type PreparedIntent =
  | { readonly kind: "prepared"; readonly intent: IntentRow }
  /** This task may already have sent something: look for the outcome, prepare nothing. */
  | { readonly kind: "sent"; readonly intent: IntentRow }
  /** Another task of this person holds the job. */
  | { readonly kind: "held_by_other_task"; readonly intent: IntentRow };

/** Opens the attempt, or binds the open one to what the page holds now. Call with the task locked. */
export async function prepareIntent(
  db: Querier,
  task: TaskRow,
  digest: string,
): Promise<PreparedIntent> {
  const live = await findLiveIntent(db, task);
  if (live === undefined) return { kind: "prepared", intent: await insertIntent(db, task, digest) };
  if (live.taskId !== task.id) return { kind: "held_by_other_task", intent: live };
  if (nextIntentState(live.state, "page_changed") !== undefined) {
    return {
      kind: "prepared",
      intent: await setIntentState(db, live, "page_changed", { digest, approvalId: null }),
    };
  }
  if (live.state !== "armed") return { kind: "sent", intent: live };
  // Armed by a process that is gone and never dispatched: nothing left, so a new attempt takes its place.
  await setIntentState(db, live, "abort");
  return { kind: "prepared", intent: await insertIntent(db, task, digest) };
}

async function insertIntent(db: Querier, task: TaskRow, digest: string): Promise<IntentRow> {
  const row = await db
    .insertInto("submissionIntents")
    .values({
      taskId: task.id,
      userId: task.userId,
      jobKey: task.jobKey,
      state: "prepared",
      digest,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return intentRowOf(row);
}

/** Applies one event of the intent machine; throws `ILLEGAL_TRANSITION` when it does not apply. */
export async function setIntentState(
  db: Querier,
  intent: IntentRow,
  event: IntentEvent,
  also: {
    readonly digest?: string;
    readonly approvalId?: string | null;
    readonly evidence?: unknown;
  } = {},
): Promise<IntentRow> {
  const state = nextIntentState(intent.state, event);
  const row =
    state === undefined
      ? undefined
      : await db
          .updateTable("submissionIntents")
          .set({
            state,
            ...(also.digest === undefined ? {} : { digest: also.digest }),
            ...(also.approvalId === undefined ? {} : { approvalId: also.approvalId }),
            ...(also.evidence === undefined ? {} : { evidence: jsonValue(also.evidence) }),
            ...(isDecision(event) ? { decidedAt: new Date() } : {}),
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

/**
 * approved → armed, consuming the approval. Holds only for the digest that was approved, with an
 * approval that is unexpired and unused, and for the run that owns the task. `undefined`: not armed.
 */
export async function armIntent(
  db: Querier,
  {
    intentId,
    digest,
    runId,
    fence,
  }: {
    readonly intentId: string;
    readonly digest: string;
    readonly runId: string;
    /** Of the browser session that will click. */
    readonly fence: number;
  },
): Promise<IntentRow | undefined> {
  const approval = await db
    .updateTable("approvals")
    .set({ consumedAt: sql`now()` })
    .where("id", "=", (eb) =>
      eb.selectFrom("submissionIntents").select("approvalId").where("id", "=", intentId),
    )
    .where("digest", "=", digest)
    .where("consumedAt", "is", null)
    .where("expiresAt", ">", sql<Date>`now()`)
    .returning("id")
    .executeTakeFirst();
  if (approval === undefined) return undefined;
  const row = await db
    .updateTable("submissionIntents")
    .set({ state: "armed", armedAt: sql`now()`, digest, fence })
    .where("id", "=", intentId)
    .where("state", "=", "approved")
    .where("taskId", "in", (eb) =>
      eb
        .selectFrom("tasks")
        .select("id")
        .where("runId", "=", runId)
        .where("finishedAt", "is", null),
    )
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    throw new ValetError(
      "ILLEGAL_TRANSITION",
      "The approval no longer fits this application. Nothing was sent.",
    );
  }
  return intentRowOf(row);
}

/**
 * The compare-and-set before the click: armed → dispatched. Exactly one caller ever gets `true`;
 * whoever gets `false` must not click.
 */
export async function dispatchIntent(db: Querier, intentId: string): Promise<boolean> {
  const row = await db
    .updateTable("submissionIntents")
    .set({ state: "dispatched", dispatchedAt: sql`now()` })
    .where("id", "=", intentId)
    .where("state", "=", "armed")
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
