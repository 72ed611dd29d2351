import {
  AnswersInAdvance,
  type Batch,
  type BatchJob,
  BatchJobState,
  BatchQuestion,
  BatchState,
  ErrorCode,
  FieldKind,
  Outcome,
  ReasonCode,
  TaskMode,
  TaskPriority,
  TaskState,
  ValetError,
} from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import type { BatchJobs, Batches } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

/** A batch as stored, with what Postgres holds as text or JSON checked against the contract. */
export type BatchRow = Omit<
  Selectable<Batches>,
  "state" | "mode" | "answers" | "questions" | "waitLimits"
> & {
  readonly state: BatchState;
  readonly mode: TaskMode;
  readonly answers: AnswersInAdvance;
  readonly questions: readonly BatchQuestion[];
  readonly waitLimits: unknown;
};

export function batchRowOf(row: Selectable<Batches>): BatchRow {
  return {
    ...row,
    state: BatchState.parse(row.state),
    mode: TaskMode.parse(row.mode),
    answers: AnswersInAdvance.parse(row.answers),
    questions: z.array(BatchQuestion).parse(row.questions),
  };
}

/** What a form asks, as it is kept with the line of its job. */
export const LineAsks = z.array(
  z.object({ question: z.string(), options: z.array(z.string()), kind: FieldKind }),
);
export type LineAsks = z.infer<typeof LineAsks>;

export type BatchJobRow = Omit<Selectable<BatchJobs>, "state" | "answers" | "asks"> & {
  readonly state: BatchJobState;
  readonly answers: AnswersInAdvance;
  readonly asks: LineAsks | null;
};

export function batchJobRowOf(row: Selectable<BatchJobs>): BatchJobRow {
  return {
    ...row,
    state: BatchJobState.parse(row.state),
    answers: AnswersInAdvance.parse(row.answers),
    asks: LineAsks.nullable().parse(row.asks),
  };
}

interface BatchOfPerson {
  readonly id: string;
  readonly userId?: string;
}

/** Throws `NOT_FOUND`; another person's batch answers exactly as one that does not exist. */
export async function getBatch(db: Querier, { id, userId }: BatchOfPerson): Promise<BatchRow> {
  if (!isUuid(id)) throw batchNotFound();
  let query = db.selectFrom("batches").selectAll().where("id", "=", id);
  if (userId !== undefined) query = query.where("userId", "=", userId);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw batchNotFound();
  return batchRowOf(row);
}

export function batchNotFound(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "There is no such batch. Check its id with `valet batch list`.",
  );
}

/** The newest first. */
export async function listBatches(
  db: Querier,
  { userId, limit }: { readonly userId: string; readonly limit: number },
): Promise<BatchRow[]> {
  const rows = await db
    .selectFrom("batches")
    .selectAll()
    .where("userId", "=", userId)
    .orderBy("createdAt", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(batchRowOf);
}

/** As the API shows them, with the progress of each as a whole. */
export async function batchesOf(db: Querier, rows: readonly BatchRow[]): Promise<Batch[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const { rows: counted } = await sql<{
    batchId: string;
    state: string;
    taskState: string | null;
    outcome: string | null;
    count: number;
  }>`
    select batch_jobs.batch_id, batch_jobs.state, tasks.state as task_state, tasks.outcome,
      count(*)::integer as count
    from batch_jobs
    left join tasks on tasks.id = batch_jobs.task_id and batch_jobs.state = 'started'
    where batch_jobs.batch_id = any(${ids}::uuid[])
    group by 1, 2, 3, 4
  `.execute(db);
  return rows.map((row) => {
    const counts: Batch["counts"] = { jobs: 0, byState: {}, tasks: {}, outcomes: {} };
    for (const { batchId, count, ...one } of counted) {
      if (batchId !== row.id) continue;
      counts.jobs += count;
      const state = BatchJobState.parse(one.state);
      counts.byState[state] = (counts.byState[state] ?? 0) + count;
      if (one.taskState !== null) {
        const taskState = TaskState.parse(one.taskState);
        counts.tasks[taskState] = (counts.tasks[taskState] ?? 0) + count;
      }
      if (one.outcome !== null) {
        const outcome = Outcome.parse(one.outcome);
        counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + count;
      }
    }
    return {
      id: row.id,
      state: row.state,
      resumeId: row.resumeId,
      mode: row.mode,
      rehearsal: row.rehearsal,
      priority: TaskPriority.options[row.priority - 1] ?? "low",
      runAt: row.notBefore?.toISOString() ?? null,
      counts,
      questions: [...row.questions],
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  });
}

export async function batchOf(db: Querier, row: BatchRow): Promise<Batch> {
  const [batch] = await batchesOf(db, [row]);
  if (batch === undefined) throw batchNotFound();
  return batch;
}

/** A page of a batch's jobs in the order of their lines, each with what became of it. */
export async function listBatchJobs(
  db: Querier,
  {
    batchId,
    after,
    limit,
  }: { readonly batchId: string; readonly after: number; readonly limit: number },
): Promise<BatchJob[]> {
  const rows = await db
    .selectFrom("batchJobs")
    .leftJoin("tasks", "tasks.id", "batchJobs.taskId")
    .select([
      "batchJobs.line",
      "batchJobs.jobUrl",
      "batchJobs.jobKey",
      "batchJobs.state",
      "batchJobs.duplicateOf",
      "batchJobs.code",
      "tasks.id as taskId",
      "tasks.state as taskState",
      "tasks.outcome",
      "tasks.reason",
      "tasks.pct",
    ])
    .where("batchJobs.batchId", "=", batchId)
    .where("batchJobs.line", ">", after)
    .orderBy("batchJobs.line")
    .limit(limit)
    .execute();
  return rows.map(({ taskId, taskState, outcome, reason, pct, code, state, ...job }) => ({
    ...job,
    state: BatchJobState.parse(state),
    code: ErrorCode.nullable().parse(code),
    task:
      taskId === null
        ? null
        : {
            id: taskId,
            state: TaskState.parse(taskState),
            outcome: Outcome.nullable().parse(outcome),
            reason: ReasonCode.nullable().parse(reason),
            pct: pct ?? 0,
          },
  }));
}
