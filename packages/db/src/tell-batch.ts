import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { lockBatch, wakeBatch } from "./change-batch.ts";
import type { TaskWrite } from "./write-task.ts";

/** A batch with no more applications at work than this is given more of them. */
const refillAt = 10;

/**
 * An application of a batch ends with this write, or comes to wait for its person: its batch looks again once
 * there is room for a good part of a wave, or nothing is left. The lock makes one see the other; otherwise the
 * last two could each take the other for still at work, and nobody would be told.
 */
export async function tellBatch({ trx, task }: TaskWrite): Promise<void> {
  if (task.batchId === null) return;
  const batch = await lockBatch(trx, task.batchId);
  if (batch?.state !== "running") return;
  // What this write makes of it is not written yet.
  const { unfinished, atWork, waiting } = await countLeft(trx, batch.id, task.id);
  const hasEnded = unfinished === 0 && task.finishedAt !== null;
  if (waiting > 0 ? atWork <= refillAt : hasEnded) await wakeBatch(trx, batch);
}

/** Of the applications of a batch, but for one. */
interface LeftOfBatch {
  /** Have not ended. */
  readonly unfinished: number;
  /** Have not ended and do not wait for their person either. */
  readonly atWork: number;
  /** Are still to be made. */
  readonly waiting: number;
}

export async function countLeft(
  db: Querier,
  batchId: string,
  except: string | null = null,
): Promise<LeftOfBatch> {
  const { rows } = await sql<LeftOfBatch>`
    select
      count(*)::integer as unfinished,
      count(*) filter (where state not in ('awaiting_human', 'awaiting_review'))::integer as at_work,
      (select count(*)::integer from batch_jobs
        where batch_id = ${batchId} and state = 'accepted') as waiting
    from tasks
    where batch_id = ${batchId} and finished_at is null and id is distinct from ${except}::uuid
  `.execute(db);
  return rows[0] ?? { unfinished: 0, atWork: 0, waiting: 0 };
}
