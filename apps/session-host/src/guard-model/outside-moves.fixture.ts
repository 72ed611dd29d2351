import { mayHaveBeenSent } from "@valet/domain";
import { applyEvent } from "./database.fixture.ts";
import type { Move } from "./explore.fixture.ts";
import { type GuardState, at, spend, updateBrowser, updateIntent } from "./guard-state.fixture.ts";

/** What the person, time and the page do. A person is slower than the three seconds of a decision. */
export function* outsideMoves(state: GuardState): Generator<Move<GuardState>> {
  for (const id of state.intents.keys()) {
    yield* approve(state, id);
    yield* resolve(state, id);
  }
  yield* expire(state);
  yield* change(state);
  for (const task of state.tasks.keys()) {
    yield* cancel(state, task);
    yield* resubmit(state, task);
  }
  yield* notice(state);
}

/** A new approval, or one that was given before for the same page, delivered once more. */
function* approve(state: GuardState, id: number): Generator<Move<GuardState>> {
  const { task, digest, state: now } = at(state.intents, id);
  if (now !== "prepared" || at(state.tasks, task).isFinished) return;
  const given = { task, digest, consumed: 0, isExpired: false, press: null };
  const approvals = [...state.approvals, given];
  const earlier = [...state.approvals.keys()].filter((approval) => {
    const one = at(state.approvals, approval);
    return one.task === task && one.digest === digest;
  });
  for (const approval of [...earlier, state.approvals.length]) {
    const bound = applyEvent({ ...state, approvals }, id, "approve");
    const isNew = approval === state.approvals.length;
    yield {
      label: isNew ? `the person approves attempt ${id}` : `an approval is repeated for ${id}`,
      next: {
        ...updateIntent(bound, id, { approval }),
        approvals: isNew ? approvals : state.approvals,
      },
    };
  }
}

function* expire(state: GuardState): Generator<Move<GuardState>> {
  if (state.left.expiries === 0) return;
  const left = spend(state.left, "expiries");
  for (const [id, approval] of state.approvals.entries()) {
    if (approval.isExpired || approval.consumed > 0) continue;
    const approvals = state.approvals.with(id, { ...approval, isExpired: true });
    yield { label: `approval ${id} expires`, next: { ...state, left, approvals } };
  }
}

/** Not between the last look at a page and its click: a gate cannot know what a page is about to change. */
function* change(state: GuardState): Generator<Move<GuardState>> {
  if (state.left.pageChanges === 0) return;
  const left = spend(state.left, "pageChanges");
  for (const [session, browser] of state.browsers.entries()) {
    const isSending = state.workers.some(
      (worker) =>
        worker.session === session && worker.fence === browser.fence && inSending.has(worker.at),
    );
    const { gate } = browser;
    // The person in control goes on typing after their first press.
    const isOpen = gate.kind === "closed" || (gate.kind === "armed" && gate.isForPress);
    if (!browser.isAlive || isSending || !isOpen) continue;
    const next = updateBrowser({ ...state, left }, session, { page: "changed" });
    yield { label: `page ${session} changes`, next };
  }
}

const inSending: ReadonlySet<string> = new Set(["read", "armed", "sending"]);

/** `endTask`: what was sent stays on record, what was not can no longer be sent. */
function* cancel(state: GuardState, task: number): Generator<Move<GuardState>> {
  if (state.left.cancels === 0 || at(state.tasks, task).isFinished) return;
  const finished = { ...at(state.tasks, task), isFinished: true };
  const left = spend(state.left, "cancels");
  const ended = { ...state, left, tasks: state.tasks.with(task, finished) };
  const id = state.intents.findLastIndex((intent) => intent.task === task);
  if (id >= 0) yield { label: `task ${task} is cancelled`, next: settle(ended, id) };
}

function settle(state: GuardState, id: number): GuardState {
  const { state: now } = at(state.intents, id);
  if (!mayHaveBeenSent(now)) return applyEvent(state, id, "abort");
  if (now !== "dispatched") return state;
  return updateIntent(applyEvent(state, id, "lose_track"), id, { isEndedEarly: true });
}

function isBeingDecided(state: GuardState, id: number): boolean {
  return state.browsers.some((browser) => browser.held.some(({ intent }) => intent === id));
}

/** The person looked, and says what became of it; that it did not arrive, only where it did not. */
function* resolve(state: GuardState, id: number): Generator<Move<GuardState>> {
  if (at(state.intents, id).state !== "unknown" || isBeingDecided(state, id)) return;
  const isStored = state.browsers
    .flatMap(({ flights }) => flights)
    .some((flight) => flight.intent === id && flight.stored > 0);
  const next = applyEvent(state, id, isStored ? "confirm" : "reject");
  yield { label: `the person finds that ${id} ${isStored ? "arrived" : "did not arrive"}`, next };
}

/** With another task, accepting a duplicate. */
function* resubmit(state: GuardState, task: number): Generator<Move<GuardState>> {
  const row = at(state.tasks, task);
  if (state.left.resubmits === 0 || row.isFinished || row.repeats !== null) return;
  const left = spend(state.left, "resubmits");
  for (const [id, intent] of state.intents.entries()) {
    if (intent.task === task || intent.state !== "unknown" || isBeingDecided(state, id)) continue;
    const tasks = state.tasks.with(task, { ...row, repeats: id });
    yield {
      label: `the person repeats attempt ${id} as task ${task}`,
      next: { ...state, left, tasks },
    };
  }
}

/** The database learns of a dead host, or of one that is silent for longer than any decision takes. */
function* notice(state: GuardState): Generator<Move<GuardState>> {
  for (const [id, session] of state.sessions.entries()) {
    const { isAlive, held } = at(state.browsers, id);
    const isSilent = isAlive && held.length === 0 && state.left.crashes > 0;
    if (session.state !== "live" || (isAlive && !isSilent)) continue;
    const left = isAlive ? spend(state.left, "crashes") : state.left;
    const sessions = state.sessions.with(id, { ...session, state: "lost" });
    yield { label: `session ${id} is given up`, next: { ...state, left, sessions } };
  }
}
