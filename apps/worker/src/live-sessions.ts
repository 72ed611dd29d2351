import {
  type BrowserAttachment,
  type SessionHostClient,
  attachToBrowser,
  explainDisconnect,
} from "@valet/browser";
import { ValetError, isValetError } from "@valet/contracts";
import { type Db, type StepTry, findTask } from "@valet/db";
import type { Logger } from "@valet/runtime";
import { type SessionGate, createSessionGate } from "./session-gate.ts";
import type { SessionHosts } from "./session-hosts.ts";

/**
 * Handles of live browser sessions, by run. A handle in memory is only the fast path: a step that
 * arrives on another worker, or after a crash, attaches through the session host. Whoever attached
 * last holds the session; the one before is cut by the host.
 */
export interface LiveSessions {
  /** The attached browser of this run. Throws `SESSION_LOST` when the browser is gone. */
  attach(run: RunKey, signal: AbortSignal): Promise<LiveSession>;
  /** Attaches to a session that is not the task's yet; nobody else gets this handle. */
  open(session: SessionKey, signal: AbortSignal): Promise<LiveSession>;
  /** Makes an opened session the run's handle, in place of the one it had. */
  adopt(runId: string, live: LiveSession): void;
  /** Lets go of the handle; the browser goes on living in the session host. */
  forget(runId: string): Promise<void>;
  close(): Promise<void>;
}

interface RunKey {
  readonly runId: string;
  readonly taskId: string;
  /** For whom; one that the engine has given to another worker since is refused with `FENCED`. */
  readonly turn?: StepTry | undefined;
}

interface SessionKey {
  readonly sessionId: string;
  readonly taskId: string;
  readonly userId: string;
  readonly turn?: StepTry | undefined;
}

export interface LiveSession {
  readonly session: { readonly id: string; readonly host: SessionHostClient };
  /** Where else its browser can be attached to, under the same fence. Nobody else may see it. */
  readonly relayUrl: string;
  /** Whoever attaches later has a higher one and cuts us off. */
  readonly fence: number;
  readonly gate: SessionGate;
  readonly playwright: BrowserAttachment;
  /** The page the session was opened with. */
  readonly page: BrowserAttachment["page"];
  /** Aborted as soon as the page can be used no more: cut off, crashed or closed. */
  readonly gone: AbortSignal;
  /** Lets go of the page, which stays as it is. `gone` is then not aborted any more. */
  readonly close: () => Promise<void>;
  /**
   * Why it is gone. `fenced`: another worker has the session now. `lost`: its page or browser is no
   * more. `cut`: neither, so attaching again will do.
   */
  readonly whyGone: (signal: AbortSignal) => Promise<"fenced" | "lost" | "cut">;
}

interface LiveSessionsDeps {
  readonly db: Db;
  readonly hosts: SessionHosts;
  readonly owner: string;
  readonly log: Logger;
}

export function createLiveSessions(deps: LiveSessionsDeps): LiveSessions {
  const handles = new Map<string, Promise<LiveSession>>();

  /** A handle that can be used no more is dropped at once: it must not keep a dead page in memory. */
  function keep(runId: string, handle: Promise<LiveSession>): Promise<LiveSession> {
    handles.set(runId, handle);
    const drop = () => {
      if (handles.get(runId) === handle) handles.delete(runId);
    };
    handle.then(({ gone }) => onAbort(gone, drop)).catch(drop);
    return handle;
  }

  async function attach(run: RunKey, signal: AbortSignal): Promise<LiveSession> {
    const held = await handles.get(run.runId)?.catch(() => undefined);
    if (held !== undefined && !held.gone.aborted) return held;
    return keep(run.runId, attachToTask(deps, run, signal));
  }

  async function forget(runId: string): Promise<void> {
    const handle = handles.get(runId);
    handles.delete(runId);
    await handle?.then((live) => live.close()).catch(() => undefined);
  }

  return {
    attach,
    open: (session, signal) => openSession(deps, session, signal),
    adopt: (runId, live) => void keep(runId, Promise.resolve(live)),
    forget,
    close: async () => {
      await Promise.all([...handles.keys()].map(forget));
    },
  };
}

async function attachToTask(
  deps: LiveSessionsDeps,
  { runId, taskId, turn }: RunKey,
  signal: AbortSignal,
): Promise<LiveSession> {
  const task = await findTask(deps.db, { id: taskId });
  if (task === undefined || task.sessionId === null) throw sessionLost();
  const { sessionId, userId } = task;
  const live = await openSession(deps, { sessionId, taskId, userId, turn }, signal);
  const { fence } = live;
  deps.log.info({ taskId, workflowRunId: runId, sessionId, fence }, "browser session attached");
  return live;
}

async function openSession(
  { hosts, owner }: LiveSessionsDeps,
  { sessionId, taskId, userId, turn }: SessionKey,
  signal: AbortSignal,
): Promise<LiveSession> {
  const host = await hosts.ofSession(sessionId);
  const { relayUrl, fence } = await host.attachSession(
    sessionId,
    { owner, taskId, userId, turn },
    signal,
  );
  const playwright = await attachToBrowser(relayUrl, signal);
  const { browser, page } = playwright;
  const gone = new AbortController();
  let isLetGo = false;
  const end = () => {
    if (!isLetGo) gone.abort(sessionLost());
  };
  browser.once("disconnected", end);
  page.once("crash", end);
  page.once("close", end);
  if (!browser.isConnected()) end();
  return {
    session: { id: sessionId, host },
    relayUrl,
    fence,
    gate: createSessionGate({ host, sessionId, taskId, userId, fence }),
    playwright,
    page,
    gone: gone.signal,
    close: async () => {
      isLetGo = true;
      await playwright.close();
    },
    whyGone: async (limit) => {
      const error = await explainDisconnect(relayUrl, limit);
      if (isValetError(error, "FENCED")) return "fenced";
      // Still connected and gone all the same: only the page died.
      return error !== undefined || browser.isConnected() ? "lost" : "cut";
    },
  };
}

function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}

function sessionLost(): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "The browser that held this application is gone. Nothing was sent. Start the application again.",
  );
}
