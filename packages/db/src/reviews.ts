import {
  type Approval,
  type FieldValue,
  FieldValue as FieldValueSchema,
  FormSnapshot,
  ValetError,
  WaitLimits,
} from "@valet/contracts";
import {
  digestOf,
  fieldsOf,
  findImpossible,
  isEnded,
  mayHaveBeenSent,
  waitSecondsOf,
  withOverrides,
} from "@valet/domain";
import { sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import { closeHumanStep, closeReviewAndTell } from "./human-steps.ts";
import { findIntent, setIntentState } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { approvalLifetime } from "./lifetimes.ts";
import { enterWait } from "./task-progress.ts";
import { withdrawAct } from "./withdraw-act.ts";
import type { TaskWrite } from "./write-task.ts";

export interface OpenReview {
  readonly stepId: string;
  readonly digest: string;
  readonly expiresAt: Date;
  /** By the database's clock: it is still shown, but can no longer be approved. */
  readonly isExpired: boolean;
}

/** Shows a snapshot to the person and waits: replaces an open review of this task. */
export async function openReview(
  write: TaskWrite,
  {
    snapshot,
    reason,
    url,
  }: { readonly snapshot: FormSnapshot; readonly reason: string; readonly url: string },
): Promise<OpenReview> {
  const { trx, task } = write;
  const digest = digestOf(snapshot);
  const open = await findOpenReview(trx, task.id);
  if (open?.digest === digest && !open.isExpired) {
    // A run that was started anew shows the same review: the task waits for it again.
    await enterWait(write, "awaiting_review");
    return open;
  }
  if (open !== undefined)
    await closeHumanStep(write, open.stepId, open.isExpired ? "expired" : "withdrawn");
  const seconds = waitSecondsOf("review", WaitLimits.parse(task.waitLimits));
  const step = await trx
    .insertInto("humanSteps")
    .values({
      taskId: task.id,
      kind: "review",
      state: "open",
      reason,
      digest,
      expiresAt: sql<Date>`now() + ${seconds} * interval '1 second'`,
    })
    .returning(["id", "expiresAt"])
    .executeTakeFirstOrThrow();
  await trx
    .insertInto("reviews")
    .values({ stepId: step.id, taskId: task.id, digest, snapshot: jsonValue(snapshot) })
    .execute();
  await enterWait(write, "awaiting_review");
  write.append({
    type: "field_review",
    data: { digest, stepId: step.id, fields: [...fieldsOf(snapshot)] },
  });
  write.append({
    type: "human_needed",
    data: { stepId: step.id, kind: "review", reason, url, expiresAt: step.expiresAt.toISOString() },
  });
  return { stepId: step.id, digest, expiresAt: step.expiresAt, isExpired: false };
}

export async function findOpenReview(db: Querier, taskId: string): Promise<OpenReview | undefined> {
  return db
    .selectFrom("humanSteps")
    .innerJoin("reviews", "reviews.stepId", "humanSteps.id")
    .select(["humanSteps.id as stepId", "reviews.digest", "humanSteps.expiresAt"])
    .select(sql<boolean>`human_steps.expires_at <= now()`.as("isExpired"))
    .where("humanSteps.taskId", "=", taskId)
    .where("humanSteps.state", "=", "open")
    .executeTakeFirst();
}

/**
 * The review of this very snapshot that the person has approved and nobody has used yet: a step
 * that runs again must not ask a second time.
 */
export async function findApprovedReview(
  db: Querier,
  { taskId, digest }: { readonly taskId: string; readonly digest: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom("approvals")
    .innerJoin("reviews", "reviews.stepId", "approvals.stepId")
    .innerJoin("submissionIntents", "submissionIntents.approvalId", "approvals.id")
    .select("reviews.stepId")
    .where("approvals.taskId", "=", taskId)
    .where("reviews.digest", "=", digest)
    .where("approvals.consumedAt", "is", null)
    .where("approvals.expiresAt", ">", sql<Date>`now()`)
    .where("submissionIntents.state", "=", "approved")
    .executeTakeFirst();
  return row?.stepId;
}

export async function getReviewSnapshot(db: Querier, stepId: string): Promise<FormSnapshot> {
  const row = await db
    .selectFrom("reviews")
    .select("snapshot")
    .where("stepId", "=", stepId)
    .executeTakeFirstOrThrow();
  return FormSnapshot.parse(row.snapshot);
}

/**
 * Approves exactly what the open review shows, with these corrections applied to it. Stores the
 * approval and decides, in the same transaction, that the waiting run will be told. The same
 * approval given twice is one approval.
 * Throws `NO_OPEN_REVIEW` (also once its time is over), `STALE_REVIEW` (another digest is shown now), `UNKNOWN_FIELD`, `INVALID_ANSWER`, and
 * `ALREADY_SUBMITTED` once something may have been sent.
 */
export async function approveReview(
  write: TaskWrite,
  {
    digest,
    overrides,
  }: { readonly digest: string; readonly overrides: Readonly<Record<string, FieldValue>> },
): Promise<Approval> {
  const { trx, task } = write;
  // Whoever approves the review has not gone on with what they had pressed in the live view.
  await withdrawAct(write);
  const intent = await findIntent(trx, task.id);
  if (intent !== undefined && mayHaveBeenSent(intent.state)) throw alreadySubmitted();
  const review = await findOpenReview(trx, task.id);
  if (review === undefined || intent === undefined || isEnded(task.state))
    return repeatOrRefuse(write, digest);
  if (review.isExpired) throw reviewExpired();
  if (review.digest !== digest) throw staleReview(review.digest);
  const shown = await getReviewSnapshot(trx, review.stepId);
  const corrected = withOverrides(shown, overrides);
  if (corrected.unknown.length > 0) {
    throw new ValetError(
      "UNKNOWN_FIELD",
      "The corrections name fields that are not on the form. Nothing was approved. Use the field ids of the review.",
      { fieldIds: corrected.unknown },
    );
  }
  const impossible = findImpossible(fieldsOf(shown), overrides);
  if (impossible.length > 0) {
    throw new ValetError(
      "INVALID_ANSWER",
      "Some corrections are nothing that their fields take: none of the choices, or not in the format. Nothing was approved. Correct them.",
      { fieldIds: impossible },
    );
  }
  const approval = await trx
    .insertInto("approvals")
    .values({
      taskId: task.id,
      stepId: review.stepId,
      userId: task.userId,
      mode: "copilot",
      digest: digestOf(corrected.snapshot),
      overrides: jsonValue(overrides),
      expiresAt: approvalLifetime,
    })
    .returning(["id", "digest", "expiresAt"])
    .executeTakeFirstOrThrow();
  await setIntentState(trx, intent, "approve", { approvalId: approval.id });
  await closeReviewAndTell(write, { stepId: review.stepId, approvalId: approval.id });
  return {
    approvalId: approval.id,
    taskId: task.id,
    stepId: review.stepId,
    digest: approval.digest,
    expiresAt: approval.expiresAt.toISOString(),
  };
}

/** A repeated request, after a lost answer, gets the approval it already gave. */
async function repeatOrRefuse({ trx, task }: TaskWrite, digest: string): Promise<Approval> {
  const row = await trx
    .selectFrom("approvals")
    .innerJoin("reviews", "reviews.stepId", "approvals.stepId")
    .select(["approvals.id", "approvals.stepId", "approvals.digest", "approvals.expiresAt"])
    .where("approvals.taskId", "=", task.id)
    .where("reviews.digest", "=", digest)
    .where("approvals.consumedAt", "is", null)
    .orderBy("approvals.createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row?.stepId && !isEnded(task.state)) {
    return {
      approvalId: row.id,
      taskId: task.id,
      stepId: row.stepId,
      digest: row.digest,
      expiresAt: row.expiresAt.toISOString(),
    };
  }
  throw new ValetError(
    "NO_OPEN_REVIEW",
    "This application is not waiting for an approval. Nothing was approved. Look at where it stands with `valet tasks`.",
    { state: task.state },
  );
}

/** Whether a person looked, their standing consent took the place of that, or they pressed the button themselves. */
const ApprovalMode = z.enum(["copilot", "autopilot", "act"]);

export interface StoredApproval {
  readonly id: string;
  readonly mode: z.infer<typeof ApprovalMode>;
  readonly digest: string;
  readonly overrides: Readonly<Record<string, FieldValue>>;
}

export async function findApproval(
  db: Querier,
  approvalId: string,
): Promise<StoredApproval | undefined> {
  const row = await db
    .selectFrom("approvals")
    .select(["id", "mode", "digest", "overrides"])
    .where("id", "=", approvalId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ...row,
    mode: ApprovalMode.parse(row.mode),
    overrides: z.record(z.string(), FieldValueSchema).parse(row.overrides),
  };
}

function staleReview(digest: string): ValetError {
  return new ValetError(
    "STALE_REVIEW",
    "The form has changed since you looked at it. Nothing was approved. Look at the current review and approve that one.",
    { digest },
  );
}

function reviewExpired(): ValetError {
  return new ValetError(
    "NO_OPEN_REVIEW",
    "The time to look at this form is over. Nothing was approved, and nothing was sent. Start the application again with `valet retry` once it has ended.",
  );
}

function alreadySubmitted(): ValetError {
  return new ValetError(
    "ALREADY_SUBMITTED",
    "This application has already been sent. Nothing was changed. Its outcome is being determined.",
  );
}
