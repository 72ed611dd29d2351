import { type BrowserAttachment, type SessionHostClient, attachToBrowser } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { type Db, findTask } from "@valet/db";
import type { Logger } from "@valet/runtime";

/**
 * Handles of live browser sessions, by run. A handle in memory is only the fast path: a step that
 * arrives on another worker, or after a crash, attaches through the session host. Whoever attached
 * last holds the session; the one before is cut by the host.
 */
export interface LiveSessions {
  /** The attached browser of this run. Throws `SESSION_LOST` when the browser is gone. */
  attach(run: RunKey, signal: AbortSignal): Promise<LiveSession>;
  /** Lets go of the handle; the browser goes on living in the session host. */
  forget(runId: string): Promise<void>;
  close(): Promise<void>;
}

interface RunKey {
  readonly runId: string;
  readonly taskId: string;
}

export interface LiveSession extends BrowserAttachment {
  readonly sessionId: string;
  readonly fence: number;
}

interface LiveSessionsDeps {
  readonly db: Db;
  readonly sessionHost: SessionHostClient;
  readonly owner: string;
  readonly log: Logger;
}

export function createLiveSessions(deps: LiveSessionsDeps): LiveSessions {
  const handles = new Map<string, Promise<LiveSession>>();

  async function attach(run: RunKey, signal: AbortSignal): Promise<LiveSession> {
    const held = await handles.get(run.runId)?.catch(() => undefined);
    if (held?.browser.isConnected()) return held;
    const attaching = attachAnew(deps, run, signal);
    handles.set(run.runId, attaching);
    try {
      return await attaching;
    } catch (error) {
      handles.delete(run.runId);
      throw error;
    }
  }

  async function forget(runId: string): Promise<void> {
    const handle = handles.get(runId);
    handles.delete(runId);
    await handle?.then((session) => session.close()).catch(() => undefined);
  }

  return {
    attach,
    forget,
    close: async () => {
      await Promise.all([...handles.keys()].map(forget));
    },
  };
}

async function attachAnew(
  { db, sessionHost, owner, log }: LiveSessionsDeps,
  { runId, taskId }: RunKey,
  signal: AbortSignal,
): Promise<LiveSession> {
  const sessionId = (await findTask(db, { id: taskId }))?.sessionId;
  if (sessionId === undefined || sessionId === null) throw sessionLost();
  const { relayUrl, fence } = await sessionHost.attachSession(sessionId, { owner }, signal);
  const attached = await attachToBrowser(relayUrl, signal);
  log.info({ taskId, workflowRunId: runId, sessionId, fence }, "browser session attached");
  return { ...attached, sessionId, fence };
}

function sessionLost(): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "The browser that held this application is gone. Nothing was sent. Start the application again.",
  );
}
