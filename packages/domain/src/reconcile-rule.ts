import type { IntentState, ReasonCode, TaskState } from "@valet/contracts";
import { mayHaveBeenSent } from "./intent-machine.ts";
import { isEnded } from "./task-machine.ts";

/** What the engine says of a run; `unknown` = it does not know it, `unreachable` = it did not answer. */
export type EngineRunState =
  | "queued"
  | "running"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "unknown"
  | "unreachable";

export interface ReconcileFacts {
  readonly taskState: TaskState;
  readonly intentState: IntentState | null;
  readonly engineRun: EngineRunState;
  /** Whether a step of this run ever began; one that never did was cancelled while it queued. */
  readonly hasBegun: boolean;
  /** The newest step of this run has no end: it failed with its worker and not by itself. */
  readonly diedAtWork: boolean;
  /** Somebody is asked something right now. */
  readonly isPersonAsked: boolean;
  /** How often the task was started so far. */
  readonly epoch: number;
  /** Time since the last event of the task. */
  readonly silentForMs: number;
}

export type ReconcileAction =
  | { readonly kind: "leave" }
  | { readonly kind: "restart" }
  | { readonly kind: "end"; readonly reason: ReasonCode };

/** A task is started at most this often by itself. */
export const maxEpochs = 5;

/** The analytics tables of the engine lag behind: a fresh run may be unknown for a while. */
export const unknownGraceMs = 20_000;

/**
 * Steps write progress at least every 20 s, and a lost worker's step is running again after 30 s. This long
 * without a word means that the engine has lost sight of the run: it may forget whom to wake, such as a wait
 * whose registration met a restart, and then says "running" for ever.
 */
export const silenceLimitMs = 120_000;
/** The upload, the click and the watch after it take less each; building the form again says so. */
export const clickSilenceLimitMs = 60_000;
/** Once the person has done what was asked, the run goes on within a second. */
export const wakeLimitMs = 45_000;

/**
 * Compares a live task with its engine run. A lost run may start again: before dispatch to do the
 * work, after it only to look for the outcome. What cannot be told is called unconfirmed.
 */
export function reconcile(facts: ReconcileFacts): ReconcileAction {
  if (isEnded(facts.taskState) || facts.taskState === "created") return { kind: "leave" };
  switch (facts.engineRun) {
    case "unreachable":
    case "queued":
      return { kind: "leave" };
    case "running":
      return isSilent(facts) ? restartOr(facts, "RUN_TIMED_OUT") : { kind: "leave" };
    case "cancelled":
      if (isDispatched(facts)) return restartOr(facts, "NO_PROOF");
      return facts.hasBegun
        ? { kind: "end", reason: "RUN_CANCELLED" }
        : restartOr(facts, "RUN_CANCELLED");
    case "failed":
    case "succeeded":
      if (facts.silentForMs < settleMs) return { kind: "leave" };
      return facts.engineRun === "failed" && facts.diedAtWork
        ? restartOr(facts, "STEP_FAILED")
        : { kind: "end", reason: "STEP_FAILED" };
    case "unknown":
      if (facts.silentForMs < unknownGraceMs) return { kind: "leave" };
      return restartOr(facts, "RUN_LOST");
  }
}

/** The last step and `onFailure` write the end themselves; they get this long to do so. */
const settleMs = 5_000;

function isSilent({ taskState, isPersonAsked, silentForMs }: ReconcileFacts): boolean {
  if (isPersonAsked) return false;
  return silentForMs > silenceLimitOf(taskState);
}

function silenceLimitOf(state: TaskState): number {
  switch (state) {
    case "awaiting_review":
    case "awaiting_human":
      return wakeLimitMs;
    case "uploading":
    case "submitting":
      return clickSilenceLimitMs;
    default:
      return silenceLimitMs;
  }
}

function isDispatched({ intentState }: ReconcileFacts): boolean {
  return intentState !== null && mayHaveBeenSent(intentState);
}

/** A run that starts after dispatch clicks nothing: it only looks for the outcome. */
function restartOr({ epoch }: ReconcileFacts, reason: ReasonCode): ReconcileAction {
  return epoch < maxEpochs ? { kind: "restart" } : { kind: "end", reason };
}
