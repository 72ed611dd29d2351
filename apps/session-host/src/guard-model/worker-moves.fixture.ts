import { effectsOf, judgeDispatch, mayHaveBeenSent } from "@valet/domain";
import { applyEvent, armIntent, disarmIntent, prepareIntent } from "./database.fixture.ts";
import type { Move } from "./explore.fixture.ts";
import type { Stands } from "./guards.fixture.ts";
import {
  type BrowserFacts,
  type GuardState,
  type WorkerFacts,
  at,
  idle,
  newBrowser,
  spend,
  updateBrowser,
} from "./guard-state.fixture.ts";

/** What either worker can do next. One that is cut off, or fails, begins anew; one that waits is a zombie. */
export function* workerMoves(stands: Stands, state: GuardState): Generator<Move<GuardState>> {
  for (const [index, worker] of state.workers.entries()) {
    for (const { label, next } of movesOf(stands, state, worker)) {
      const { state: after, worker: moved } = next;
      const workers = after.workers.with(index, moved);
      yield { label: `worker ${index}: ${label}`, next: { ...after, workers } };
    }
    if (worker.at !== "idle" && state.left.crashes > 0) {
      const left = spend(state.left, "crashes");
      const workers = state.workers.with(index, idle);
      yield { label: `worker ${index}: crashes`, next: { ...state, left, workers } };
    }
  }
}

interface Step {
  readonly label: string;
  readonly next: { readonly state: GuardState; readonly worker: WorkerFacts };
}

function step(label: string, state: GuardState, worker: WorkerFacts): Step {
  return { label, next: { state, worker } };
}

function movesOf(stands: Stands, state: GuardState, worker: WorkerFacts): Step[] {
  switch (worker.at) {
    case "idle":
      return state.left.runs === 0
        ? []
        : [...state.tasks.keys()].flatMap((task) => start(state, task));
    case "fenced":
      return [attach(stands, state, worker)];
    case "attached":
      return goOn(stands, state, worker);
    case "read": {
      const armed = armIntent(stands, state, worker);
      if (armed === undefined) return [step("may not arm", state, idle)];
      return [step("arms in the database", armed, { ...worker, at: "armed", digest: "filled" })];
    }
    case "armed":
      return [armGate(state, worker)];
    case "sending":
      return [...repeatOrder(state, worker), ...closeGate(state, worker)];
    case "closing": {
      const closed = mayHaveBeenSent(at(state.intents, worker.intent).state)
        ? state
        : disarmIntent(state, worker);
      return [step("ends what was not sent", closed, { ...worker, at: "verifying" })];
    }
    case "verifying":
      return [beforeJudging(stands, state, worker)];
    case "judging":
      return judge(stands, state, worker);
  }
}

/** Any worker at any time: the engine may believe that the one before is dead. */
function start(state: GuardState, task: number): Step[] {
  if (at(state.tasks, task).isFinished) return [];
  // The tasks are alike until one is begun: let it be the first.
  if (task === 1 && state.sessions.length === 0) return [];
  const left = spend(state.left, "runs");
  const session = state.sessions.findIndex((one) => one.task === task && one.state === "live");
  if (session >= 0) {
    const row = at(state.sessions, session);
    const fence = row.fence + 1;
    const sessions = state.sessions.with(session, { ...row, fence });
    const worker = { ...idle, at: "fenced" as const, task, session, fence };
    return [step(`takes fence ${fence} of task ${task}`, { ...state, left, sessions }, worker)];
  }
  if (left.sessions === 0) return [];
  const opened: GuardState = {
    ...state,
    left: spend(left, "sessions"),
    sessions: [...state.sessions, { task, state: "live", fence: 1 }],
    browsers: [...state.browsers, newBrowser],
  };
  const worker = { ...idle, at: "fenced" as const, task, session: state.sessions.length, fence: 1 };
  return [step(`opens a browser for task ${task}`, opened, worker)];
}

/** `Session.admit` */
function attach(stands: Stands, state: GuardState, worker: WorkerFacts): Step {
  const browser = at(state.browsers, worker.session);
  if (!browser.isAlive || worker.fence <= browser.fence) return step("is not let in", state, idle);
  const change: Partial<BrowserFacts> = {
    fence: worker.fence,
    ...(stands("takeover closes the gate") ? disarmed(browser) : {}),
  };
  return step("is let in", updateBrowser(state, worker.session, change), {
    ...worker,
    at: "attached",
  });
}

/** `RequestGate.disarm` */
export function disarmed({ gate, held }: BrowserFacts): Partial<BrowserFacts> {
  if (gate.kind === "spent") return {};
  return {
    gate: { kind: "closed" },
    held: held.map((request) => ({ ...request, isAwaited: false })),
  };
}

