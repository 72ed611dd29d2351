import { SubmitResponse } from "@valet/contracts";
import { type Transaction, sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type IntentRow, getIntent } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import type { DB } from "./schema.gen.ts";
import { isUuid } from "./task-row.ts";

interface ArmIntent {
  readonly intentId: string;
  /** Of what the page holds now. */
  readonly digest: string;
  /** The run that must own the task. */
  readonly runId: string;
  /** The browser session that will send, and the fence its driver holds. */
  readonly sessionId: string;
  readonly fence: number;
  /** What the person in control presses, where their act is the approval; no other approval will do then. */
  readonly pressDigest?: string;
}

/**
 * approved → armed, using up the approval. Holds only with an approval of this digest, task and
 * person that is neither expired nor used, given by a person or under a consent that still stands;
 * one by act only for the press it was given for, in that browser under that fence;
 * for the run that owns the task; on its live session under the newest fence. Everything is checked
 * and locked before anything is written, so `undefined` (not armed) has used up nothing. Expiry is
 * by the database's clock.
 */
export async function armIntent(
  trx: Transaction<DB>,
  input: ArmIntent,
): Promise<IntentRow | undefined> {
  if (!isUuid(input.intentId) || !isUuid(input.sessionId)) return undefined;
  // Whoever configured the server otherwise: a lost commit would make a used approval good again.
  await sql`set local synchronous_commit = on`.execute(trx);
  const approvalId = await findArmable(trx, input);
  if (approvalId === undefined) return undefined;
  await trx
    .updateTable("approvals")
    .set({ consumedAt: sql`now()` })
    .where("id", "=", approvalId)
    .execute();
  await trx
    .updateTable("submissionIntents")
    .set({
      state: "armed",
      armedAt: sql`now()`,
      digest: input.digest,
      fence: input.fence,
      sessionId: input.sessionId,
    })
    .where("id", "=", input.intentId)
    .execute();
  return getIntent(trx, input.intentId);
}

/** The approval to use up, with all that must hold locked until the transaction ends. */
async function findArmable(
  trx: Transaction<DB>,
  { intentId, digest, runId, sessionId, fence, pressDigest }: ArmIntent,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("submissionIntents as intent")
    .innerJoin("tasks as task", (join) =>
      join.onRef("task.id", "=", "intent.taskId").onRef("task.userId", "=", "intent.userId"),
    )
    .innerJoin("approvals as approval", (join) =>
      join
        .onRef("approval.id", "=", "intent.approvalId")
        .onRef("approval.taskId", "=", "intent.taskId")
        .onRef("approval.userId", "=", "intent.userId"),
    )
    .innerJoin("browserSessions as session", (join) =>
      join
        .onRef("session.taskId", "=", "intent.taskId")
        .onRef("session.userId", "=", "intent.userId"),
    )
    .select("approval.id")
    .where("intent.id", "=", intentId)
    .where("intent.state", "=", "approved")
    .where("task.runId", "=", runId)
    .where("task.finishedAt", "is", null)
    .where("task.rehearsal", "=", false)
    .where("approval.digest", "=", digest)
    .where("approval.consumedAt", "is", null)
    .where("approval.expiresAt", ">", sql<Date>`now()`)
    .where((eb) =>
      pressDigest === undefined
        ? eb.or([
            eb("approval.mode", "=", "copilot"),
            eb.exists(
              eb
                .selectFrom("standingConsents as consent")
                .select("consent.id")
                .whereRef("consent.id", "=", "approval.consentId")
                .whereRef("consent.userId", "=", "intent.userId")
                .where("consent.revokedAt", "is", null),
            ),
          ])
        : // Only approvals by act name a press: a constraint of the table.
          eb.and([
            eb("approval.pressDigest", "=", pressDigest),
            eb("approval.sessionId", "=", sessionId),
            eb("approval.fence", "=", String(fence)),
          ]),
    )
    .where("session.id", "=", sessionId)
    .where("session.state", "=", "live")
    .where("session.fence", "=", String(fence))
    .forUpdate(["intent", "approval"])
    // A takeover of the session, or of the task, waits until this is decided.
    .forShare(["session", "task"])
    .executeTakeFirst();
  return row?.id;
}

interface DispatchIntent {
  readonly intentId: string;
  readonly sessionId: string;
  /** The fence under which the request came. */
  readonly fence: number;
  /** SHA-256 of the request's method, URL and body, hex; null where the sender did not see it. */
  readonly requestDigest: string | null;
}

/**
 * The compare-and-set before anything leaves: armed → dispatched, for the session and fence that
 * were armed, while that fence is still the newest and the session lives. Exactly one caller ever
 * gets `true`; whoever gets `false`, or an error, must send nothing. One statement, since the page
 * stands still meanwhile; it is on disk before it answers, whatever the server's default.
 */
export async function dispatchIntent(
  db: Querier,
  { intentId, sessionId, fence, requestDigest }: DispatchIntent,
): Promise<boolean> {
  if (!isUuid(intentId) || !isUuid(sessionId)) return false;
  const row = await db
    .with("durable", (cte) =>
      cte.selectNoFrom(sql<string>`set_config('synchronous_commit', 'on', true)`.as("setting")),
    )
    // The lock makes a takeover under way come first: its higher fence is then seen here.
    .with("session", (cte) =>
      cte
        .selectFrom("browserSessions")
        .select("id")
        .where("id", "=", sessionId)
        .where("fence", "=", String(fence))
        .where("state", "=", "live")
        .forShare(),
    )
    .updateTable("submissionIntents")
    .from(["session", "durable"])
    .set({ state: "dispatched", dispatchedAt: sql`now()`, requestDigest })
    .where("submissionIntents.id", "=", intentId)
    .where("submissionIntents.state", "=", "armed")
    .where("submissionIntents.fence", "=", String(fence))
    .whereRef("submissionIntents.sessionId", "=", "session.id")
    .where("durable.setting", "=", "on")
    .returning("submissionIntents.id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps what was seen of the answer: once, and only of something that may have been sent. */
export async function recordSubmitResponse(
  db: Querier,
  { intentId, response }: { readonly intentId: string; readonly response: SubmitResponse },
): Promise<boolean> {
  if (!isUuid(intentId)) return false;
  const row = await db
    .updateTable("submissionIntents")
    .set({ response: jsonValue(SubmitResponse.parse(response)) })
    .where("id", "=", intentId)
    .where("state", "in", ["dispatched", "unknown", "confirmed", "rejected"])
    .where("response", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * armed → aborted, for the holder of the fence it was armed under or of a newer one, or for anybody
 * (`fence: null`) once the session has ended. False when it is not armed, or not theirs to end.
 */
export async function disarmIntent(
  db: Querier,
  { intentId, fence }: { readonly intentId: string; readonly fence: number | null },
): Promise<boolean> {
  if (!isUuid(intentId)) return false;
  const row = await db
    .updateTable("submissionIntents")
    .set({ state: "aborted", decidedAt: sql`now()` })
    .where("id", "=", intentId)
    .where("state", "=", "armed")
    .where((eb) =>
      eb.or([
        ...(fence === null ? [] : [eb("submissionIntents.fence", "<=", String(fence))]),
        eb.not(
          eb.exists(
            eb
              .selectFrom("browserSessions")
              .select("browserSessions.id")
              .whereRef("browserSessions.id", "=", "submissionIntents.sessionId")
              .where("browserSessions.state", "=", "live"),
          ),
        ),
      ]),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
