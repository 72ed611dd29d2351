import { NonRetryableError } from "@hatchet-dev/typescript-sdk";
import { toValetError } from "@valet/contracts";

/**
 * Hatchet retries whatever is thrown; it may retry only what time can mend. Message and stack are
 * shown on its dashboard, so only our own data-free text goes there.
 */
export function toHatchetError(thrown: unknown): Error {
  const known = toValetError(thrown);
  const message = `${known.code}: ${known.message}`;
  const error = mayRetry(known.kind) ? new Error(message) : new NonRetryableError(message);
  delete error.stack;
  return error;
}

/** A fault we do not know may be a moment's weather (a lost connection), so it gets its retries. */
function mayRetry(kind: "user" | "transient" | "bug"): boolean {
  return kind !== "user";
}