/** The newest attempt decides what this run does. */
function goOn(stands: Stands, state: GuardState, worker: WorkerFacts): Step[] {
  const intent = state.intents.findLastIndex(({ task }) => task === worker.task);
  const { page } = at(state.browsers, worker.session);
  const row = state.intents[intent];
  if (at(state.tasks, worker.task).isFinished) return [step("has nothing to do", state, idle)];
  switch (row?.state) {
    case "confirmed":
    case "rejected":
      return [step("has nothing to do", state, idle)];
    case "dispatched":
    case "unknown":
      return [step("only looks for the outcome", state, { ...worker, at: "verifying", intent })];
    case "approved": {
      const approval = row.approval === null ? undefined : at(state.approvals, row.approval);
      const isSame = approval?.digest === page || !stands("digest is compared");
      if (!isSame) return [prepare(stands, state, worker)];
      const read = { ...worker, at: "read" as const, intent, digest: page };
      return [step("reads the page back", state, read)];
    }
    case "prepared":
      // It waits for the person, unless the page has changed meanwhile.
      return row.digest === page ? [] : [prepare(stands, state, worker)];
    case "armed":
    case "aborted":
    case undefined:
      return [prepare(stands, state, worker)];
  }
}

function prepare(stands: Stands, state: GuardState, worker: WorkerFacts): Step {
  const digest = at(state.browsers, worker.session).page;
  const prepared = prepareIntent(stands, state, { task: worker.task, digest });
  const isReady = prepared.kind === "prepared";
  return step(`prepares: ${prepared.kind}`, prepared.state, isReady ? worker : idle);
}

/** Whoever names another fence than the newest one is refused by the host. */
function isHolder(state: GuardState, worker: WorkerFacts): boolean {
  const { isAlive, fence } = at(state.browsers, worker.session);
  return isAlive && fence === worker.fence;
}

/** `Session.commandGate` with `arm` */
function armGate(state: GuardState, worker: WorkerFacts): Step {
  if (!isHolder(state, worker)) return step("may not arm the gate", state, idle);
  return step("arms the gate", withArmedGate(state, worker), { ...worker, at: "sending" });
}

function withArmedGate(state: GuardState, { session, intent, fence }: WorkerFacts): GuardState {
  const { held } = at(state.browsers, session);
  return updateBrowser(state, session, {
    gate: { kind: "armed", intent, fence, isForPress: false },
    held: held.map((request) => ({ ...request, isAwaited: false })),
  });
}

function repeatOrder(state: GuardState, worker: WorkerFacts): Step[] {
  if (state.left.repeats === 0 || !isHolder(state, worker)) return [];
  const left = spend(state.left, "repeats");
  return [step("arms the gate once more", withArmedGate({ ...state, left }, worker), worker)];
}

/** `closeEpoch`: goes on even where the order does not get through. */
function closeGate(state: GuardState, worker: WorkerFacts): Step[] {
  const closing = { ...worker, at: "closing" as const };
  const lost = step("cannot reach the gate", state, closing);
  if (!isHolder(state, worker)) return [lost];
  return [lost, step("closes the gate", withClosedGate(state, worker), closing)];
}

function withClosedGate(state: GuardState, { session }: WorkerFacts): GuardState {
  return updateBrowser(state, session, disarmed(at(state.browsers, session)));
}

/** Nothing may leave any more before it is said what became of it. */
function beforeJudging(stands: Stands, state: GuardState, worker: WorkerFacts): Step {
  const judging = step("goes on to the outcome", state, { ...worker, at: "judging" });
  const { session } = at(state.intents, worker.intent);
  if (session !== worker.session) {
    // Another browser of the same task: it can say something only once that one's is over.
    const isOver = session === null || at(state.sessions, session).state !== "live";
    const isBlind = !stands("outcome is judged where it was sent");
    return isOver || isBlind ? judging : step("was replaced", state, idle);
  }
  const isLost = !at(state.browsers, worker.session).isAlive;
  if (isLost || !stands("gate is closed before the outcome is judged")) return judging;
  if (!isHolder(state, worker)) return step("was replaced", state, idle);
  const closed = withClosedGate(state, worker);
  return step("closes the gate for certain", closed, { ...worker, at: "judging" });
}

/** A site tells the truth of what it stored, or nothing. */
function judge(stands: Stands, state: GuardState, worker: WorkerFacts): Step[] {
  const { intent } = worker;
  const row = at(state.intents, intent);
  const { isFinished } = at(state.tasks, row.task);
  if (row.state !== "dispatched" || isFinished) return [step("finds it decided", state, idle)];
  const stored = state.browsers
    .flatMap(({ flights }) => flights)
    .some((flight) => flight.intent === intent && flight.stored > 0);
  const sessionAlive = at(state.browsers, worker.session).isAlive;
  const isSender = row.session === worker.session || !stands("outcome is judged where it was sent");
  const told = stored
    ? (["confirmation", "other"] as const)
    : (["form_with_errors", "other"] as const);
  return (isSender ? told : (["other"] as const)).map((page) => {
    const { verdict } = judgeDispatch({ page, response: { status: 200 }, sessionAlive });
    const after = applyEvent(state, intent, effectsOf(verdict).event);
    const tasks = after.tasks.with(row.task, { ...at(after.tasks, row.task), isFinished: true });
    return step(`calls it ${verdict.kind}`, { ...after, tasks }, idle);
  });
}
