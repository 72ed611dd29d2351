import { connectDb } from "@valet/db";
import { createLogger } from "@valet/runtime";

/** More in a day than any test sends; the usual cap of what goes out without a look is 50. */
const dailyCap = 100_000;

/** Everybody who is known by now lets everything go without a look. */
export async function allowEverything(databaseUrl: string): Promise<void> {
  const log = createLogger({ name: "test", level: "silent" });
  const database = connectDb({
    url: databaseUrl,
    applicationName: "test",
    maxConnections: 1,
    log,
  });
  try {
    const { db } = database;
    const people = await db.selectFrom("users").select("id").execute();
    const scope = JSON.stringify({ all: true });
    await db
      .insertInto("standingConsents")
      .values(people.map(({ id }) => ({ userId: id, version: 1, scope, dailyCap })))
      .execute();
  } finally {
    await database.close();
  }
}
