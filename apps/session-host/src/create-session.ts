import {
  type CommandGateInput,
  type CreateSessionInput,
  type Display,
  type DisplayClient,
  type DisplayClientInput,
  type GateAnswer,
  type PressGrant,
  type SessionState,
  type SessionView,
  serveDisplayClient,
} from "@valet/browser";
import { type LiveMessage, ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import {
  type ControlLimits,
  type SessionControl,
  createSessionControl,
  takenByAnotherWindow,
} from "./create-session-control.ts";
import { createGateOrders } from "./create-gate-orders.ts";
import type { SessionRecords } from "./create-session-records.ts";
import type { SessionMetrics } from "./create-session-metrics.ts";
import type { WarmBrowser } from "./start-warm-browser.ts";

export interface NewSession extends CreateSessionInput {
  readonly sessionId: string;
  readonly hostUrl: string;
  readonly pooled: boolean;
}

export type SessionEnding = Exclude<SessionState, "live">;

export interface LiveSettings {
  readonly limits: ControlLimits;
  /** Whether what a person copies can be pasted in the browser. */
  readonly allowsClipboard: boolean;
}

/** One task's browser. */
export interface Session {
  readonly sessionId: string;
  readonly taskId: string;
  readonly userId: string;
  readonly pid: number;
  view(): SessionView;
  /**
   * Lets the holder of `fence` in and cuts everybody who came before; returns the relay's address.
   * `onClient` is told when the first client can speak to the browser.
   *
   * @throws ValetError `FENCED` when a higher fence was admitted already, `SESSION_LOST`.
   */
  admit(holder: { fence: number; owner: string }, onClient: () => void): string;
  /** @throws ValetError `FENCED` for any fence but the newest, `SESSION_LOST`. */
  commandGate(input: Pick<CommandGateInput, "fence" | "command">): GateAnswer;
  /** Cuts the holder of this fence; a newer one is left alone. */
  release(fence: number): void;
  /** Who of the people has it. */
  readonly control: SessionControl;
  /**
   * Locks automation out for a person with this fence: when it resolves, nothing that automation did is
   * on its way to the page any more.
   *
   * @throws ValetError as `admit`.
   */
  admitPerson(holder: { fence: number; owner: string }): Promise<void>;
  /** @throws ValetError `SESSION_LOST`, `DISPLAY_MISSING`. */
  assertVisible(): void;
  /**
   * Shows the browser to a viewer, who acts as long as the window named has control.
   *
   * @throws ValetError as `assertVisible`, `CONTROL_TAKEN`.
   */
  show(control: string | undefined): (webSocket: DisplayClientInput["webSocket"]) => void;
  /**
   * What the person in control pressed last, and a way to read the page.
   *
   * @throws ValetError `SESSION_LOST`, `NO_OPEN_STEP`.
   */
  readPress(): PressGrant;
  /** Enters text for the window named. Throws ValetError `SESSION_LOST`, `CONTROL_TAKEN`. */
  typeText(control: string, text: string): Promise<void>;
  /** Who is connected now, and a person in control always. */
  holder(): { readonly sessionId: string; readonly fence: number } | undefined;
  /** Ends the browser and waits until nothing is left of it. Idempotent. */
  close(as: SessionEnding): Promise<void>;
  /** Resolves when it is live no more: a moment before its browser's remains are cleared away. */
  readonly over: Promise<SessionEnding>;
  /** Resolves when nothing is left of the browser, whether it was closed or died. */
  readonly ended: Promise<void>;
}

export function createSession(
  deps: {
    readonly browser: WarmBrowser;
    readonly records: Pick<
      SessionRecords,
      "maySubmit" | "maySubmitPress" | "recordAnswer" | "tellPress"
    >;
    readonly metrics: Pick<SessionMetrics, "decided" | "dispatched">;
    readonly live: LiveSettings;
    /** A person's control has ended, for whatever reason. */
    readonly onControlEnded: (fence: number) => void;
    readonly log: Logger;
  },
  input: NewSession,
): Session {
  const { sessionId, taskId, userId, hostUrl, pooled } = input;
  const { browser, log } = deps;
  const { relay, observation, gate, pid, display } = browser;
  const createdAt = new Date().toISOString();
  let state: SessionState = "live";
  let fence = 0;
  let owner: string | null = null;
  let ending: Promise<void> | undefined;
  /** Those who look on or act, each with the window it acts for. */
  const viewers = new Map<DisplayClient, string | undefined>();
  let refusedBeforeControl = 0;
  const orders = createGateOrders({
    session: { sessionId, taskId },
    gate,
    latched: browser.latched,
    records: deps.records,
    metrics: deps.metrics,
    inControl: () => control.fence(),
    onSent: () => control.end("sent"),
  });
  const control = createSessionControl({
    limits: deps.live.limits,
    onGrant: tellViewers,
    onEnd(ended, ending) {
      orders.endPresses();
      for (const [viewer, window] of viewers) if (window === ended.control) viewer.cut(ending);
      tellViewers();
      log.info({ sessionId, taskId, fence: ended.fence, ending }, "a person's control ended");
      if (state === "live") deps.onControlEnded(ended.fence);
    },
  });
  const over = Promise.withResolvers<SessionEnding>();
  const ended = Promise.withResolvers<void>();

  async function end(as: SessionEnding): Promise<void> {
    state = as;
    owner = null;
    control.end("session_over");
    for (const viewer of viewers.keys()) viewer.cut("session_over");
    over.resolve(as);
    try {
      await browser.close();
      log.info({ sessionId, taskId, state }, "session ended");
    } finally {
      ended.resolve();
    }
  }
  void browser.exited.then(({ signal: exitSignal, code }) => {
    if (ending !== undefined) return;
    log.warn({ sessionId, taskId, code, exitSignal }, "the browser of a session died");
    ending = end("lost");
    ending.catch((error: unknown) => {
      log.error({ sessionId, taskId, err: error }, "clearing away a dead browser failed");
    });
  });
  if (input.policy !== undefined) gate.usePolicy(input.policy);
  browser.firstPage.navigate(input.url);

  function whoHolds(): LiveMessage {
    return { type: "control", since: control.since()?.toISOString() ?? null };
  }

  function tellViewers(): void {
    for (const viewer of viewers.keys()) viewer.tell(whoHolds());
  }

  /** From here on whoever came before can do nothing, and nothing that was armed leaves. */
  function advance(holder: { fence: number; owner: string }): void {
    if (state !== "live") throw lostSession(sessionId);
    if (holder.fence <= fence) throw fencedOff({ sessionId, current: fence });
    orders.withdraw();
    fence = holder.fence;
    owner = holder.owner;
  }

  function getDisplay(): Display {
    if (state !== "live") throw lostSession(sessionId);
    if (display === undefined) throw noDisplay(sessionId);
    return display;
  }

  return {
    sessionId,
    taskId,
    userId,
    pid,
    control,
    over: over.promise,
    ended: ended.promise,
    view() {
      const document = observation.document();
      return {
        sessionId,
        taskId,
        userId,
        state,
        hostUrl,
        pooled,
        fence,
        owner,
        createdAt,
        ...(document === undefined ? {} : { document }),
        requests: observation.requests(),
        gate: gate.report(),
        ...(display === undefined ? {} : { viewers: viewers.size }),
        ...(control.fence() === undefined
          ? {}
          : { control: { refused: gate.report().refused - refusedBeforeControl } }),
      };
    },
    admit(holder, onClient) {
      advance(holder);
      return relay.renewTicket(onClient);
    },
    async admitPerson(holder) {
      advance(holder);
      refusedBeforeControl = gate.report().refused;
      orders.watchPresses();
      await relay.revokeAndSettle();
    },
    assertVisible: () => void getDisplay(),
    show(window) {
      const shown = getDisplay();
      const leave = window === undefined ? undefined : control.connect(window);
      return (webSocket) => {
        const viewer = serveDisplayClient({
          webSocket,
          socket: shown.connect(),
          rules: {
            mayControl: () => window !== undefined && control.holds(window),
            allowsClipboard: deps.live.allowsClipboard,
          },
          onInput: () => control.touch(),
          log,
        });
        viewers.set(viewer, window);
        viewer.tell(whoHolds());
        void viewer.gone.then(() => {
          viewers.delete(viewer);
          leave?.();
        });
      };
    },
    readPress() {
      if (state !== "live") throw lostSession(sessionId);
      return { ...orders.lastPress(), relayUrl: relay.readerTicket() };
    },
    async typeText(window, text) {
      if (state !== "live") throw lostSession(sessionId);
      if (!control.holds(window)) throw takenByAnotherWindow();
      control.touch();
      await browser.insertText(text);
    },
    commandGate({ fence: held, command: order }) {
      if (state !== "live") throw lostSession(sessionId);
      if (held !== fence) throw fencedOff({ sessionId, current: fence });
      return orders.obey(held, order);
    },
    release(held) {
      if (held !== fence) return;
      gate.disarm();
      owner = null;
      relay.revokeTicket();
    },
    holder: () =>
      relay.clientCount() === 0 && control.fence() === undefined ? undefined : { sessionId, fence },
    close: (as) => (ending ??= end(as)),
  };
}

export function fencedOff(details: { sessionId: string; current: number }): ValetError {
  return new ValetError(
    "FENCED",
    "Another worker has taken over this browser session in the meantime. Stop here; the newer worker goes on.",
    details,
  );
}

function noDisplay(sessionId: string): ValetError {
  return new ValetError(
    "DISPLAY_MISSING",
    "This browser runs without a display, so nobody can look at it or take it over. Where the session host runs, install tigervnc-standalone-server and leave VALET_DISPLAY unset; the next application then starts with a display.",
    { sessionId },
  );
}

export function lostSession(sessionId: string): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This browser session has no browser any more: it was closed, its browser died, or the session host was restarted. Before anything was submitted, the application can start again on a new session.",
    { sessionId },
  );
}
