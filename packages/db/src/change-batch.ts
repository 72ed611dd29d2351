import { type BatchQuestion, type FieldValue, ValetError, waveScope } from "@valet/contracts";
import {
  type BatchEvent,
  fitsQuestion,
  gatherQuestions,
  isBatchEnded,
  nextBatchState,
} from "@valet/domain";
import { type Transaction, type UpdateObject, sql } from "kysely";
import { type BatchRow, batchJobRowOf, batchNotFound, batchRowOf } from "./batch-rows.ts";
import type { Db } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import { enqueueForBatch } from "./outbox.ts";
import type { DB } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

/**
 * Runs `work` on one locked batch; whoever makes an application of it or ends one takes the same lock, so
 * after a change nobody acts on what was before it. Throws `NOT_FOUND`.
 */
export async function writeBatch<T>(
  db: Db,
  batchId: string,
  work: (trx: Transaction<DB>, batch: BatchRow) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, batchId);
    if (batch === undefined) throw batchNotFound();
    return work(trx, batch);
  });
}

export async function lockBatch(
  trx: Transaction<DB>,
  batchId: string,
): Promise<BatchRow | undefined> {
  if (!isUuid(batchId)) return undefined;
  const row = await trx
    .selectFrom("batches")
    .selectAll()
    .where("id", "=", batchId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : batchRowOf(row);
}

/** Everything that could be looked up was: what is still open is asked, each question once. */
export async function collectBatch(db: Db, batchId: string): Promise<void> {
  await writeBatch(db, batchId, async (trx, batch) => {
    if (batch.state !== "collecting") return;
    const rows = await trx
      .selectFrom("batchJobs")
      .selectAll()
      .where("batchId", "=", batchId)
      .where("state", "=", "accepted")
      .orderBy("line")
      .execute();
    const lines = rows.map(batchJobRowOf).map(({ line, asks, answers }) => ({
      line,
      asks: asks ?? [],
      answers,
    }));
    const questions = gatherQuestions(lines, batch.answers);
    await enter(trx, batch, {
      event: { type: "collected", unanswered: questions.length },
      columns: { questions: jsonValue(questions) },
    });
  });
}

/**
 * What the person answers to the batch's questions; once none is open, or where they say so, it starts.
 * Throws `VALIDATION` for an unknown question or an answer that is not among its options and
 * `ILLEGAL_TRANSITION` where the batch does not ask.
 */
export async function answerBatch(
  db: Db,
  batchId: string,
  {
    answers,
    start,
  }: { readonly answers: Readonly<Record<string, FieldValue>>; readonly start: boolean },
): Promise<void> {
  await writeBatch(db, batchId, async (trx, batch) => {
    const given = Object.keys(answers).length > 0;
    if (given && batch.state !== "asking") throw notNow(batch);
    assertAnswerable(batch.questions, answers);
    const questions = batch.questions.map((one) => ({
      ...one,
      answer: answers[one.id] ?? one.answer,
    }));
    const unanswered = questions.filter(({ answer }) => answer === null).length;
    const event: BatchEvent = start ? { type: "start" } : { type: "answered", unanswered };
    await enter(trx, batch, { event, columns: { questions: jsonValue(questions) } });
  });
}

/**
 * From here on no application comes of it. Those that there are stay for the caller to cancel. A second time
 * it changes nothing; throws `ILLEGAL_TRANSITION` when it is done.
 */
export async function cancelBatch(db: Db, batchId: string): Promise<void> {
  await writeBatch(db, batchId, async (trx, batch) => {
    if (batch.state === "cancelled") return;
    await enter(trx, batch, { event: { type: "cancelled" } });
    await trx
      .updateTable("batchJobs")
      .set({ state: "cancelled" })
      .where("batchId", "=", batchId)
      .where("state", "=", "accepted")
      .execute();
    if (batch.state === "running") await wakeBatch(trx, batch);
  });
}

/** Tells the run that waits for this wave to look again. */
export async function wakeBatch(
  trx: Transaction<DB>,
  { id: batchId, epoch, wave }: Pick<BatchRow, "id" | "epoch" | "wave">,
): Promise<void> {
  await enqueueForBatch(trx, batchId, {
    kind: "push_event",
    key: "batch_wave_done",
    scope: waveScope({ batchId, epoch, wave }),
    payload: { batchId },
  });
}

/** Of a batch that `lockBatch` has given. */
export async function enter(
  trx: Transaction<DB>,
  batch: BatchRow,
  {
    event,
    columns = {},
  }: { readonly event: BatchEvent; readonly columns?: UpdateObject<DB, "batches"> },
): Promise<void> {
  const state = nextBatchState(batch.state, event);
  if (state === undefined) throw notNow(batch);
  await trx
    .updateTable("batches")
    .set({
      ...columns,
      state,
      updatedAt: sql`now()`,
      ...(isBatchEnded(state) ? { finishedAt: sql`now()` } : {}),
    })
    .where("id", "=", batch.id)
    .execute();
  if (state === "running" && batch.state !== "running") {
    await enqueueForBatch(trx, batch.id, { kind: "start_batch", epoch: batch.epoch });
  }
}

function assertAnswerable(
  questions: readonly BatchQuestion[],
  answers: Readonly<Record<string, FieldValue>>,
): void {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const issues = Object.entries(answers).flatMap(([id, answer]) => {
    const path = `body/answers/${id}`;
    const question = byId.get(id);
    if (question === undefined) return [{ path, problem: "is no question of this batch" }];
    return fitsQuestion(question, answer) ? [] : [{ path, problem: "is none of its options" }];
  });
  if (issues.length === 0) return;
  throw new ValetError(
    "VALIDATION",
    "Some answers are to nothing that this batch asks, or are none of the options. None was kept. Look at its questions with `valet batch show`.",
    { issues },
  );
}

function notNow({ state }: BatchRow): ValetError {
  return new ValetError(
    "ILLEGAL_TRANSITION",
    `This cannot be done with a batch that is ${state}. Nothing was changed. Look at it with \`valet batch show\`.`,
    { state },
  );
}
