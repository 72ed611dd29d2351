import { BatchWaveDone, HumanStepDone, ReviewApproved, SubmitPressed } from "@valet/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Db, Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** What must reach the engine; ids only. */
export const OutboxMessage = z.union([
  z.object({
    kind: z.literal("start_run"),
    epoch: z.number().int(),
    /** Of a paced start: how many its person may start in a minute. */
    startsPerMinute: z.number().int().optional(),
  }),
  z.object({
    kind: z.literal("push_event"),
    key: z.literal("review_approved"),
    scope: z.string(),
    payload: ReviewApproved,
  }),
  z.object({
    kind: z.literal("push_event"),
    key: z.enum(["captcha_solved", "human_step_done"]),
    scope: z.string(),
    payload: HumanStepDone,
  }),
  z.object({
    kind: z.literal("push_event"),
    key: z.literal("submit_pressed"),
    scope: z.string(),
    payload: SubmitPressed,
  }),
  z.object({ kind: z.literal("cancel_run"), runId: z.string() }),
  /** Of a résumé. */
  z.object({ kind: z.literal("parse_resume"), epoch: z.number().int() }),
  /** Of a batch, like the next one; all others are a task's. */
  z.object({ kind: z.literal("start_batch"), epoch: z.number().int() }),
  z.object({
    kind: z.literal("push_event"),
    key: z.literal("batch_wave_done"),
    scope: z.string(),
    payload: BatchWaveDone,
  }),
]);
export type OutboxMessage = z.infer<typeof OutboxMessage>;

export async function enqueue(db: Querier, taskId: string, message: OutboxMessage): Promise<void> {
  await db
    .insertInto("outbox")
    .values({ taskId, message: jsonValue(message) })
    .execute();
}

export async function enqueueForBatch(
  db: Querier,
  batchId: string,
  message: OutboxMessage,
): Promise<void> {
  await db
    .insertInto("outbox")
    .values({ batchId, message: jsonValue(message) })
    .execute();
}

export interface OutboxEntry {
  readonly id: string;
  /** What it is about: one of the three. */
  readonly taskId: string | null;
  readonly resumeId: string | null;
  readonly batchId: string | null;
  readonly message: OutboxMessage;
  readonly createdAt: Date;
}

/** Longest pause between two tries, in seconds: an engine that is back is noticed this late. */
const maxPauseSeconds = 3;

/**
 * Sends the oldest waiting message. It stays locked while it is sent, so several relays share the
 * work; a relay that dies gives it back. A message may therefore be sent twice, never not at all.
 */
export async function relayNext(
  db: Db,
  send: (entry: OutboxEntry) => Promise<void>,
): Promise<"idle" | "sent" | "failed"> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("outbox")
      .selectAll()
      .where("sentAt", "is", null)
      .where("availableAt", "<=", sql<Date>`now()`)
      .orderBy("id")
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return "idle";
    // A message of a newer release waits for a relay that knows it and holds nobody up.
    const failure = await Promise.resolve(row.message)
      .then((message) => send({ ...row, message: OutboxMessage.parse(message) }))
      .then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.name : "unknown"),
      );
    if (failure === undefined) {
      await trx
        .updateTable("outbox")
        .set({ sentAt: sql`now()` })
        .where("id", "=", row.id)
        .execute();
      return "sent";
    }
    const pause = Math.min(maxPauseSeconds, 0.25 * 2 ** Math.min(row.attempts, 6));
    await trx
      .updateTable("outbox")
      .set({
        attempts: row.attempts + 1,
        lastError: failure,
        availableAt: sql`now() + make_interval(secs => ${pause})`,
      })
      .where("id", "=", row.id)
      .execute();
    return "failed";
  });
}

/** How many messages wait, and how long the oldest has waited, in seconds. */
export async function outboxBacklog(
  db: Querier,
): Promise<{ waiting: number; oldestSeconds: number }> {
  const row = await db
    .selectFrom("outbox")
    .select((eb) => [
      eb.fn.countAll<string>().as("waiting"),
      sql<string | null>`extract(epoch from now() - min(created_at))`.as("oldestSeconds"),
    ])
    .where("sentAt", "is", null)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), oldestSeconds: Number(row.oldestSeconds ?? 0) };
}

/** Whether the engine has yet to hear of anything that this person's tasks, résumés or batches had for it. */
export async function hasUnsentMessages(db: Querier, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom("outbox")
    .leftJoin("tasks", "tasks.id", "outbox.taskId")
    .leftJoin("resumes", "resumes.id", "outbox.resumeId")
    .leftJoin("batches", "batches.id", "outbox.batchId")
    .select("outbox.id")
    .where((eb) =>
      eb.or([
        eb("tasks.userId", "=", userId),
        eb("resumes.userId", "=", userId),
        eb("batches.userId", "=", userId),
      ]),
    )
    .where("outbox.sentAt", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
