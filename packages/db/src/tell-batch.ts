import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { lockBatch, wakeBatch } from "./change-batch.ts";
import type { TaskWrite } from "./write-task.ts";

/** A batch with no more unfinished applications than this is given more of them. */
const refillAt = 10;

/**
 * An application of a batch ends with this write: its batch looks again once there is room for a good part of
 * a wave, or nothing is left. The lock makes one end see the other; otherwise the last two could each take
 * the other for still at work, and nobody would be told.
 */
export async function tellBatch({ trx, task }: TaskWrite): Promise<void> {
  if (task.batchId === null) return;
  const batch = await lockBatch(trx, task.batchId);
  if (batch?.state !== "running") return;
  // The one that ends is not written yet.
  const { unfinished, waiting } = await countLeft(trx, batch.id, task.id);
  if (unfinished > refillAt || (unfinished > 0 && waiting === 0)) return;
  await wakeBatch(trx, batch);
}

/** How many applications of a batch have not ended, but for one, and how many are still to be made. */
export async function countLeft(
  db: Querier,
  batchId: string,
  except: string | null = null,
): Promise<{ readonly unfinished: number; readonly waiting: number }> {
  const { rows } = await sql<{ unfinished: number; waiting: number }>`
    select
      (select count(*)::integer from tasks
        where batch_id = ${batchId} and finished_at is null and id is distinct from ${except}::uuid
      ) as unfinished,
      (select count(*)::integer from batch_jobs
        where batch_id = ${batchId} and state = 'accepted') as waiting
  `.execute(db);
  return rows[0] ?? { unfinished: 0, waiting: 0 };
}
