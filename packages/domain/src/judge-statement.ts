import type { ErrorCode, IntentState, Outcome, StatedOutcome } from "@valet/contracts";
import type { IntentEvent } from "./intent-machine.ts";

/** What is on record of an application that a person speaks about. */
export interface RecordedOutcome {
  /** Of its newest attempt; null when nothing was ever prepared. */
  readonly intentState: IntentState | null;
  readonly decidedBy: "proof" | "person" | null;
  /** Null while it runs. */
  readonly outcome: Outcome | null;
  /** By choice of the person, a newer application is in its place. */
  readonly isRepeated: boolean;
  /** The site answered the request as if it had taken it (2xx or 3xx). */
  readonly wasAnsweredWell: boolean;
}

export interface Statement {
  /** What became of it, or that it shall be sent again whatever became of it. */
  readonly says: StatedOutcome | "resubmit";
  readonly acceptsDuplicateRisk: boolean;
}

export type JudgedStatement =
  /** For `resubmit` nothing is decided about the old attempt: no event. */
  | { readonly kind: "accepted"; readonly event: IntentEvent | null }
  /** The person said the same before. */
  | { readonly kind: "repeated" }
  | { readonly kind: "refused"; readonly code: ErrorCode };

/**
 * Whether a person's word decides an application of unknown outcome. It never overrides proof, and
 * where it opens the way for a second request although the site may well hold the first, or nobody
 * claims that it does not, the risk of a duplicate has to be accepted by name.
 */
export function judgeStatement(record: RecordedOutcome, statement: Statement): JudgedStatement {
  const { says, acceptsDuplicateRisk } = statement;
  if (record.outcome === null) return refused("TASK_IN_PROGRESS");
  if (record.decidedBy === "person" && record.outcome === says) return { kind: "repeated" };
  if (record.intentState !== "unknown" || record.outcome !== "unconfirmed")
    return refused("CONTRADICTS_EVIDENCE");
  if (record.isRepeated) return refused("ILLEGAL_TRANSITION");
  switch (says) {
    case "confirmed":
      return { kind: "accepted", event: "confirm" };
    case "already_applied":
      return { kind: "accepted", event: "reject" };
    case "rejected":
    case "not_submitted":
      return record.wasAnsweredWell && !acceptsDuplicateRisk
        ? refused("DUPLICATE_RISK")
        : { kind: "accepted", event: "reject" };
    case "resubmit":
      return acceptsDuplicateRisk ? { kind: "accepted", event: null } : refused("DUPLICATE_RISK");
  }
}

function refused(code: ErrorCode): JudgedStatement {
  return { kind: "refused", code };
}

export type JudgedRetry =
  | { readonly kind: "allowed" }
  | { readonly kind: "refused"; readonly code: ErrorCode };

/** An application may be started once more only where nothing of it can be with the site. */
export function judgeRetry({
  intentState,
  outcome,
}: Pick<RecordedOutcome, "intentState" | "outcome">): JudgedRetry {
  if (outcome === null) return { kind: "refused", code: "TASK_IN_PROGRESS" };
  if (outcome === "confirmed" || outcome === "already_applied" || intentState === "confirmed")
    return { kind: "refused", code: "ALREADY_APPLIED" };
  const isOpen = intentState === "unknown" || intentState === "dispatched";
  if (outcome === "unconfirmed" || isOpen) return { kind: "refused", code: "OUTCOME_UNKNOWN" };
  return { kind: "allowed" };
}
