import type { UnansweredKind } from "../model-answer.ts";

/** What it means that a provider turned a request down for good. */
export function failureOfStatus(status: number): {
  readonly kind: UnansweredKind;
  readonly status: number;
} {
  return { kind: kindOf(status), status };
}

function kindOf(status: number): UnansweredKind {
  if (status === 401 || status === 402 || status === 403) return "rejected_key";
  if (status === 404) return "unknown_model";
  if (status === 408) return "timeout";
  if (status === 409 || status === 429 || status >= 500) return "overloaded";
  return "rejected_request";
}
