import { Problem, ValetError } from "@valet/contracts";
import type * as Playwright from "playwright";
import { dropStaleClickGuards } from "./drop-stale-click-guards.ts";
import { raceWithSignal } from "./race-with-signal.ts";

export interface BrowserAttachment {
  readonly browser: Playwright.Browser;
  /** The session's only context: its profile. */
  readonly context: Playwright.BrowserContext;
  /** The page the session was opened with. */
  readonly page: Playwright.Page;
  /** Disconnects. The browser, its page and what is typed there stay. */
  readonly close: () => Promise<void>;
}

const attachLimitMs = 30_000;

/**
 * Connects to a session's browser through its relay. While a page waits for the first byte of a
 * navigation, Chromium keeps all commands for it back, so this waits too: whether a form's POST left
 * and what became of it is known earlier from the session host (`getSession`).
 *
 * @throws ValetError `FENCED` when a newer worker has the session, `SESSION_LOST` when the browser,
 * its host or its page is gone, `TIMEOUT` when the browser does not answer.
 */
export async function attachToBrowser(
  relayUrl: string,
  signal: AbortSignal,
): Promise<BrowserAttachment> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(attachLimitMs)]);
  try {
    // The relay's WebSocket has the relay's own address: asking for it first would cost a round trip.
    return await connect(relayUrl.replace(/^http/, "ws"), limit);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ValetError) throw error;
    if (limit.aborted) {
      throw new ValetError(
        "TIMEOUT",
        "The page of this session does not answer, most likely because its site has not, so nothing was done on it. Valet tries again.",
        { limitMs: attachLimitMs },
        { cause: error },
      );
    }
    throw (await explainDisconnect(relayUrl, signal)) ?? error;
  }
}

/**
 * Why a connection through the relay broke: an error `FENCED` or `SESSION_LOST`, or `undefined` when
 * the relay still welcomes this address. Playwright itself only says that the browser was closed.
 */
export async function explainDisconnect(
  relayUrl: string,
  signal: AbortSignal,
): Promise<ValetError | undefined> {
  try {
    await askRelay(relayUrl, AbortSignal.any([signal, AbortSignal.timeout(attachLimitMs)]));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ValetError) return error;
    throw error;
  }
}

/**
 * The owner of browsers never needs Playwright (a quarter of a second and 60 MB), so it is loaded at
 * the first attach. A worker calls this at its start to have the first attach as fast as the others.
 */
export function loadPlaywright(): Promise<typeof Playwright> {
  return import("playwright");
}

/** @throws ValetError `FENCED` or `SESSION_LOST` when the relay does not welcome this address. */
async function askRelay(relayUrl: string, signal: AbortSignal): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${relayUrl}/json/version`, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    // The relay lives and dies with the browser's owner, so a closed port is a lost browser.
    throw lost("nothing answers at its address any more", cause);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return;
  const problem = Problem.safeParse(body);
  if (!problem.success) throw lost("something else answers at its address");
  throw new ValetError(problem.data.code, problem.data.message);
}

async function connect(webSocketUrl: string, signal: AbortSignal): Promise<BrowserAttachment> {
  const { chromium } = await loadPlaywright();
  const connecting = chromium.connectOverCDP(webSocketUrl, { timeout: attachLimitMs });
  const browser = await raceWithSignal(connecting, signal, (late) => late.close());
  const [context] = browser.contexts();
  const [page] = context?.pages() ?? [];
  if (context === undefined || page === undefined) {
    await browser.close();
    throw lost("its page was closed");
  }
  const dropping = dropStaleClickGuards(context, page);
  await raceWithSignal(dropping, signal, () => browser.close());
  return { browser, context, page, close: () => browser.close() };
}

function lost(why: string, cause?: unknown): ValetError {
  return new ValetError(
    "SESSION_LOST",
    `The browser session is gone: ${why}. What was typed there is lost; the application has to start on a new one unless it was already sent.`,
    {},
    { cause },
  );
}
