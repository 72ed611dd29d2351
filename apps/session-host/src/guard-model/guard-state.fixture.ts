import type { IntentState } from "@valet/contracts";
import type { RecoveryFacts } from "@valet/domain";

/** What a page holds: the form as it was filled, or as it was changed afterwards. */
export type Digest = "filled" | "changed";

/** All parties to one person's applications for one job, whom rows are named to by their number. */
export interface GuardState {
  readonly tasks: readonly TaskFacts[];
  readonly intents: readonly IntentFacts[];
  readonly approvals: readonly ApprovalFacts[];
  /** As Postgres has them; each has the browser of the same number. */
  readonly sessions: readonly SessionFacts[];
  readonly browsers: readonly BrowserFacts[];
  readonly workers: readonly WorkerFacts[];
  /** Who is in control of a browser; null while nobody is. */
  readonly person: PersonFacts | null;
  readonly left: Budget;
  /** The first thing that should never have happened. */
  readonly fault?: string;
}

export interface PersonFacts {
  readonly session: number;
  readonly fence: number;
  /** The attempt that their press has approved. */
  readonly intent: number | null;
  /** How often a press of theirs was read. */
  readonly presses: number;
}

export interface TaskFacts {
  readonly isFinished: boolean;
  /** The attempt that the person chose to repeat, accepting a duplicate. */
  readonly repeats: number | null;
}

export interface IntentFacts {
  readonly task: number;
  readonly state: IntentState;
  readonly digest: Digest;
  readonly approval: number | null;
  readonly session: number | null;
  readonly fence: number | null;
  readonly supersededBy: number | null;
  /** Its task was ended by the person while the attempt was under way. */
  readonly isEndedEarly: boolean;
}

export interface ApprovalFacts {
  readonly task: number;
  readonly digest: Digest;
  /** How often it was used up. */
  readonly consumed: number;
  readonly isExpired: boolean;
  /** Of an approval by act: what was pressed, and where; null for any other. */
  readonly press: {
    readonly session: number;
    readonly fence: number;
    readonly digest: Digest;
  } | null;
}

export interface SessionFacts {
  readonly task: number;
  readonly state: NonNullable<RecoveryFacts["session"]>["state"];
  readonly fence: number;
}

export interface BrowserFacts {
  /** With its host: one does not outlive the other. */
  readonly isAlive: boolean;
  /** The newest fence that the host has let in. */
  readonly fence: number;
  readonly page: Digest;
  readonly gate:
    | { readonly kind: "closed" | "deciding" | "spent" }
    | {
        readonly kind: "armed";
        readonly intent: number;
        readonly fence: number;
        /** For a press of the person in control. */
        readonly isForPress: boolean;
      };
  /** Requests that are held while the database is asked. */
  readonly held: readonly HeldFacts[];
  /** Requests that were let go. */
  readonly flights: readonly Flight[];
  readonly isGateCut: boolean;
  readonly isProxyCut: boolean;
}

export interface HeldFacts {
  readonly intent: number;
  /** Under which the gate was armed. */
  readonly fence: number;
  readonly digest: Digest;
  readonly isPress: boolean;
  /** What the database said; null before it did. */
  readonly answer: boolean | null;
  /** Whether the gate still waits for this one. */
  readonly isAwaited: boolean;
}

export interface Flight {
  /** Null for one that no attempt stands behind. */
  readonly intent: number | null;
  /** How many of it the site stored. */
  readonly stored: number;
}

/**
 * idle → fenced (Postgres gave the fence) → attached (the host let it in) → read (the page is what was
 * approved) → armed (in Postgres) → sending (the gate is armed) → closing (the gate was told to close,
 * or could not be) → verifying → judging (the gate is closed for certain) → idle. A crash leads to idle from
 * everywhere; a worker that does not move on is a frozen one.
 */
export interface WorkerFacts {
  readonly at:
    | "idle"
    | "fenced"
    | "attached"
    | "read"
    | "armed"
    | "sending"
    | "closing"
    | "verifying"
    | "judging";
  readonly task: number;
  readonly session: number;
  readonly fence: number;
  readonly intent: number;
  readonly digest: Digest;
}

/** How often each of these may still happen: what bounds the model. */
export interface Budget {
  /** Starts of a task's work on any worker: the first of each, and one after each crash or takeover. */
  readonly runs: number;
  readonly sessions: number;
  /** Of workers, hosts and gates' connections together. */
  readonly crashes: number;
  readonly intents: number;
  readonly expiries: number;
  readonly pageChanges: number;
  /** Orders to arm that arrive a second time. */
  readonly repeats: number;
  /** Released requests that the site does not store. */
  readonly losses: number;
  readonly resubmits: number;
  /** Tasks that the person ends. */
  readonly cancels: number;
  /** Times that the person takes control of a browser. */
  readonly takeovers: number;
}

/** Two workers and two tasks for one job, and nothing goes wrong. */
export const nothingElse: Budget = {
  runs: 2,
  sessions: 2,
  crashes: 0,
  intents: 2,
  expiries: 0,
  pageChanges: 0,
  repeats: 0,
  losses: 0,
  resubmits: 0,
  cancels: 0,
  takeovers: 0,
};

export const idle: WorkerFacts = {
  at: "idle",
  task: -1,
  session: -1,
  fence: 0,
  intent: -1,
  digest: "filled",
};

export const newBrowser: BrowserFacts = {
  isAlive: true,
  fence: 0,
  page: "filled",
  gate: { kind: "closed" },
  held: [],
  flights: [],
  isGateCut: false,
  isProxyCut: false,
};

/** Two workers, two tasks for one job of one person. */
export function startOf(left: Budget): GuardState {
  const task: TaskFacts = { isFinished: false, repeats: null };
  return {
    tasks: [task, task],
    intents: [],
    approvals: [],
    sessions: [],
    browsers: [],
    workers: [idle, idle],
    person: null,
    left,
  };
}

/** The element of this number, which is known to be there. */
export function at<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`The model has no row ${index}.`);
  return row;
}

export function spend(left: Budget, on: keyof Budget): Budget {
  return { ...left, [on]: left[on] - 1 };
}

export function updateBrowser(
  state: GuardState,
  session: number,
  change: Partial<BrowserFacts>,
): GuardState {
  const browser = { ...at(state.browsers, session), ...change };
  return { ...state, browsers: state.browsers.with(session, browser) };
}

export function updateIntent(
  state: GuardState,
  intent: number,
  change: Partial<IntentFacts>,
): GuardState {
  const row = { ...at(state.intents, intent), ...change };
  return { ...state, intents: state.intents.with(intent, row) };
}
