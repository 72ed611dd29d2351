import type {
  CommandGateInput,
  CreateSessionInput,
  GateCommand,
  GateAnswer,
  SessionState,
  SessionView,
} from "@valet/browser";
import { type SubmitPayload, ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { SessionRecords } from "./create-session-records.ts";
import type { SessionMetrics } from "./create-session-metrics.ts";
import type { WarmBrowser } from "./start-warm-browser.ts";

export interface NewSession extends CreateSessionInput {
  readonly sessionId: string;
  readonly hostUrl: string;
  readonly pooled: boolean;
}

export type SessionEnding = Exclude<SessionState, "live">;

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
  /** Who is connected now. */
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
    readonly records: Pick<SessionRecords, "maySubmit" | "recordAnswer">;
    readonly metrics: Pick<SessionMetrics, "decided" | "dispatched">;
    readonly log: Logger;
  },
  input: NewSession,
): Session {
  const { sessionId, taskId, userId, hostUrl, pooled } = input;
  const { browser, log } = deps;
  const { relay, observation, gate, pid } = browser;
  const createdAt = new Date().toISOString();
  let state: SessionState = "live";
  let fence = 0;
  let owner: string | null = null;
  let rehearsed: SubmitPayload | undefined;
  let ending: Promise<void> | undefined;
  const over = Promise.withResolvers<SessionEnding>();
  const ended = Promise.withResolvers<void>();

  async function end(as: SessionEnding): Promise<void> {
    state = as;
    owner = null;
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

  function command(held: number, order: GateCommand): void {
    switch (order.do) {
      case "learn":
        return gate.learn(order.values);
      case "permit":
        return gate.permit(order.permit);
      case "end_permit":
        return gate.permit(undefined);
      case "disarm":
        return gate.disarm();
      case "rehearse":
        rehearsed = undefined;
        return gate.arm({
          form: order.form,
          // The way an application goes, up to the one decision that would let it leave.
          maySubmit: async ({ payload }) => {
            rehearsed = payload();
            return false;
          },
          onAnswer: () => {},
        });
      case "arm": {
        const { intentId, form } = order;
        const armedAt = performance.now();
        return gate.arm({
          form,
          maySubmit: async ({ digest }) => {
            const attempt = { intentId, sessionId, fence: held, requestDigest: digest };
            const heldAt = performance.now();
            const may = await deps.records.maySubmit(attempt);
            const now = performance.now();
            deps.metrics.decided(now - heldAt);
            if (may) deps.metrics.dispatched(now - armedAt);
            return may;
          },
          onAnswer: (answer) =>
            deps.records.recordAnswer({
              intentId,
              answer: { ...answer, latched: browser.latched() },
            }),
        });
      }
    }
  }

  return {
    sessionId,
    taskId,
    userId,
    pid,
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
      };
    },
    admit(holder, onClient) {
      if (state !== "live") throw lostSession(sessionId);
      if (holder.fence <= fence) throw fencedOff({ sessionId, current: fence });
      // Whoever held it may have armed: what has not left by now never does.
      gate.disarm();
      rehearsed = undefined;
      fence = holder.fence;
      owner = holder.owner;
      return relay.renewTicket(onClient);
    },
    commandGate({ fence: held, command: order }) {
      if (state !== "live") throw lostSession(sessionId);
      if (held !== fence) throw fencedOff({ sessionId, current: fence });
      command(held, order);
      return { ...gate.report(), ...(rehearsed === undefined ? {} : { rehearsed }) };
    },
    release(held) {
      if (held !== fence) return;
      gate.disarm();
      owner = null;
      relay.revokeTicket();
    },
    holder: () => (relay.clientCount() === 0 ? undefined : { sessionId, fence }),
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

export function lostSession(sessionId: string): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This browser session has no browser any more: it was closed, its browser died, or the session host was restarted. Before anything was submitted, the application can start again on a new session.",
    { sessionId },
  );
}
