import { randomUUID } from "node:crypto";
import { ValetError } from "@valet/contracts";
import { addApiKey } from "./api-keys.ts";
import type { Db, Querier } from "./connect.ts";
import { type UserRow, roleOf, scopesOf } from "./user-row.ts";

/** A key is shown once, when it is made; only its hash is stored. */
export interface NewUser extends UserRow {
  readonly apiKey: string;
}

/** With a first key that may do all that the person may. Throws `USER_NAME_TAKEN`. */
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
    const added = { id: user.id, name, role };
    return { ...added, apiKey: await addFirstKey(trx, added) };
  });
}

/** A key that may do all that the person may. */
export async function addFirstKey(db: Querier, { id, role }: UserRow): Promise<string> {
  const { apiKey } = await addApiKey(db, { userId: id, name: "first key", scopes: scopesOf(role) });
  return apiKey;
}

/**
 * Whoever the issuer of sign-in tokens names so; made when they come for the first time. They bear a name that says
 * nothing of them. `undefined` while they are being erased.
 */
export async function findOrAddUserBySubject(
  db: Querier,
  subject: string,
): Promise<UserRow | undefined> {
  for (;;) {
    const known = await db
      .selectFrom("users")
      .select(["id", "name", "role", "erasingSince"])
      .where("subject", "=", subject)
      .executeTakeFirst();
    if (known !== undefined) {
      const { id, name, role, erasingSince } = known;
      return erasingSince === null ? { id, name, role: roleOf(role) } : undefined;
    }
    const id = randomUUID();
    // Of requests that come at once one adds the row, and all find it.
    await db
      .insertInto("users")
      .values({ id, name: `person-${id}`, role: "user", subject })
      .onConflict((conflict) => conflict.column("subject").doNothing())
      .execute();
  }
}

export async function findUserByName(db: Querier, name: string): Promise<UserRow | undefined> {
  const row = await db
    .selectFrom("users")
    .select(["id", "name", "role"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, role: roleOf(row.role) };
}
