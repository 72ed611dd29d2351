import {
  type IntentEvent,
  type Recovery,
  judgeRecovery,
  mayHaveBeenSent,
  nextIntentState,
} from "@valet/domain";
import type { Stands } from "./guards.fixture.ts";
import {
  type ApprovalFacts,
  type Digest,
  type GuardState,
  type HeldFacts,
  type IntentFacts,
  type WorkerFacts,
  at,
  spend,
  updateIntent,
} from "./guard-state.fixture.ts";

/*
 * The statements of packages/db as conditions on plain rows, each transaction one step. A condition stands
 * here with the text it has there; where it is one of the guards, that guard's name stands before it.
 */

type Armer = Pick<WorkerFacts, "intent" | "session" | "fence" | "digest"> & {
  /** What the person in control presses. */
  readonly press?: Digest;
};

/** `armIntent`: the attempt armed and its approval used up, or undefined. */
export function armIntent(
  stands: Stands,
  state: GuardState,
  worker: Armer,
): GuardState | undefined {
  const intent = at(state.intents, worker.intent);
  const task = at(state.tasks, intent.task);
  const session = at(state.sessions, worker.session);
  const id = intent.approval;
  if (id === null) return undefined;
  const approval = at(state.approvals, id);
  const isArmable =
    // where intent.state = 'approved'
    intent.state === "approved" &&
    // and task.finished_at is null
    !task.isFinished &&
    // and approval.digest = $digest
    (!stands("digest is compared") || approval.digest === worker.digest) &&
    // and approval.consumed_at is null
    (!stands("approval is used once") || approval.consumed === 0) &&
    // and approval.expires_at > now()
    (!stands("approval has not expired") || !approval.isExpired) &&
    isOfItsKind(stands, approval, worker) &&
    // and session.id = $sessionId and session.task_id = intent.task_id
    session.task === intent.task &&
    // and session.state = 'live'
    session.state === "live" &&
    // and session.fence = $fence
    (!stands("fence is compared on arming") || session.fence === worker.fence);
  const next = nextIntentState(intent.state, "arm");
  if (!isArmable || next === undefined) return undefined;
  const armed = updateIntent(state, worker.intent, {
    state: next,
    fence: worker.fence,
    session: worker.session,
  });
  const used = { ...approval, consumed: approval.consumed + 1 };
  const fault = armingFault(state, worker);
  return {
    ...armed,
    approvals: state.approvals.with(id, used),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Workers use what a person or a consent approved, a press what its own person approved by pressing. */
function isOfItsKind(
  stands: Stands,
  { press: approved }: ApprovalFacts,
  { press, session, fence }: Armer,
): boolean {
  if (press === undefined) {
    // and (approval.mode = 'copilot' or a consent stands)
    return !stands("approval by act is its press's alone") || approved === null;
  }
  return (
    approved !== null &&
    // and approval.press_digest = $pressDigest
    (!stands("press is compared") || approved.digest === press) &&
    // and approval.session_id = $sessionId
    approved.session === session &&
    // and approval.fence = $fence
    (!stands("fence is compared on arming") || approved.fence === fence)
  );
}

function armingFault(state: GuardState, worker: Armer): string | undefined {
  const { approval } = at(state.intents, worker.intent);
  const isByAct = approval !== null && at(state.approvals, approval).press !== null;
  if (isByAct && worker.press === undefined) return "a worker used the approval of a press";
  if (approval !== null && at(state.approvals, approval).isExpired) {
    return "an expired approval was used";
  }
  if (at(state.sessions, worker.session).fence !== worker.fence) {
    return "a worker that was replaced used up an approval";
  }
  return undefined;
}

/** `dispatchIntent`: whether this request may leave; the row moves on in the same step. */
export function dispatchIntent(
  stands: Stands,
  state: GuardState,
  { held, session }: { readonly held: HeldFacts; readonly session: number },
): { readonly answer: boolean; readonly state: GuardState } {
  const intent = at(state.intents, held.intent);
  const row = at(state.sessions, session);
  const isFenced = stands("fence is compared on dispatch");
  const isAllowed =
    // where browser_sessions.fence = $fence
    (!isFenced || row.fence === held.fence) &&
    // and browser_sessions.state = 'live'
    row.state === "live" &&
    // and submission_intents.state = 'armed'
    (!stands("compare-and-set of armed to dispatched") || intent.state === "armed") &&
    // and submission_intents.fence = $fence
    (!isFenced || intent.fence === held.fence) &&
    // and submission_intents.session_id = session.id
    intent.session === session;
  if (!isAllowed) return { answer: false, state };
  const next = nextIntentState(intent.state, "dispatch") ?? intent.state;
  const dispatched = updateIntent(state, held.intent, { state: next });
  const isOutdated = row.fence !== held.fence;
  const fault = "a worker that was replaced let an application leave";
  return { answer: true, state: isOutdated ? { ...dispatched, fault } : dispatched };
}

/** `dispatchByAct`: both in one transaction. */
export function dispatchByAct(
  stands: Stands,
  state: GuardState,
  asked: { readonly held: HeldFacts; readonly session: number },
): { readonly answer: boolean; readonly state: GuardState } {
  const { held, session } = asked;
  const { digest } = at(state.intents, held.intent);
  const armer = { intent: held.intent, session, fence: held.fence, digest, press: held.digest };
  const armed = armIntent(stands, state, armer);
  return armed === undefined ? { answer: false, state } : dispatchIntent(stands, armed, asked);
}

/** `disarmIntent`, for the holder of the fence it was armed under or of a newer one. */
export function disarmIntent(state: GuardState, worker: WorkerFacts): GuardState {
  const intent = at(state.intents, worker.intent);
  if (intent.state !== "armed") return state;
  const isEnded = intent.session === null || at(state.sessions, intent.session).state !== "live";
  const isTheirs = intent.fence !== null && intent.fence <= worker.fence;
  return isTheirs || isEnded ? applyEvent(state, worker.intent, "abort") : state;
}

/** `setIntentState`; the trigger gives a job back to what an attempt without effect had taken over. */
export function applyEvent(state: GuardState, id: number, event: IntentEvent): GuardState {
  const next = nextIntentState(at(state.intents, id).state, event);
  if (next === undefined) return state;
  const changed = updateIntent(state, id, { state: next });
  if (next !== "aborted") return changed;
  const intents = changed.intents.map((intent) =>
    intent.supersededBy === id ? { ...intent, supersededBy: null } : intent,
  );
  return { ...changed, intents };
}

export interface Prepared {
  readonly kind: "prepared" | "sent" | "armed" | "held";
  readonly state: GuardState;
}

/** `prepareIntent`, in one transaction under the person's lock. */
export function prepareIntent(
  stands: Stands,
  state: GuardState,
  { task, digest }: { readonly task: number; readonly digest: Digest },
): Prepared {
  const live = stands("one live attempt for each job")
    ? liveIntents(state)
    : liveIntents(state).filter((id) => at(state.intents, id).task === task);
  const own = live.find((id) => at(state.intents, id).task === task);
  const ownRow = own === undefined ? undefined : at(state.intents, own);
  if (ownRow !== undefined && mayHaveBeenSent(ownRow.state)) return { kind: "sent", state };
  const others = live.filter((id) => at(state.intents, id).task !== task);
  const holder = others.find((id) => !mayBeRepeated(stands, { state, task, other: id }));
  if (holder !== undefined) return { kind: "held", state };
  if (own === undefined || ownRow === undefined) {
    return openIntent(state, { task, digest, repeated: others });
  }
  if (ownRow.state !== "armed") {
    const changed = applyEvent(state, own, "page_changed");
    return { kind: "prepared", state: updateIntent(changed, own, { digest, approval: null }) };
  }
  if (recoveryOf(state, ownRow) !== "abort") return { kind: "armed", state };
  const ended = applyEvent(state, own, "abort");
  const again = liveIntents(ended).filter((id) => at(ended.intents, id).task !== task);
  return openIntent(ended, { task, digest, repeated: again });
}

/** `is_live_intent` */
function liveIntents({ intents }: GuardState): number[] {
  return [...intents.keys()].filter((id) => {
    const { state, supersededBy } = at(intents, id);
    return supersededBy === null && state !== "rejected" && state !== "aborted";
  });
}

function mayBeRepeated(
  stands: Stands,
  {
    state,
    task,
    other,
  }: { readonly state: GuardState; readonly task: number; readonly other: number },
): boolean {
  if (at(state.intents, other).state !== "unknown") return false;
  return (
    !stands("only what the person chose is repeated") || at(state.tasks, task).repeats === other
  );
}

function openIntent(
  state: GuardState,
  {
    task,
    digest,
    repeated,
  }: { readonly task: number; readonly digest: Digest; readonly repeated: readonly number[] },
): Prepared {
  if (state.left.intents === 0) return { kind: "held", state };
  const id = state.intents.length;
  const earlier = state.intents.map((intent, index) =>
    repeated.includes(index) ? { ...intent, supersededBy: id } : intent,
  );
  const intent: IntentFacts = {
    task,
    state: "prepared",
    digest,
    approval: null,
    session: null,
    fence: null,
    supersededBy: null,
    isEndedEarly: false,
  };
  const left = spend(state.left, "intents");
  return { kind: "prepared", state: { ...state, left, intents: [...earlier, intent] } };
}

/** `findRecovery` */
function recoveryOf({ sessions }: GuardState, intent: IntentFacts): Recovery {
  return judgeRecovery({
    intentState: intent.state,
    intentFence: intent.fence,
    session: intent.session === null ? null : at(sessions, intent.session),
  });
}
