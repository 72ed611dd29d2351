import { ValetError } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { findIntent, setIntentState } from "./intents.ts";
import { jsonValue } from "./json-value.ts";
import { approvalLifetime } from "./lifetimes.ts";
import { lockPerson } from "./lock-person.ts";
import type { TaskRow } from "./task-row.ts";
import type { TaskWrite } from "./write-task.ts";

/** Of the wording a person agrees to when they choose autopilot. */
const consentVersion = 1;

type ConsentedTask = Pick<TaskRow, "id" | "userId">;

/**
 * Writes that the person lets this one application go without a look, unless a wider consent says
 * so already. Call in the transaction that accepts the task.
 */
export async function grantTaskConsent(db: Querier, task: ConsentedTask): Promise<void> {
  if ((await findConsent(db, task)) !== undefined) return;
  await db
    .insertInto("standingConsents")
    .values({
      userId: task.userId,
      version: consentVersion,
      scope: jsonValue({ taskId: task.id }),
    })
    .execute();
}

export type ConsentApproval =
  | { readonly kind: "approved"; readonly approvalId: string }
  /** A person has to look: nothing allows this application, or enough went out today. */
  | { readonly kind: "refused"; readonly why: "no_consent" | "daily_cap" };

/**
 * Autopilot: the person's standing consent takes the place of a look. Approvals that were armed in
 * the last 24 hours, and those that wait to be, count towards its daily cap. Throws
 * `ILLEGAL_TRANSITION` when there is nothing prepared to approve.
 */
export async function approveByStandingConsent(
  { trx, task }: TaskWrite,
  digest: string,
): Promise<ConsentApproval> {
  // Two tasks of one person must not both take the last place of the day.
  await lockPerson(trx, task.userId);
  const consent = await findConsent(trx, task);
  if (consent === undefined) return { kind: "refused", why: "no_consent" };
  if ((await countOfDay(trx, task.userId)) >= consent.dailyCap) {
    return { kind: "refused", why: "daily_cap" };
  }
  const intent = await findIntent(trx, task.id);
  if (intent === undefined) throw nothingPrepared();
  const { id: approvalId } = await trx
    .insertInto("approvals")
    .values({
      taskId: task.id,
      stepId: null,
      userId: task.userId,
      mode: "autopilot",
      consentId: consent.id,
      digest,
      expiresAt: approvalLifetime,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await setIntentState(trx, intent, "approve", { approvalId });
  return { kind: "approved", approvalId };
}

interface Consent {
  readonly id: string;
  readonly dailyCap: number;
}

/** Of several that cover the task the one that allows least. */
async function findConsent(
  db: Querier,
  { id, userId }: ConsentedTask,
): Promise<Consent | undefined> {
  return db
    .selectFrom("standingConsents")
    .select(["id", "dailyCap"])
    .where("userId", "=", userId)
    .where("revokedAt", "is", null)
    .where((eb) =>
      eb.or([
        eb(sql`scope`, "@>", jsonValue({ all: true })),
        eb(sql`scope`, "@>", jsonValue({ taskId: id })),
      ]),
    )
    .orderBy("dailyCap")
    .limit(1)
    .executeTakeFirst();
}

async function countOfDay(db: Querier, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom("approvals")
    .leftJoin("submissionIntents", (join) =>
      join
        .onRef("submissionIntents.approvalId", "=", "approvals.id")
        .on("submissionIntents.state", "=", "approved"),
    )
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("approvals.userId", "=", userId)
    .where("approvals.mode", "=", "autopilot")
    .where((eb) =>
      eb.or([
        eb("approvals.consumedAt", ">", sql<Date>`now() - interval '24 hours'`),
        eb.and([
          eb("approvals.consumedAt", "is", null),
          eb("approvals.expiresAt", ">", sql<Date>`now()`),
          eb("submissionIntents.id", "is not", null),
        ]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}

function nothingPrepared(): ValetError {
  return new ValetError(
    "ILLEGAL_TRANSITION",
    "There is no filled form to approve for this application. Nothing was changed.",
  );
}
