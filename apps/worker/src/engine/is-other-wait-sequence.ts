import { NonDeterminismError } from "@hatchet-dev/typescript-sdk";

/**
 * Whether the engine refused to resume a durable step because it asked for another wait or child
 * than the log of its run holds: it was recorded by code with another sequence. Trying again cannot
 * help, since the log stays; a new run has a log of its own.
 */
export function isOtherWaitSequence(error: unknown): boolean {
  return error instanceof NonDeterminismError;
}
