import type { IntentState } from "@valet/contracts";

export interface RecoveryFacts {
  /** Null when nothing was ever prepared. */
  readonly intentState: IntentState | null;
  /** The fence it was armed under. */
  readonly intentFence: number | null;
  /** The session it was armed for, as Postgres has it now; null when there is none. */
  readonly session: {
    readonly state: "live" | "closed" | "lost" | "hibernated";
    readonly fence: number;
  } | null;
}

export type Recovery =
  /** Nothing left and nothing can leave any more: end this attempt, then prepare anew. */
  | "abort"
  /** The epoch that armed may still release its request: take the fence over first, then ask again. */
  | "wait_for_epoch_end"
  /** It may have been sent: only look for the outcome, never send. */
  | "reconcile"
  /** Nothing is in the air: go on as if this attempt had just been found. */
  | "none";

/**
 * What a run may do with an attempt that an earlier one left behind (a crash, a takeover). An armed
 * epoch is over once its session has ended or its fence is not the newest: the gate releases only by
 * a compare-and-set on both.
 */
export function judgeRecovery({ intentState, intentFence, session }: RecoveryFacts): Recovery {
  switch (intentState) {
    case "armed":
      return isEpochOver(intentFence, session) ? "abort" : "wait_for_epoch_end";
    case "dispatched":
    case "unknown":
      return "reconcile";
    case "prepared":
    case "approved":
    case "confirmed":
    case "rejected":
    case "aborted":
    case null:
      return "none";
  }
}

function isEpochOver(intentFence: number | null, session: RecoveryFacts["session"]): boolean {
  if (session === null || session.state !== "live") return true;
  // Without a fence of its own it matches no session: nothing can be released for it.
  return intentFence === null || session.fence > intentFence;
}
