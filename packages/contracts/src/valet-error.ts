import type { ErrorCode } from "./error-codes.ts";
import { type ErrorKind, errorPolicies } from "./error-policies.ts";

/** Ids and counts that help the reader; never a person's data. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error type. `message` is for people: what happened, what it means for them, what to do
 * next; neither it nor `details` may hold form values, names, addresses or page text.
 */
export class ValetError extends Error {
  override readonly name = "ValetError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return errorPolicies[this.code].kind;
  }

  get status(): number {
    return errorPolicies[this.code].status;
  }
}

/** Coerces whatever was thrown; a fault that is not ours becomes `INTERNAL` with its cause kept. */
export function toValetError(thrown: unknown): ValetError {
  if (thrown instanceof ValetError) return thrown;
  return new ValetError("INTERNAL", "Something went wrong inside Valet.", {}, { cause: thrown });
}

/** Whether this is our error, of one of these codes where some are named. */
export function isValetError(
  thrown: unknown,
  ...codes: readonly ErrorCode[]
): thrown is ValetError {
  return thrown instanceof ValetError && (codes.length === 0 || codes.includes(thrown.code));
}
