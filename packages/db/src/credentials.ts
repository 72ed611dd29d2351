import { sql } from "kysely";
import { isGoodKey } from "./api-keys.ts";
import type { Querier } from "./connect.ts";

/** What somebody was let in with. It may end while they are inside. */
export interface Credential {
  /** The key itself, or the one that a login was made with. */
  readonly apiKeyId: string | null;
  readonly loginHash: string | null;
  /** Of a token, which nobody can take back; null where the rows above decide. */
  readonly goodUntil: Date | null;
}

/** Whether what a ticket was given for is good still; of the row of `table`. */
export function isGoodCredentialOf(table: "stream_tickets" | "takeover_tickets") {
  const of = (column: string) => sql.ref(`${table}.${column}`);
  return sql<boolean>`coalesce(${of("good_until")} > now(), true)
    and (${of("api_key_id")} is null or exists
      (select from api_keys where api_keys.id = ${of("api_key_id")} and ${isGoodKey}))
    and (${of("login_hash")} is null or exists
      (select from login_sessions where token_hash = ${of("login_hash")} and expires_at > now()))`;
}

/** Those that are good no more. */
export async function listEndedCredentials<C extends Credential>(
  db: Querier,
  credentials: readonly C[],
): Promise<C[]> {
  const idsOf = (pick: (credential: Credential) => string | null) => [
    ...new Set(credentials.map(pick).filter((id) => id !== null)),
  ];
  const [keys, logins] = await Promise.all([
    db
      .selectFrom("apiKeys")
      .select("id")
      .where("id", "=", sql<string>`any(${idsOf(({ apiKeyId }) => apiKeyId)}::uuid[])`)
      .where(isGoodKey)
      .execute(),
    db
      .selectFrom("loginSessions")
      .select("tokenHash")
      .where("tokenHash", "=", sql<string>`any(${idsOf(({ loginHash }) => loginHash)}::text[])`)
      .where("expiresAt", ">", sql<Date>`now()`)
      .execute(),
  ]);
  const good = new Set([...keys.map(({ id }) => id), ...logins.map(({ tokenHash }) => tokenHash)]);
  return credentials.filter(({ apiKeyId, loginHash, goodUntil }) => {
    if (goodUntil !== null && goodUntil.getTime() <= Date.now()) return true;
    return [apiKeyId, loginHash].some((id) => id !== null && !good.has(id));
  });
}
