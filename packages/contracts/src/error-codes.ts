import { z } from "zod";

/** Who must act: the person who called, time (a retry may succeed), or us. */
export type ErrorKind = "user" | "transient" | "bug";

interface ErrorPolicy {
  readonly kind: ErrorKind;
  /** HTTP status when the error leaves through the API. */
  readonly status: number;
}

/**
 * Every stable error code with what it means for retry and for HTTP.
 * A code is part of the contract: rename none, remove none without a decision record.
 */
export const errorPolicies = {
  INTERNAL: { kind: "bug", status: 500 },
  USAGE: { kind: "user", status: 400 },
  INTERRUPTED: { kind: "user", status: 499 },
  VALIDATION: { kind: "user", status: 422 },
  MALFORMED_JSON: { kind: "user", status: 400 },
  PAYLOAD_TOO_LARGE: { kind: "user", status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { kind: "user", status: 415 },
  UNAUTHORIZED: { kind: "user", status: 401 },
  FORBIDDEN: { kind: "user", status: 403 },
  NOT_FOUND: { kind: "user", status: 404 },
  ILLEGAL_TRANSITION: { kind: "user", status: 409 },
  ALREADY_APPLIED: { kind: "user", status: 409 },
  TASK_IN_PROGRESS: { kind: "user", status: 409 },
  ALREADY_SUBMITTED: { kind: "user", status: 409 },
  OUTCOME_UNKNOWN: { kind: "user", status: 409 },
  CONTRADICTS_EVIDENCE: { kind: "user", status: 409 },
  DUPLICATE_RISK: { kind: "user", status: 409 },
  ATTEMPT_ARMED: { kind: "transient", status: 409 },
  RESUME_NOT_READY: { kind: "user", status: 409 },
  STALE_REVIEW: { kind: "user", status: 409 },
  NO_OPEN_REVIEW: { kind: "user", status: 409 },
  NO_OPEN_STEP: { kind: "user", status: 409 },
  IDEMPOTENCY_KEY_REUSED: { kind: "user", status: 409 },
  DIGEST_REQUIRED: { kind: "user", status: 422 },
  UNKNOWN_FIELD: { kind: "user", status: 422 },
  INVALID_ANSWER: { kind: "user", status: 422 },
  CODE_REQUIRED: { kind: "user", status: 422 },
  JOB_URL_INVALID: { kind: "user", status: 422 },
  JOB_URL_UNSUPPORTED: { kind: "user", status: 422 },
  SITE_FORBIDS_AUTOMATION: { kind: "user", status: 422 },
  JOB_URL_PRIVATE: { kind: "user", status: 422 },
  JOB_URL_UNKNOWN_HOST: { kind: "user", status: 422 },
  RESUME_UNSUPPORTED: { kind: "user", status: 415 },
  RESUME_TOO_LARGE: { kind: "user", status: 413 },
  RESUME_EMPTY: { kind: "user", status: 422 },
  USER_NAME_TAKEN: { kind: "user", status: 409 },
  NOT_CONFIRMED: { kind: "user", status: 422 },
  WEBHOOK_URL_REFUSED: { kind: "user", status: 422 },
  WEBHOOK_LIMIT: { kind: "user", status: 409 },
  WEBHOOK_DISABLED: { kind: "user", status: 409 },
  CONFIG_INVALID: { kind: "user", status: 500 },
  PORT_TAKEN: { kind: "user", status: 500 },
  CHROMIUM_MISSING: { kind: "user", status: 500 },
  REDIS_MISSING: { kind: "user", status: 500 },
  POSTGRES_UNAVAILABLE: { kind: "transient", status: 503 },
  REDIS_UNAVAILABLE: { kind: "transient", status: 503 },
  ENGINE_UNAVAILABLE: { kind: "transient", status: 503 },
  ENGINE_BUILD_FAILED: { kind: "user", status: 500 },
  ENGINE_TOKEN_MISSING: { kind: "user", status: 500 },
  STACK_ALREADY_RUNNING: { kind: "user", status: 409 },
  STACK_START_FAILED: { kind: "user", status: 500 },
  MIGRATION_FAILED: { kind: "bug", status: 500 },
  SESSION_HOST_UNAVAILABLE: { kind: "transient", status: 503 },
  SESSION_LOST: { kind: "user", status: 410 },
  SESSION_CAPACITY: { kind: "transient", status: 503 },
  BROWSER_LAUNCH_FAILED: { kind: "transient", status: 500 },
  DISPLAY_START_FAILED: { kind: "transient", status: 500 },
  CONTROL_TAKEN: { kind: "transient", status: 409 },
  DISPLAY_MISSING: { kind: "user", status: 409 },
  FENCED: { kind: "user", status: 409 },
  PAGE_UNREACHABLE: { kind: "transient", status: 502 },
  PAGE_NOT_FOUND: { kind: "user", status: 422 },
  POSTING_CLOSED: { kind: "user", status: 422 },
  FORM_NOT_FOUND: { kind: "user", status: 422 },
  FIELD_NOT_WRITABLE: { kind: "transient", status: 500 },
  PAGE_DID_NOT_ADVANCE: { kind: "transient", status: 500 },
  QUESTION_UNANSWERED: { kind: "user", status: 422 },
  OBJECT_NOT_FOUND: { kind: "user", status: 404 },
  STORAGE_UNAVAILABLE: { kind: "transient", status: 503 },
  API_UNREACHABLE: { kind: "transient", status: 503 },
  TIMEOUT: { kind: "transient", status: 504 },
} as const satisfies Record<string, ErrorPolicy>;

export type ErrorCode = keyof typeof errorPolicies;

const codes = Object.keys(errorPolicies) as [ErrorCode, ...ErrorCode[]]; // keys of the literal above

export const ErrorCode = z.enum(codes);

/** The only body an error response has. */
export const Problem = z
  .object({
    code: ErrorCode,
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
