import { type ApiKey, Scope, ValetError } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { hintOf, isApiKeyText, newApiKeyText } from "./api-key-text.ts";
import type { Db, Querier } from "./connect.ts";
import type { ApiKeys } from "./schema.gen.ts";
import { hashOf } from "./secret-text.ts";
import { isUuid } from "./task-row.ts";
import { type UserRow, roleOf } from "./user-row.ts";

export type ApiKeyRow = Omit<Selectable<ApiKeys>, "scopes"> & { readonly scopes: Scope[] };

/** A key is shown once, when it is made; only its hash is stored. */
export interface MadeApiKey {
  readonly row: ApiKeyRow;
  readonly apiKey: string;
}

export interface NewApiKeyInput {
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: until it is revoked. */
  readonly lifetimeDays?: number | null;
}

/** Whoever brought a key, and what it lets them do. */
export interface KeyHolder {
  readonly apiKeyId: string;
  readonly user: UserRow;
  readonly scopes: readonly Scope[];
  /** Whether `markApiKeyUsed` has something to write. */
  readonly isLongUnmarked: boolean;
}

/** Keys that ended stay listed so long. */
const keptDays = 30;

export async function addApiKey(db: Querier, input: NewApiKeyInput): Promise<MadeApiKey> {
  const { userId, name, scopes, lifetimeDays = null } = input;
  const apiKey = newApiKeyText();
  const row = await db
    .insertInto("apiKeys")
    .values({
      userId,
      name,
      scopes: [...new Set(scopes)],
      keyHash: hashOf(apiKey),
      hint: hintOf(apiKey),
      lifetimeDays,
      expiresAt: sql<Date | null>`now() + ${lifetimeDays}::integer * interval '1 day'`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row: keyRowOf(row), apiKey };
}

/** `undefined` for what is no key, unknown, revoked or expired; told apart by nobody. */
export async function findKeyHolder(db: Querier, apiKey: string): Promise<KeyHolder | undefined> {
  if (!isApiKeyText(apiKey)) return undefined;
  const row = await db
    .selectFrom("apiKeys")
    .innerJoin("users", "users.id", "apiKeys.userId")
    .select(["apiKeys.id as apiKeyId", "apiKeys.scopes", "users.id", "users.name", "users.role"])
    .select(isLongUnmarked.as("isLongUnmarked"))
    .where("apiKeys.keyHash", "=", hashOf(apiKey))
    .where(isGoodKey)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { apiKeyId, id, name, role, isLongUnmarked: isDue } = row;
  const user = { id, name, role: roleOf(role) };
  return { apiKeyId, user, scopes: usableScopes(row.scopes, user), isLongUnmarked: isDue };
}

export const isGoodKey = sql<boolean>`api_keys.revoked_at is null and coalesce(api_keys.expires_at > now(), true)`;

/** So that a busy key is written once a minute at most. */
const isLongUnmarked = sql<boolean>`coalesce(api_keys.last_used_at < now() - interval '1 minute', true)`;

export async function markApiKeyUsed(db: Querier, apiKeyId: string): Promise<void> {
  await db
    .updateTable("apiKeys")
    .set({ lastUsedAt: sql`now()` })
    .where("id", "=", apiKeyId)
    .where(isLongUnmarked)
    .execute();
}

/** What is everybody's takes an admin as well as a key that may see it. */
export function usableScopes(scopes: readonly string[], user: Pick<UserRow, "role">): Scope[] {
  const known = z.array(Scope).parse(scopes);
  return user.role === "admin" ? known : known.filter((scope) => scope !== "admin");
}

export async function listApiKeys(db: Querier, userId: string): Promise<ApiKeyRow[]> {
  const rows = await db
    .selectFrom("apiKeys")
    .selectAll()
    .where("userId", "=", userId)
    .where(
      sql<boolean>`coalesce(least(revoked_at, expires_at), 'infinity') > now() - ${keptDays} * interval '1 day'`,
    )
    .orderBy("createdAt", "desc")
    .orderBy("id")
    .execute();
  return rows.map(keyRowOf);
}

/**
 * A key of the same name, scopes and lifetime; the old one ends after the overlap, or when it would have.
 *
 * @throws `NOT_FOUND`; `ILLEGAL_TRANSITION` for one that has ended; `FORBIDDEN` for one that may do more
 * than `mayGive`.
 */
export async function rotateApiKey(
  db: Db,
  {
    id,
    userId,
    overlapSeconds,
    mayGive,
  }: {
    readonly id: string;
    readonly userId: string;
    readonly overlapSeconds: number;
    readonly mayGive: ReadonlySet<Scope>;
  },
): Promise<MadeApiKey> {
  if (!isUuid(id)) throw keyNotFound();
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("apiKeys")
      .selectAll()
      .select(isGoodKey.as("isGood"))
      .where("id", "=", id)
      .where("userId", "=", userId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw keyNotFound();
    if (!row.isGood) {
      throw new ValetError(
        "ILLEGAL_TRANSITION",
        "This key has ended already. Nothing was made. Make a new one with POST /api-keys.",
      );
    }
    const { name, scopes, lifetimeDays } = keyRowOf(row);
    assertMayGive(scopes, mayGive);
    await trx
      .updateTable("apiKeys")
      .set({
        expiresAt: sql`least(expires_at, now() + ${overlapSeconds}::integer * interval '1 second')`,
      })
      .where("id", "=", id)
      .execute();
    return addApiKey(trx, { userId, name, scopes, lifetimeDays });
  });
}

/** @throws `FORBIDDEN`: nobody gives away what they do not have. */
export function assertMayGive(scopes: readonly Scope[], mayGive: ReadonlySet<Scope>): void {
  const missing = [...new Set(scopes)].filter((scope) => !mayGive.has(scope));
  if (missing.length === 0) return;
  throw new ValetError(
    "FORBIDDEN",
    `A key can be given only what you may do yourself, and you may not ${missing.join(", ")}. Nothing was made. Leave that out, or use a key that has it.`,
    { scopes: missing },
  );
}

/** Ends a key at once; of one that was revoked before the first time stands. Throws `NOT_FOUND`. */
export async function revokeApiKey(
  db: Querier,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<ApiKeyRow> {
  if (!isUuid(id)) throw keyNotFound();
  const row = await db
    .updateTable("apiKeys")
    .set({ revokedAt: sql`coalesce(revoked_at, now())` })
    .where("id", "=", id)
    .where("userId", "=", userId)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw keyNotFound();
  return keyRowOf(row);
}

/** The key as the API shows it. */
export function apiKeyOf(row: ApiKeyRow): ApiKey {
  const { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return {
    id,
    name,
    hint,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

function keyRowOf(row: Selectable<ApiKeys>): ApiKeyRow {
  return { ...row, scopes: z.array(Scope).parse(row.scopes) };
}

function keyNotFound(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "There is no such API key. Nothing was changed. See GET /api-keys for yours.",
  );
}
