import { applyEvent, prepareIntent } from "./database.fixture.ts";
import type { Move } from "./explore.fixture.ts";
import type { Stands } from "./guards.fixture.ts";
import {
  type GuardState,
  type PersonFacts,
  at,
  spend,
  updateBrowser,
  updateIntent,
} from "./guard-state.fixture.ts";
import { disarmed } from "./worker-moves.fixture.ts";

/** A press that was changed is read once more. */
const mostPresses = 2;

/** A person takes control of a browser, presses the button, presses it again, or leaves. */
export function* personMoves(stands: Stands, state: GuardState): Generator<Move<GuardState>> {
  const { person } = state;
  if (person === null) {
    yield* takeControl(stands, state);
    return;
  }
  yield* press(stands, state, person);
  yield* armForPress(state, person);
  yield* leave(state, person);
}

/** `takeFence` and `Session.admitPerson` */
function* takeControl(stands: Stands, state: GuardState): Generator<Move<GuardState>> {
  if (state.left.takeovers === 0) return;
  const left = spend(state.left, "takeovers");
  for (const [session, row] of state.sessions.entries()) {
    const browser = at(state.browsers, session);
    const fence = row.fence + 1;
    if (row.state !== "live" || !browser.isAlive || fence <= browser.fence) continue;
    const sessions = state.sessions.with(session, { ...row, fence });
    const person: PersonFacts = { session, fence, intent: null, presses: 0 };
    const closed = stands("takeover closes the gate") ? disarmed(browser) : {};
    const next = updateBrowser({ ...state, left, sessions, person }, session, { fence, ...closed });
    yield { label: `the person takes control of ${session}`, next };
  }
}

function isHolder(state: GuardState, { session, fence }: PersonFacts): boolean {
  const browser = at(state.browsers, session);
  return browser.isAlive && browser.fence === fence;
}

/** The press is kept, the page is read, and the act is written down: `approveByAct`. */
function* press(
  stands: Stands,
  state: GuardState,
  person: PersonFacts,
): Generator<Move<GuardState>> {
  if (person.presses === mostPresses || !isHolder(state, person)) return;
  const { session, fence } = person;
  const browser = at(state.browsers, session);
  if (browser.gate.kind === "spent" || browser.gate.kind === "deciding") return;
  const { task } = at(state.sessions, session);
  if (at(state.tasks, task).isFinished) return;
  const digest = browser.page;
  const prepared = prepareIntent(stands, state, { task, digest });
  if (prepared.kind !== "prepared") return;
  const intent = prepared.state.intents.findLastIndex((row) => row.task === task);
  const approval = prepared.state.approvals.length;
  const given = { task, digest, consumed: 0, isExpired: false, press: { session, fence, digest } };
  const approved = updateIntent(applyEvent(prepared.state, intent, "approve"), intent, {
    approval,
  });
  yield {
    label: `the person presses, which approves attempt ${intent}`,
    next: {
      ...approved,
      approvals: [...approved.approvals, given],
      person: { ...person, intent, presses: person.presses + 1 },
    },
  };
}

/** `arm_for_press` */
function* armForPress(state: GuardState, person: PersonFacts): Generator<Move<GuardState>> {
  const { session, fence, intent } = person;
  if (intent === null || !isHolder(state, person)) return;
  const { gate, held } = at(state.browsers, session);
  if (gate.kind !== "closed" && gate.kind !== "armed") return;
  const next = updateBrowser(state, session, {
    gate: { kind: "armed", intent, fence, isForPress: true },
    held: held.map((request) => ({ ...request, isAwaited: false })),
  });
  yield { label: `the gate waits for the press of ${intent}`, next };
}

/** With what they had approved taken back, or left standing where whoever was to do that has died. */
function* leave(state: GuardState, person: PersonFacts): Generator<Move<GuardState>> {
  const { session, intent } = person;
  const closed = isHolder(state, person)
    ? updateBrowser(state, session, disarmed(at(state.browsers, session)))
    : state;
  const next = { ...closed, person: null };
  yield { label: "the person leaves", next };
  if (intent === null || at(state.intents, intent).state !== "approved") return;
  const withdrawn = updateIntent(applyEvent(next, intent, "page_changed"), intent, {
    approval: null,
  });
  yield { label: "the person leaves, and their act is taken back", next: withdrawn };
}
