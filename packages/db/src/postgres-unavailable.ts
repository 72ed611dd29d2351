import { ValetError } from "@valet/contracts";
import { DatabaseError } from "pg";

/** SQLSTATEs with which the server ends or refuses a session: too silent, shutdown, crash, starting up, full. */
const sessionEnded = new Set(["25P03", "57P01", "57P02", "57P03", "57P05", "53300"]);
const connectionClass = "08";

/** Whether a query failed because its connection did, so that trying again may help. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const state = error.code ?? "";
    return sessionEnded.has(state) || state.startsWith(connectionClass);
  }
  // What the server did not say is the socket's fault, except a parameter that cannot be encoded.
  return !(error instanceof TypeError) && !(error instanceof RangeError);
}

/** `POSTGRES_UNAVAILABLE` with the reason's code: an SQLSTATE or a socket error. */
export function postgresUnavailable(error: unknown): ValetError {
  const reason = codeOf(error);
  return new ValetError(
    "POSTGRES_UNAVAILABLE",
    `Postgres does not answer (${reason}). Check that it runs and that DATABASE_URL points to it.`,
    { reason },
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "connection lost";
}
