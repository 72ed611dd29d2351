import type { UnansweredKind } from "../model-answer.ts";

interface Failure {
  readonly kind: UnansweredKind;
  readonly status?: number;
}

/** The classes of errors that both providers' clients have. */
interface ClientErrors {
  readonly APIError: new (...args: never[]) => { readonly status: number | undefined };
  readonly APIConnectionTimeoutError: new (...args: never[]) => Error;
}

/** What it means that a provider's client gave a request up, after all its tries. */
export function failureOf(error: unknown, sdk: ClientErrors): Failure {
  if (error instanceof sdk.APIConnectionTimeoutError) return { kind: "timeout" };
  if (error instanceof sdk.APIError && error.status !== undefined) {
    return { kind: kindOf(error.status), status: error.status };
  }
  // The connection did not come about, or broke while the answer was read.
  return { kind: "unreachable" };
}

function kindOf(status: number): UnansweredKind {
  if (status === 401 || status === 402 || status === 403) return "rejected_key";
  if (status === 404) return "unknown_model";
  if (status === 408) return "timeout";
  if (status === 409 || status === 429 || status >= 500) return "overloaded";
  return "rejected_request";
}
