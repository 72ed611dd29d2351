import { type SessionHostClient, createSessionHostClient } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { type Querier, findBrowserSession } from "@valet/db";
import type { Secret } from "@valet/runtime";

/** The session hosts of all machines: a worker starts browsers on its own and attaches to any. */
export interface SessionHosts {
  /** The one beside this worker, where new browsers start. */
  readonly local: SessionHostClient;
  /**
   * The one that has this session's browser.
   *
   * @throws ValetError `SESSION_LOST` when another machine had it and has it no more: that machine may
   * not answer either.
   */
  ofSession(db: Querier, sessionId: string): Promise<SessionHostClient>;
}

export function createSessionHosts({
  url,
  token,
}: {
  readonly url: string;
  readonly token: Secret;
}): SessionHosts {
  const local = createSessionHostClient({ url, token });
  const remote = new Map<string, SessionHostClient>();
  return {
    local,
    ofSession: async (db, sessionId) => {
      const session = await findBrowserSession(db, sessionId);
      if (session === undefined || sameUrl(session.hostUrl, url)) return local;
      const { hostUrl, state } = session;
      if (state !== "live") throw lostWithItsMachine(sessionId);
      const known = remote.get(hostUrl) ?? createSessionHostClient({ url: hostUrl, token });
      remote.set(hostUrl, known);
      return known;
    },
  };
}

function lostWithItsMachine(sessionId: string): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "The browser that held this application is gone, with the machine it ran on. Before anything was submitted, the application goes on in a new one.",
    { sessionId },
  );
}

function sameUrl(one: string, other: string): boolean {
  return new URL(one).href === new URL(other).href;
}
