import {
  type CreateSessionInput,
  type LaunchBrowserInput,
  type LaunchedBrowser,
  type Relay,
  type RequestObservation,
  type SessionState,
  type SessionView,
  createRelay,
  launchBrowser,
  observeRequests,
  startNavigation,
} from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { BrowserLedger, BrowserPlace } from "./create-browser-ledger.ts";

/** How this host starts browsers. */
export type BrowserSettings = Pick<
  LaunchBrowserInput,
  "executablePath" | "osUser" | "allowNoSandbox" | "args" | "headless" | "display"
>;

export interface OpenSessionDeps {
  readonly settings: BrowserSettings;
  readonly ledger: BrowserLedger;
  readonly log: Logger;
}

export interface OpenSessionInput extends CreateSessionInput {
  readonly sessionId: string;
}

/** One task's browser with everything that stands around it. */
export interface Session {
  readonly sessionId: string;
  readonly taskId: string;
  view(): SessionView;
  /**
   * Lets the holder of `fence` in and cuts everybody who came before; returns the relay's address.
   *
   * @throws ValetError `FENCED` when a higher fence was admitted already, `SESSION_LOST`.
   */
  admit(fence: number): string;
  /** Ends the browser and waits until nothing is left of it. Idempotent. */
  close(): Promise<void>;
  /** Resolves when nothing is left of the browser, whether it was closed or died. */
  readonly ended: Promise<void>;
}

/**
 * Starts a browser, begins to watch what it sends, and only then lets it load the page. The gate and
 * the egress proxy belong in here too: they must stand before the first navigation and fall with the
 * browser.
 */
export async function openSession(
  { settings, ledger, log }: OpenSessionDeps,
  input: OpenSessionInput,
  signal: AbortSignal,
): Promise<Session> {
  const place = ledger.reserve();
  const { userDataDir } = place;
  const browser = await launchBrowser({ ...settings, userDataDir, signal, log });
  try {
    await place.record(browser.pid);
    const { pipe, product } = browser;
    const observation = await observeRequests({ pipe });
    const relay = await createRelay({ pipe, product, log });
    const session = createSession({ input, place, browser, observation, relay, log });
    try {
      await startNavigation({ pipe }, input.url);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  } catch (error) {
    await browser.close();
    await place.forget();
    throw error;
  }
}

interface SessionParts {
  readonly input: OpenSessionInput;
  readonly place: BrowserPlace;
  readonly browser: LaunchedBrowser;
  readonly observation: RequestObservation;
  readonly relay: Relay;
  readonly log: Logger;
}

function createSession({ input, place, browser, observation, relay, log }: SessionParts): Session {
  const { sessionId, taskId, userId } = input;
  const createdAt = new Date().toISOString();
  let state: SessionState = "live";
  let fence = 0;
  let ending: Promise<void> | undefined;
  const { promise: ended, resolve: resolveEnded } = Promise.withResolvers<void>();

  async function end(last: SessionState): Promise<void> {
    state = last;
    try {
      await relay.close();
      observation.close();
      await browser.close();
      await place.forget();
      log.info({ sessionId, taskId, state }, "session ended");
    } finally {
      resolveEnded();
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

  return {
    sessionId,
    taskId,
    ended,
    view() {
      const document = observation.document();
      return {
        sessionId,
        taskId,
        userId,
        state,
        fence,
        createdAt,
        ...(document === undefined ? {} : { document }),
        requests: observation.requests(),
      };
    },
    admit(next) {
      if (state !== "live") throw lostSession(sessionId);
      if (next <= fence) {
        throw new ValetError(
          "FENCED",
          "Another worker has taken over this browser session in the meantime. Stop here; the newer worker goes on.",
          { sessionId, fence: next, current: fence },
        );
      }
      fence = next;
      return relay.renewTicket();
    },
    close: () => (ending ??= end("closed")),
  };
}

export function lostSession(sessionId: string): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This browser session has no browser any more: it was closed, its browser died, or the session host was restarted. Before anything was submitted, the application can start again on a new session.",
    { sessionId },
  );
}
