import { sql } from "kysely";
import { type KeyHolder, isGoodKey, usableScopes } from "./api-keys.ts";
import type { Querier } from "./connect.ts";
import { roleOf } from "./user-row.ts";
import { hashOf, newSecretText } from "./secret-text.ts";

/** How long a login is good, in seconds. */
export const loginSeconds = 12 * 60 * 60;

/** A login with a key, as 256 random bits; only their hash is stored. It ends with the key, and by itself. */
export async function addLoginSession(
  db: Querier,
  { apiKeyId, userId }: { readonly apiKeyId: string; readonly userId: string },
): Promise<string> {
  const token = newSecretText();
  await db
    .deleteFrom("loginSessions")
    .where("userId", "=", userId)
    .where("expiresAt", "<=", sql<Date>`now()`)
    .execute();
  await db
    .insertInto("loginSessions")
    .values({
      tokenHash: hashOf(token),
      apiKeyId,
      userId,
      expiresAt: sql<Date>`now() + ${loginSeconds} * interval '1 second'`,
    })
    .execute();
  return token;
}

/** Whoever logged in, with what their key lets them do now. */
export async function findLogin(
  db: Querier,
  token: string,
): Promise<(Pick<KeyHolder, "apiKeyId" | "user" | "scopes"> & { loginHash: string }) | undefined> {
  const loginHash = hashOf(token);
  const row = await db
    .selectFrom("loginSessions")
    .innerJoin("apiKeys", "apiKeys.id", "loginSessions.apiKeyId")
    .innerJoin("users", "users.id", "apiKeys.userId")
    .select(["apiKeys.id as apiKeyId", "apiKeys.scopes", "users.id", "users.name", "users.role"])
    .where("loginSessions.tokenHash", "=", loginHash)
    .where("loginSessions.expiresAt", ">", sql<Date>`now()`)
    .where(isGoodKey)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const user = { id: row.id, name: row.name, role: roleOf(row.role) };
  return { apiKeyId: row.apiKeyId, loginHash, user, scopes: usableScopes(row.scopes, user) };
}

export async function endLoginSession(db: Querier, token: string): Promise<void> {
  await db.deleteFrom("loginSessions").where("tokenHash", "=", hashOf(token)).execute();
}
