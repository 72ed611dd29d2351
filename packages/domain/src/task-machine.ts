import type { Outcome, ReasonCode, TaskMode, TaskState } from "@valet/contracts";

/**
 * created → queued → provisioning → analyzing → filling → uploading → awaiting_review → submitting →
 * verifying → completed | failed | cancelled; until it is sent a person may be needed anywhere, and
 * `awaiting_human` leads back to where that was.
 *
 * Steps repeat (a retry, another worker), so entering the state one is in is not a change. A restart
 * leads back to `queued`, or, once something may have been sent, on to `verifying` only. Of ended
 * ones only `failed` may still change, to the end that a person's word leads to. Design §5.
 */
export type TaskTransition =
  | { readonly type: "enqueued" }
  | { readonly type: "restarted"; readonly mayHaveBeenSent: boolean }
  | { readonly type: "entered"; readonly state: WorkingState }
  | { readonly type: "ended"; readonly outcome: Outcome; readonly reason: ReasonCode | null }
  /** A person said what became of one whose outcome was unknown. */
  | { readonly type: "resolved"; readonly outcome: Outcome; readonly reason: ReasonCode };

export type WorkingState = Exclude<TaskState, "created" | "queued" | EndState>;
export type EndState = "completed" | "failed" | "cancelled";

const order: readonly TaskState[] = [
  "created",
  "queued",
  "provisioning",
  "analyzing",
  "filling",
  "uploading",
  "awaiting_human",
  "awaiting_review",
  "submitting",
  "verifying",
];

export function isEnded(state: TaskState): state is EndState {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** The state that follows, or `undefined` when the transition is not allowed from here. */
export function nextTaskState(state: TaskState, transition: TaskTransition): TaskState | undefined {
  if (transition.type === "resolved")
    return state === "failed" ? endStateOf(transition.outcome, transition.reason) : undefined;
  if (isEnded(state)) return undefined;
  switch (transition.type) {
    case "enqueued":
      return state === "created" ? "queued" : undefined;
    case "restarted":
      return transition.mayHaveBeenSent ? "verifying" : "queued";
    case "entered":
      return mayEnter(state, transition.state) ? transition.state : undefined;
    case "ended":
      return endStateOf(transition.outcome, transition.reason);
  }
}

/** Forward only, except that a person's step leads back to the work it interrupted. */
function mayEnter(from: TaskState, to: WorkingState): boolean {
  if (from === "created") return false;
  if (from === "awaiting_human") return to !== "provisioning";
  if (from === "submitting" && (to === "awaiting_review" || to === "awaiting_human")) return true;
  return order.indexOf(to) >= order.indexOf(from);
}

/** Design §5: which end a task comes to, from what became of the application. */
export function endStateOf(outcome: Outcome, reason: ReasonCode | null): EndState {
  switch (outcome) {
    case "confirmed":
    case "already_applied":
      return "completed";
    case "not_submitted":
      if (reason === "REHEARSAL") return "completed";
      return reason === "CANCELLED" ? "cancelled" : "failed";
    case "rejected":
    case "unconfirmed":
      return "failed";
  }
}

/** The share of the whole that is done when a state is entered; never falls, 100 only at the end. */
export const pctOnEntering: Readonly<Record<TaskState, number>> = {
  created: 0,
  queued: 1,
  provisioning: 3,
  analyzing: 10,
  filling: 20,
  uploading: 65,
  awaiting_human: 70,
  awaiting_review: 75,
  submitting: 80,
  verifying: 92,
  completed: 100,
  failed: 100,
  cancelled: 100,
};

/** Autopilot has a standing consent in the place of a review. */
export function needsReview(mode: TaskMode, rehearsal: boolean): boolean {
  return mode === "copilot" && !rehearsal;
}
