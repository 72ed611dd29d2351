import { createHash } from "node:crypto";
import {
  type AnswersInAdvance,
  type BatchJobState,
  type CreateBatchBody,
  type ErrorCode,
  ValetError,
} from "@valet/contracts";
import { canonicalJson } from "@valet/domain";
import type { Transaction } from "kysely";
import { type BatchRow, batchRowOf } from "./batch-rows.ts";
import type { Querier } from "./connect.ts";
import type { Db } from "./connect.ts";
import { priorityNumber } from "./create-task.ts";
import { listLiveIntents } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { enqueueForBatch } from "./outbox.ts";
import { findResume, resumeNotReady } from "./resumes.ts";
import type { DB } from "./schema.gen.ts";

/** A line as it was looked at: a job, or why it cannot be one. */
export type NewBatchLine = { readonly jobUrl: string; readonly answers: AnswersInAdvance } & (
  | {
      readonly kind: "job";
      readonly jobKey: string;
      readonly platform: string;
      readonly employer?: string | undefined;
    }
  | { readonly kind: "refused"; readonly code: ErrorCode }
);

export interface NewBatch {
  readonly userId: string;
  readonly body: CreateBatchBody;
  /** In the order in which they were given. */
  readonly lines: readonly NewBatchLine[];
  readonly idempotencyKey?: string;
}

/** What became of a line at once. */
interface Verdict {
  readonly state: BatchJobState;
  readonly taskId?: string;
  readonly duplicateOf?: number;
}

/**
 * Accepts a batch with a verdict on each line; no application is made yet. The same idempotency key gives the
 * same batch; with another body `IDEMPOTENCY_KEY_REUSED`. Throws `NOT_FOUND` for a résumé that is not this
 * person's, `RESUME_NOT_READY` for one that could not be parsed.
 */
export async function createBatch(
  db: Db,
  input: NewBatch,
): Promise<{ readonly batch: BatchRow; readonly created: boolean }> {
  const requestHash = createHash("sha256").update(canonicalJson(input.body)).digest("hex");
  const earlier = await findByKey(db, input);
  if (earlier !== undefined) return { batch: sameRequest(earlier, requestHash), created: false };
  await assertResume(db, input);
  const batch = await db.transaction().execute((trx) => insertBatch(trx, input, requestHash));
  if (batch !== undefined) return { batch, created: true };
  const other = await findByKey(db, input);
  if (other === undefined) throw new Error("A batch was neither written nor found.");
  return { batch: sameRequest(other, requestHash), created: false };
}

async function insertBatch(
  trx: Transaction<DB>,
  { userId, body, lines, idempotencyKey }: NewBatch,
  requestHash: string,
): Promise<BatchRow | undefined> {
  const verdicts = await judgeLines(trx, userId, lines);
  const hasWork = verdicts.some(({ state }) => state === "accepted");
  const state = hasWork ? (body.start === "now" ? "running" : "collecting") : "done";
  const row = await trx
    .insertInto("batches")
    .values({
      userId,
      resumeId: body.resumeId,
      state,
      mode: body.mode,
      rehearsal: body.rehearsal ?? false,
      priority: priorityNumber(body.priority ?? "low"),
      notBefore: body.runAt ?? null,
      waitLimits: jsonValue(body.waitLimits ?? {}),
      answers: jsonValue(body.answers ?? []),
      idempotencyKey: idempotencyKey ?? null,
      requestHash,
      finishedAt: hasWork ? null : new Date(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await trx
    .insertInto("batchJobs")
    .values(
      lines.map((line, index) => {
        const { state: lineState = "refused", taskId, duplicateOf } = verdicts[index] ?? {};
        return {
          batchId: row.id,
          line: index + 1,
          userId,
          jobUrl: line.jobUrl,
          jobKey: line.kind === "job" ? line.jobKey : null,
          platform: line.kind === "job" ? line.platform : null,
          employer: line.kind === "job" ? (line.employer ?? null) : null,
          answers: jsonValue(line.answers),
          state: lineState,
          code: line.kind === "refused" ? line.code : null,
          taskId: taskId ?? null,
          duplicateOf: duplicateOf ?? null,
        };
      }),
    )
    .execute();
  if (state === "running") await enqueueForBatch(trx, row.id, { kind: "start_batch", epoch: 1 });
  return batchRowOf(row);
}

/** Two lines are one job when their addresses name the same one, however these are written. */
async function judgeLines(
  db: Querier,
  userId: string,
  lines: readonly NewBatchLine[],
): Promise<Verdict[]> {
  const jobKeys = [...new Set(lines.flatMap((line) => (line.kind === "job" ? [line.jobKey] : [])))];
  const others = await findOthers(db, userId, jobKeys);
  const first = new Map<string, number>();
  return lines.map((line, index): Verdict => {
    if (line.kind === "refused") return { state: "refused" };
    const duplicateOf = first.get(line.jobKey);
    if (duplicateOf !== undefined) return { state: "duplicate", duplicateOf };
    first.set(line.jobKey, index + 1);
    return others.get(line.jobKey) ?? { state: "accepted" };
  });
}

/** By job key what stands against an application: one on its way, or one that may have arrived. */
async function findOthers(
  db: Querier,
  userId: string,
  jobKeys: readonly string[],
): Promise<ReadonlyMap<string, Verdict>> {
  const others = new Map<string, Verdict>();
  if (jobKeys.length === 0) return others;
  const live = await db
    .selectFrom("tasks")
    .select(["id", "jobKey"])
    .where("userId", "=", userId)
    .where("jobKey", "in", [...jobKeys])
    .where("finishedAt", "is", null)
    .execute();
  for (const { id, jobKey } of live) others.set(jobKey, { state: "in_progress", taskId: id });
  const intents = await listLiveIntents(db, { userId, jobKeys });
  for (const { taskId, jobKey, state } of intents) {
    const isSent = state === "confirmed" || state === "rejected" || state === "unknown";
    others.set(jobKey, { state: isSent ? "already_applied" : "in_progress", taskId });
  }
  return others;
}

/** Whether this batch was accepted before. */
export async function hasBatchOfKey(db: Querier, batch: BatchKey): Promise<boolean> {
  return (await findByKey(db, batch)) !== undefined;
}

type BatchKey = Pick<NewBatch, "userId"> & { readonly idempotencyKey?: string | undefined };

async function findByKey(
  db: Querier,
  { userId, idempotencyKey }: BatchKey,
): Promise<BatchRow | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const row = await db
    .selectFrom("batches")
    .selectAll()
    .where("userId", "=", userId)
    .where("idempotencyKey", "=", idempotencyKey)
    .executeTakeFirst();
  return row === undefined ? undefined : batchRowOf(row);
}

function sameRequest(batch: BatchRow, requestHash: string): BatchRow {
  if (batch.requestHash === requestHash) return batch;
  throw new ValetError(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another batch. Nothing was started. Use a new key for a new batch.",
    { batchId: batch.id },
  );
}

async function assertResume(db: Querier, { userId, body }: NewBatch): Promise<void> {
  const resume = await findResume(db, { id: body.resumeId, userId });
  if (resume === undefined) {
    throw new ValetError(
      "NOT_FOUND",
      "There is no such résumé. Nothing was started. Upload one first with POST /resumes.",
    );
  }
  if (resume.state === "parse_failed") throw resumeNotReady(resume);
}
