import { type FormSnapshot, waitScope } from "@valet/contracts";
import { digestOf, fieldsOf, mayHaveBeenSent } from "@valet/domain";
import { sql } from "kysely";
import { armIntent, dispatchIntent } from "./arm-intent.ts";
import type { Db } from "./connect.ts";
import { findOpenStep } from "./human-step-rows.ts";
import { closeAndTell, closeReviewAndTell } from "./human-steps.ts";
import { findIntent, getIntent, prepareIntent, setIntentState } from "./intents.ts";
import { enqueue } from "./outbox.ts";
import { isUuid } from "./task-row.ts";
import type { TaskWrite } from "./write-task.ts";

/** A person in control of a live browser has pressed the button that sends, and the gate kept it. */
export interface KeptPress {
  readonly sessionId: string;
  /** The person's. */
  readonly fence: number;
  /** SHA-256 over what it would have sent, hex. */
  readonly pressDigest: string;
}

/** Has a worker read the page, once this is committed. */
export async function announcePress(
  db: Db,
  { taskId, sessionId }: { readonly taskId: string; readonly sessionId: string },
): Promise<void> {
  await enqueue(db, taskId, {
    kind: "push_event",
    key: "submit_pressed",
    scope: waitScope({ taskId, stepId: sessionId }),
    payload: { taskId, sessionId },
  });
}

/** How long the same press, once more, sends what was read. */
export const actSeconds = 30;

export interface ApprovalByAct {
  readonly approvalId: string;
  readonly intentId: string;
  readonly digest: string;
  readonly expiresAt: Date;
}

export type ActAnswer =
  | { readonly kind: "approved"; readonly approval: ApprovalByAct }
  | { readonly kind: "refused"; readonly why: "sent" | "held_by_other_task" | "armed" | "over" };

/**
 * The person's act as the approval of what the page holds, bound to the press and to the browser under their
 * control. Takes the place of any other approval of this attempt. A rehearsal, and a task that has ended,
 * cannot be approved.
 */
export async function approveByAct(
  write: TaskWrite,
  {
    snapshot,
    jobKeys,
    press: { sessionId, fence, pressDigest },
    message,
  }: {
    readonly snapshot: FormSnapshot;
    readonly jobKeys: readonly string[];
    readonly press: KeptPress;
    /** For the person: what to do now. */
    readonly message: string;
  },
): Promise<ActAnswer> {
  const { trx, task } = write;
  if (task.finishedAt !== null || task.rehearsal) return { kind: "refused", why: "over" };
  const digest = digestOf(snapshot);
  const prepared = await prepareIntent(trx, task, { digest, jobKeys });
  if (prepared.kind !== "prepared") return { kind: "refused", why: prepared.kind };
  const { id: approvalId, expiresAt } = await trx
    .insertInto("approvals")
    .values({
      taskId: task.id,
      userId: task.userId,
      mode: "act",
      digest,
      sessionId,
      fence,
      pressDigest,
      expiresAt: sql<Date>`now() + ${actSeconds} * interval '1 second'`,
    })
    .returning(["id", "expiresAt"])
    .executeTakeFirstOrThrow();
  await setIntentState(trx, prepared.intent, "approve", { approvalId });
  const fields = [...fieldsOf(snapshot)];
  write.append({
    type: "submit_pressed",
    data: { message, approval: { approvalId, digest, expiresAt: expiresAt.toISOString(), fields } },
  });
  return {
    kind: "approved",
    approval: { approvalId, intentId: prepared.intent.id, digest, expiresAt },
  };
}

/**
 * approved → armed → dispatched for the press that was approved by act, in one transaction: there is no
 * moment at which another could use it. True at most once for an attempt; whoever gets `false`, or an error,
 * must send nothing.
 */
export async function dispatchByAct(
  db: Db,
  {
    intentId,
    requestDigest,
    ...press
  }: KeptPress & {
    readonly intentId: string;
    /** SHA-256 of the request's method, URL and body, hex. */
    readonly requestDigest: string;
  },
): Promise<boolean> {
  if (!isUuid(intentId)) return false;
  return db.transaction().execute(async (trx) => {
    // The task first, as everybody who writes to it does.
    const task = await trx
      .selectFrom("tasks")
      .select("runId")
      .where("id", "=", (eb) =>
        eb.selectFrom("submissionIntents").select("taskId").where("id", "=", intentId),
      )
      .forNoKeyUpdate()
      .executeTakeFirst();
    const runId = task?.runId ?? undefined;
    if (runId === undefined) return false;
    const { digest } = await getIntent(trx, intentId);
    const armed = await armIntent(trx, { intentId, digest, runId, ...press });
    if (armed === undefined) return false;
    return dispatchIntent(trx, { intentId, requestDigest, ...press });
  });
}

/** The person has sent it themselves: whatever the run waited for is over, and it is told so. */
export async function finishByAct(write: TaskWrite): Promise<void> {
  const { trx, task } = write;
  const intent = await findIntent(trx, task.id);
  if (intent === undefined || !mayHaveBeenSent(intent.state)) return;
  const open = await findOpenStep(trx, task.id);
  if (open === undefined) return;
  const { id: stepId, kind } = open.step;
  const { approvalId } = intent;
  if (kind !== "review") await closeAndTell(write, open.step);
  // Whatever was sent had an approval.
  else if (approvalId !== null) await closeReviewAndTell(write, { stepId, approvalId });
}
