import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type Credential, isGoodCredentialOf } from "./credentials.ts";
import { hashOf, newSecretText } from "./secret-text.ts";

/** Whose a stream is, and what they were let in with. */
export interface StreamHolder extends Credential {
  readonly userId: string;
}

const goodForSeconds = 60;

/** A ticket of 256 random bits, for pages of the origin or, without one, for programs; only its hash is stored. */
export async function addStreamTicket(
  db: Querier,
  holder: StreamHolder & { readonly origin: string | null },
): Promise<{ readonly ticket: string; readonly expiresAt: Date }> {
  const ticket = newSecretText();
  const { expiresAt } = await db
    .with("old", (query) =>
      query
        .deleteFrom("streamTickets")
        .where("expiresAt", "<", sql<Date>`now() - interval '1 hour'`),
    )
    .insertInto("streamTickets")
    .values({
      ticketHash: hashOf(ticket),
      ...holder,
      expiresAt: sql<Date>`now() + ${goodForSeconds} * interval '1 second'`,
    })
    .returning("expiresAt")
    .executeTakeFirstOrThrow();
  return { ticket, expiresAt };
}

/**
 * Spends a ticket and says whose it was. `undefined` when it is unknown, spent, too old by the database's
 * clock, another page's, or given for a key or login that has ended; told apart by nobody.
 */
export async function useStreamTicket(
  db: Querier,
  { ticket, origin }: { readonly ticket: string; readonly origin: string | null },
): Promise<StreamHolder | undefined> {
  return db
    .updateTable("streamTickets")
    .set({ usedAt: sql`now()` })
    .where("ticketHash", "=", hashOf(ticket))
    .where("origin", "is not distinct from", origin)
    .where("usedAt", "is", null)
    .where("expiresAt", ">", sql<Date>`now()`)
    .where(isGoodCredentialOf("stream_tickets"))
    .returning(["userId", "apiKeyId", "loginHash", "goodUntil"])
    .executeTakeFirst();
}
