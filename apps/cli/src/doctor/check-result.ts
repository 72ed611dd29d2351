/** `note` is worth knowing and nothing to mend. */
export type CheckState = "ok" | "note" | "broken";

export interface CheckResult {
  /** Stable: what was looked at, such as `redis` or `engine.tls`. */
  readonly check: string;
  readonly state: CheckState;
  /** What was found and what it means. */
  readonly message: string;
  /** The command or variable that mends it; null when there is nothing to do. */
  readonly fix: string | null;
}

export function ok(check: string, message: string): CheckResult {
  return { check, state: "ok", message, fix: null };
}

export function note(check: string, message: string, fix: string | null = null): CheckResult {
  return { check, state: "note", message, fix };
}

export function broken(check: string, message: string, fix: string): CheckResult {
  return { check, state: "broken", message, fix };
}
