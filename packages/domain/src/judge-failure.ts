import { ErrorCode, type ReasonCode, errorPolicies } from "@valet/contracts";
import { maxEpochs } from "./reconcile-rule.ts";

export type FailureVerdict =
  | { readonly kind: "restart" }
  | { readonly kind: "end"; readonly reason: ReasonCode };

/** As a step's error reaches the engine: `CODE: message`. */
const ownError = /\b[A-Z][A-Z_]{3,}: /;
/**
 * Whether the error of a step, as the engine has it, is one that time may mend: a database that restarts, a
 * session host that is away. What is thrown before anything was armed has changed nothing that counts.
 */
export function isPassing(error: string): boolean {
  const code = ErrorCode.safeParse(/\b([A-Z][A-Z_]{3,}): /.exec(error)?.[1]);
  return code.success && errorPolicies[code.data].kind !== "user";
}

/** Browsers, databases and hosts that went away: nothing that the job's site could help. */
const ourTrouble =
  /\b(SESSION_LOST|SESSION_HOST_UNAVAILABLE|SESSION_CAPACITY|BROWSER_LAUNCH_FAILED|POSTGRES_UNAVAILABLE|STORAGE_UNAVAILABLE): /;
const toldReasons = /\b(SESSION_LOST|PAGE_UNREACHABLE|FORM_NOT_FOUND|FIELD_NOT_WRITABLE): /;

/**
 * What follows from a run the engine calls failed. A step of ours that fails says why. Without that
 * its workers died under it until the engine gave up (after ten, `SERVER_MAX_INTERNAL_RETRY_COUNT`),
 * or took longer than the step may. Then, and where what we stand on was gone for longer than a step
 * waits, nothing is known to be wrong with the application itself: it starts again, but not for ever.
 */
export function judgeFailure({
  error,
  epoch,
}: {
  /** What the engine has as the failed step's error. */
  readonly error: string;
  /** How often the task was started so far. */
  readonly epoch: number;
}): FailureVerdict {
  const isOurs = !ownError.test(error) || ourTrouble.test(error);
  if (isOurs && epoch < maxEpochs) return { kind: "restart" };
  const told = toldReasons.exec(error)?.[1] as ReasonCode | undefined; // the pattern names only these
  return { kind: "end", reason: told ?? "STEP_FAILED" };
}
