import type { LiveMode } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import type { SessionKey } from "./browser-sessions.ts";
import type { Querier } from "./connect.ts";
import { type Credential, isGoodCredentialOf } from "./credentials.ts";
import type { TakeoverTickets } from "./schema.gen.ts";
import { hashOf, newSecretText } from "./secret-text.ts";

export interface NewTakeoverTicket extends SessionKey {
  readonly credential: Credential;
  /** The window that has control; without it the ticket is good for looking on. */
  readonly control?: string | undefined;
  /** Of the page that asked, as browsers name it. */
  readonly origin: string;
}

export type TakeoverTicketRow = Selectable<TakeoverTickets>;

const goodForSeconds = 60;
/** How long it can be looked up who came when. */
const keptDays = 30;

/** A ticket of 256 random bits; only its hash is stored, so it can be shown this once. */
export async function addTakeoverTicket(
  db: Querier,
  { sessionId, taskId, userId, control, origin, credential }: NewTakeoverTicket,
): Promise<{ readonly ticket: string; readonly mode: LiveMode; readonly expiresAt: Date }> {
  const ticket = newSecretText();
  const mode: LiveMode = control === undefined ? "view" : "control";
  await db
    .deleteFrom("takeoverTickets")
    .where("expiresAt", "<", sql<Date>`now() - ${keptDays} * interval '1 day'`)
    .execute();
  const { expiresAt } = await db
    .insertInto("takeoverTickets")
    .values({
      ticketHash: hashOf(ticket),
      taskId,
      userId,
      sessionId,
      ...credential,
      mode,
      controlId: control ?? null,
      origin,
      expiresAt: sql<Date>`now() + ${goodForSeconds} * interval '1 second'`,
    })
    .returning("expiresAt")
    .executeTakeFirstOrThrow();
  return { ticket, mode, expiresAt };
}

/**
 * Spends a ticket: of any number who come with it at once, one gets the row. `undefined` when it is
 * unknown, spent, too old by the database's clock, another page's, or given for a key or login that has
 * ended; told apart by nobody.
 */
export async function useTakeoverTicket(
  db: Querier,
  { ticket, origin }: { readonly ticket: string; readonly origin: string },
): Promise<TakeoverTicketRow | undefined> {
  return db
    .updateTable("takeoverTickets")
    .set({ usedAt: sql`now()` })
    .where("ticketHash", "=", hashOf(ticket))
    .where("origin", "=", origin)
    .where("usedAt", "is", null)
    .where("expiresAt", ">", sql<Date>`now()`)
    .where(isGoodCredentialOf("takeover_tickets"))
    .returningAll()
    .executeTakeFirst();
}

/** Nobody comes in any more with what was given out for this task. */
export async function revokeTakeoverTickets(
  db: Querier,
  { taskId, mode }: { readonly taskId: string; readonly mode: LiveMode },
): Promise<void> {
  await db
    .updateTable("takeoverTickets")
    .set({ usedAt: sql`now()` })
    .where("taskId", "=", taskId)
    .where("mode", "=", mode)
    .where("usedAt", "is", null)
    .execute();
}
