import { type GateState, createSubmitLatch, judgeRequest } from "@valet/browser";
import { dispatchByAct, dispatchIntent } from "./database.fixture.ts";
import type { Move } from "./explore.fixture.ts";
import type { Stands } from "./guards.fixture.ts";
import {
  type BrowserFacts,
  type Flight,
  type GuardState,
  type HeldFacts,
  at,
  spend,
  updateBrowser,
} from "./guard-state.fixture.ts";

const origin = "https://jobs.example.com";
const application = {
  method: "POST",
  url: `${origin}/apply`,
  resourceType: "Document",
  networkId: "1",
  isRedirected: false,
};
const form = {
  url: `${origin}/form`,
  target: { method: application.method, url: application.url },
};
const closedPolicy = { passes: [], submits: [] };

/** What a browser, its gate and its proxy can do next, and the database with what the gate asked. */
export function* browserMoves(stands: Stands, state: GuardState): Generator<Move<GuardState>> {
  for (const [session, browser] of state.browsers.entries()) {
    for (const { label, next } of movesOf(stands, { state, session, browser })) {
      yield { label: `browser ${session}: ${label}`, next };
    }
  }
}

interface Place {
  readonly state: GuardState;
  readonly session: number;
  readonly browser: BrowserFacts;
}

function* movesOf(stands: Stands, place: Place): Generator<Move<GuardState>> {
  for (const [index, held] of place.browser.held.entries()) {
    if (held.answer === null) yield ask(stands, place, { index, held });
    else if (place.browser.isAlive) yield* decide(place, { index, held });
  }
  if (!place.browser.isAlive) return;
  yield* send(stands, place);
  for (const [index, flight] of place.browser.flights.entries()) {
    yield* repeat(stands, place, { index, flight });
  }
  if (place.state.left.crashes > 0) yield* fall(stands, place);
}

/** The button, the page's script, a person: whoever it is, and as often as they like. */
function* send(stands: Stands, { state, session, browser }: Place): Generator<Move<GuardState>> {
  if (browser.isGateCut) {
    if (browser.isProxyCut) return;
    yield { label: "sends past its gate", next: withFlight(state, session, strayFlight) };
    return;
  }
  const verdict = judge(stands, browser.gate);
  if (verdict === "pass") {
    yield { label: "sends what is not stopped", next: withFlight(state, session, strayFlight) };
  }
  if (verdict !== "submit" || browser.gate.kind !== "armed") return;
  const { intent, fence, isForPress } = browser.gate;
  const held: HeldFacts = {
    intent,
    fence,
    digest: browser.page,
    isPress: isForPress,
    answer: null,
    isAwaited: true,
  };
  yield {
    label: "sends, and its gate asks",
    next: updateBrowser(state, session, {
      gate: { kind: "deciding" },
      held: [...browser.held, held],
    }),
  };
}

const strayFlight: Flight = { intent: null, stored: 1 };

/** The rule of the gate as it is, unless its answer in this state is what was taken away. */
function judge(stands: Stands, gate: BrowserFacts["gate"]): string {
  if (gate.kind === "closed" && !stands("gate is closed before it is armed")) return "pass";
  if (gate.kind === "spent" && !stands("gate refuses after it has released")) return "pass";
  return verdicts[gate.kind];
}

/** Asked once for each state of the gate: the rule is pure, and the application always the same. */
const verdicts: Readonly<Record<BrowserFacts["gate"]["kind"], string>> = {
  closed: verdictIn({ kind: "closed" }),
  armed: verdictIn({ kind: "armed", form }),
  deciding: verdictIn({ kind: "deciding" }),
  spent: verdictIn({ kind: "spent", released: { ...application, networkId: "0" } }),
};

function verdictIn(state: GateState): string {
  return judgeRequest(application, state, { policy: closedPolicy, values: [] }).kind;
}

interface Waiting {
  readonly index: number;
  readonly held: HeldFacts;
}

/** In Postgres, where it happens even when whoever asked is gone by now. */
function ask(
  stands: Stands,
  { state, session }: Place,
  { index, held }: Waiting,
): Move<GuardState> {
  const decide = held.isPress ? dispatchByAct : dispatchIntent;
  const { answer, state: asked } = decide(stands, state, { held, session });
  const requests = at(asked.browsers, session).held.with(index, { ...held, answer });
  const label = `the database says ${answer ? "yes" : "no"}`;
  return { label, next: updateBrowser(asked, session, { held: requests }) };
}

