import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";

export interface KeyedRequest {
  readonly userId: string;
  /** As the person chose it. */
  readonly key: string;
  /** Of all that makes it this request. */
  readonly requestHash: string;
}

export type KeyedStart =
  /** Nobody has begun it: whoever gets this does the work, and ends the try with what came of it. */
  | { readonly kind: "begun"; readonly tryId: string }
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  /** Somebody is at work on it. */
  | { readonly kind: "under_way" }
  /** The key stands for another request. */
  | { readonly kind: "other_request" };

const keptForHours = 24;
/** No request takes so long: whoever worked on it is gone. */
const givenUpAfterSeconds = 120;

/** Begins a request that is to do its work once, or says what became of it. What is too old is forgotten. */
export async function beginKeyedRequest(
  db: Querier,
  { userId, key, requestHash }: KeyedRequest,
): Promise<KeyedStart> {
  const tryId = randomUUID();
  await db
    .deleteFrom("keptAnswers")
    .where("userId", "=", userId)
    .where("startedAt", "<", sql<Date>`now() - ${keptForHours} * interval '1 hour'`)
    .execute();
  const begun = await db
    .insertInto("keptAnswers")
    .values({ userId, key, requestHash, tryId })
    .onConflict((conflict) =>
      conflict
        .columns(["userId", "key"])
        .doUpdateSet({ tryId, startedAt: sql`now()` })
        .where("keptAnswers.requestHash", "=", requestHash)
        .where("keptAnswers.status", "is", null)
        .where(
          "keptAnswers.startedAt",
          "<",
          sql<Date>`now() - ${givenUpAfterSeconds} * interval '1 second'`,
        ),
    )
    .returning("key")
    .executeTakeFirst();
  if (begun !== undefined) return { kind: "begun", tryId };
  const known = await db
    .selectFrom("keptAnswers")
    .select(["requestHash", "status", "body"])
    .where("userId", "=", userId)
    .where("key", "=", key)
    .executeTakeFirst();
  // Given up by its try just now: the next request begins it.
  if (known === undefined) return { kind: "under_way" };
  if (known.requestHash !== requestHash) return { kind: "other_request" };
  const { status, body } = known;
  return status === null ? { kind: "under_way" } : { kind: "answered", status, body: body ?? "" };
}

interface EndedTry extends Pick<KeyedRequest, "userId" | "key"> {
  readonly tryId: string;
}

/** Whoever sends the request again gets this. Nothing is kept for a try that another has taken over. */
export async function keepAnswer(
  db: Querier,
  {
    userId,
    key,
    tryId,
    status,
    body,
  }: EndedTry & { readonly status: number; readonly body: string },
): Promise<void> {
  await db
    .updateTable("keptAnswers")
    .set({ status, body })
    .where("userId", "=", userId)
    .where("key", "=", key)
    .where("tryId", "=", tryId)
    .execute();
}

/** Nothing came of it that would stand: the same request may be tried anew. */
export async function forgetKeyedRequest(
  db: Querier,
  { userId, key, tryId }: EndedTry,
): Promise<void> {
  await db
    .deleteFrom("keptAnswers")
    .where("userId", "=", userId)
    .where("key", "=", key)
    .where("tryId", "=", tryId)
    .execute();
}
