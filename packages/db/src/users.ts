import { createHash, randomBytes } from "node:crypto";
import { ValetError } from "@valet/contracts";
import type { Db, Querier } from "./connect.ts";

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: "user" | "admin";
}

/** A key is shown once, when it is made; only its hash is stored. */
export interface NewUser extends UserRow {
  readonly apiKey: string;
}

/** Throws `USER_NAME_TAKEN`. */
export async function addUser(
  db: Db,
  { name, role }: { readonly name: string; readonly role: "user" | "admin" },
): Promise<NewUser> {
  return db.transaction().execute(async (trx) => {
    const user = await trx
      .insertInto("users")
      .values({ name, role })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (user === undefined) {
      throw new ValetError(
        "USER_NAME_TAKEN",
        "There is already a user of this name. Nothing was added. Choose another name.",
      );
    }
    return { id: user.id, name, role, apiKey: await addApiKey(trx, user.id) };
  });
}

export async function addApiKey(db: Querier, userId: string): Promise<string> {
  const apiKey = `valet_${randomBytes(32).toString("base64url")}`;
  await db
    .insertInto("apiKeys")
    .values({ userId, keyHash: hashOf(apiKey) })
    .execute();
  return apiKey;
}

export async function findUserByApiKey(db: Querier, apiKey: string): Promise<UserRow | undefined> {
  const row = await db
    .selectFrom("apiKeys")
    .innerJoin("users", "users.id", "apiKeys.userId")
    .select(["users.id", "users.name", "users.role"])
    .where("apiKeys.keyHash", "=", hashOf(apiKey))
    .where("apiKeys.revokedAt", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, role: roleOf(row.role) };
}

export async function findUserByName(db: Querier, name: string): Promise<UserRow | undefined> {
  const row = await db
    .selectFrom("users")
    .select(["id", "name", "role"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, role: roleOf(row.role) };
}

function roleOf(role: string): UserRow["role"] {
  return role === "admin" ? "admin" : "user";
}

function hashOf(apiKey: string): string {
  return createHash("sha256").update(apiKey).digest("hex");
}