/** The gate hears the answer; what is not awaited any more stays here. */
function* decide(
  { state, session, browser }: Place,
  { index, held }: Waiting,
): Generator<Move<GuardState>> {
  const rest = updateBrowser(state, session, { held: browser.held.toSpliced(index, 1) });
  if (held.answer !== true || !held.isAwaited) {
    const closed = { gate: { kind: "closed" as const } };
    const next = held.isAwaited ? updateBrowser(rest, session, closed) : rest;
    yield { label: "the gate refuses", next };
    return;
  }
  const released = updateBrowser(rest, session, { gate: { kind: "spent" } });
  if (browser.isGateCut) {
    yield { label: "the gate speaks to nobody", next: released };
    return;
  }
  const fault = releaseFault(state, { held, fence: browser.fence });
  const checked = fault === undefined ? released : { ...released, fault };
  const flight: Flight = { intent: held.intent, stored: 1 };
  yield { label: "the gate releases, the site stores", next: withFlight(checked, session, flight) };
  if (state.left.losses === 0) return;
  const lost = { ...checked, left: spend(state.left, "losses") };
  yield {
    label: "the gate releases, the site does not store",
    next: withFlight(lost, session, { ...flight, stored: 0 }),
  };
}

function releaseFault(
  state: GuardState,
  { held, fence }: { readonly held: HeldFacts; readonly fence: number },
): string | undefined {
  if (held.fence !== fence) return "released for a worker that was replaced";
  const { state: now, approval: id, isEndedEarly } = at(state.intents, held.intent);
  const isOpen = now === "dispatched" || (now === "unknown" && isEndedEarly);
  if (!isOpen) return `released although the attempt is ${now}`;
  const approval = id === null ? undefined : at(state.approvals, id);
  if (approval?.consumed !== 1) return "released without an approval of its own";
  if (approval.digest !== held.digest) return "released what was not approved";
  return undefined;
}

/** The connection dies before an answer, and Chromium sends once more by itself. */
function repeat(
  stands: Stands,
  { state, session, browser }: Place,
  { index, flight }: { readonly index: number; readonly flight: Flight },
): Move<GuardState>[] {
  if (browser.isProxyCut || (stands("latch") && isRepeatStopped)) return [];
  const again = { ...flight, stored: flight.stored + 1 };
  const flights = browser.flights.with(index, again);
  return [{ label: "sends once more by itself", next: updateBrowser(state, session, { flights }) }];
}

/** The latch as it is, for a tunnel that dies after the request went through it, and for plain requests. */
function stopsRepeats(): boolean {
  const latch = createSubmitLatch();
  latch.begin(origin);
  const key = "jobs.example.com:443";
  let passed = 0;
  const asking = { pass: () => void (passed += 1), refuse: () => undefined };
  latch.askTunnel(key, asking).ended();
  latch.askTunnel(key, asking);
  latch.end();
  latch.begin("http://jobs.example.com");
  const plain = [1, 2].filter(() => latch.askRequest("jobs.example.com:80", "POST"));
  return passed === 1 && plain.length === 1;
}

const isRepeatStopped = stopsRepeats();

/** The host dies, or its gate's connection ends and Chromium lets go of what it held. */
function* fall(stands: Stands, { state, session, browser }: Place): Generator<Move<GuardState>> {
  const left = spend(state.left, "crashes");
  yield {
    label: "dies with its host",
    next: updateBrowser({ ...state, left }, session, {
      isAlive: false,
      gate: { kind: "closed" },
      fence: 0,
      page: "filled",
      isGateCut: false,
      isProxyCut: false,
      // What was asked may yet be decided; nobody hears it.
      held: browser.held.filter(({ answer }) => answer === null),
    }),
  };
  if (browser.isGateCut) return;
  const isProxyCut = stands("proxy is cut before the gate falls");
  const cut = updateBrowser({ ...state, left }, session, { isGateCut: true, isProxyCut });
  yield { label: "loses its gate", next: cut };
}

function withFlight(state: GuardState, session: number, flight: Flight): GuardState {
  const { flights } = at(state.browsers, session);
  return updateBrowser(state, session, { flights: [...flights, flight] });
}
