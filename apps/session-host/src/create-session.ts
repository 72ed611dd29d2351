import type { CreateSessionInput, SessionState, SessionView } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
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
  { browser, log }: { readonly browser: WarmBrowser; readonly log: Logger },
  input: NewSession,
): Session {
  const { sessionId, taskId, userId, hostUrl, pooled } = input;
  const { relay, observation, pid } = browser;
  const createdAt = new Date().toISOString();
  let state: SessionState = "live";
  let fence = 0;
  let owner: string | null = null;
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
  browser.firstPage.navigate(input.url);

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
      };
    },
    admit(holder, onClient) {
      if (state !== "live") throw lostSession(sessionId);
      if (holder.fence <= fence) throw fencedOff({ sessionId, current: fence });
      fence = holder.fence;
      owner = holder.owner;
      return relay.renewTicket(onClient);
    },
    release(held) {
      if (held !== fence) return;
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
