import { sql } from "kysely";
import {
  type BatchJobRow,
  type BatchRow,
  LineAsks,
  batchJobRowOf,
  batchRowOf,
} from "./batch-rows.ts";
import { enqueueForBatch } from "./outbox.ts";
import { lockBatch } from "./change-batch.ts";
import type { Db, Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** Batches whose forms are still looked up, the oldest first. */
export async function listCollecting(db: Querier, limit: number): Promise<BatchRow[]> {
  const rows = await db
    .selectFrom("batches")
    .selectAll()
    .where("state", "=", "collecting")
    .orderBy("createdAt")
    .limit(limit)
    .execute();
  return rows.map(batchRowOf);
}

/** Jobs of a batch of whose forms nobody knows yet what they ask. */
export async function listUnseenForms(db: Querier, batchId: string): Promise<BatchJobRow[]> {
  const rows = await db
    .selectFrom("batchJobs")
    .selectAll()
    .where("batchId", "=", batchId)
    .where("state", "=", "accepted")
    .where("lookedUpAt", "is", null)
    .orderBy("line")
    .execute();
  return rows.map(batchJobRowOf);
}

/** `asks` is null where the site does not publish it or did not answer: then it is asked later on. */
export async function keepAsks(
  db: Querier,
  { batchId, line }: Pick<BatchJobRow, "batchId" | "line">,
  asks: LineAsks | null,
): Promise<void> {
  await db
    .updateTable("batchJobs")
    .set({
      asks: asks === null ? null : jsonValue(LineAsks.parse(asks)),
      lookedUpAt: sql`now()`,
    })
    .where("batchId", "=", batchId)
    .where("line", "=", line)
    .execute();
}

/** Those whose run is known, which may have been lost. */
export async function listRunningBatches(db: Querier, limit: number): Promise<BatchRow[]> {
  const rows = await db
    .selectFrom("batches")
    .selectAll()
    .where("state", "=", "running")
    .where("runId", "is not", null)
    .orderBy("updatedAt")
    .limit(limit)
    .execute();
  return rows.map(batchRowOf);
}

/** Notes the run of this start, unless another start has taken its place. */
export async function recordBatchRun(
  db: Querier,
  {
    batchId,
    epoch,
    runId,
  }: { readonly batchId: string; readonly epoch: number; readonly runId: string },
): Promise<void> {
  await db
    .updateTable("batches")
    .set({ runId, updatedAt: sql`now()` })
    .where("id", "=", batchId)
    .where("epoch", "=", epoch)
    .execute();
}

/** Its run cannot go on: another one is asked for, unless that was done or the batch is over. */
export async function askForLostBatch(db: Db, { id, epoch, runId }: BatchRow): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, id);
    if (batch?.state !== "running" || batch.epoch !== epoch || batch.runId !== runId) return false;
    await trx
      .updateTable("batches")
      .set({ epoch: epoch + 1, wave: 0, runId: null, updatedAt: sql`now()` })
      .where("id", "=", id)
      .execute();
    await enqueueForBatch(trx, id, { kind: "start_batch", epoch: epoch + 1 });
    return true;
  });
}

/** Applications of a batch that have not ended. */
export async function listUnfinishedOfBatch(db: Querier, batchId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("tasks")
    .select("id")
    .where("batchId", "=", batchId)
    .where("finishedAt", "is", null)
    .orderBy("createdAt")
    .execute();
  return rows.map(({ id }) => id);
}

/** Applications that have not ended although their batch was cancelled: whoever cancelled it died meanwhile. */
export async function listLeftOfCancelled(db: Querier, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("tasks")
    .innerJoin("batches", "batches.id", "tasks.batchId")
    .select("tasks.id")
    .where("batches.state", "=", "cancelled")
    .where("tasks.finishedAt", "is", null)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
