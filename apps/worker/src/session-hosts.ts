import {
  type CreateSessionInput,
  type CreatedSession,
  type SessionHostClient,
  createSessionHostClient,
} from "@valet/browser";
import { type ErrorCode, ValetError, isValetError } from "@valet/contracts";
import {
  type Db,
  endTaskSession,
  findBrowserSession,
  findNewestSession,
  listHostRooms,
} from "@valet/db";
import type { Secret } from "@valet/runtime";

/** The session hosts of all machines: a worker starts browsers on any of them and attaches to any. */
export interface SessionHosts {
  /** The one beside this worker: it comes first where others have as much room. */
  readonly local: SessionHostClient;
  /**
   * The task's live session, wherever it is, or a new one on the host with the most room. A host that cannot
   * open one is passed over.
   *
   * @throws ValetError `SESSION_CAPACITY` when all are full, or why the last one could not.
   */
  openSession(input: CreateSessionInput, signal: AbortSignal): Promise<CreatedSession>;
  /**
   * The one that has this session's browser.
   *
   * @throws ValetError `SESSION_LOST` when none has it any more: the machine that had it may not answer either.
   */
  ofSession(sessionId: string): Promise<SessionHostClient>;
  /**
   * Has the session's browser closed, whatever Postgres says of it. Throws when its host does not answer in
   * time; a host that lives closes by itself what is not wanted.
   */
  closeSession(sessionId: string, signal: AbortSignal): Promise<void>;
  /** Ends the task's session; a host that does not answer closes the browser by itself later. */
  closeTaskSession(taskId: string, signal: AbortSignal): Promise<void>;
}

interface SessionHostsDeps {
  readonly db: Db;
  /** Of the one beside this worker. */
  readonly url: string;
  readonly token: Secret;
}

/** A machine that is gone answers nothing, not even a refusal. */
const closeLimitMs = 5_000;

/** What is wrong with one host and may be right at another. */
const ofOneHost: readonly ErrorCode[] = [
  "SESSION_CAPACITY",
  "SESSION_HOST_UNAVAILABLE",
  "BROWSER_LAUNCH_FAILED",
];

export function createSessionHosts({ db, url, token }: SessionHostsDeps): SessionHosts {
  const local = createSessionHostClient({ url, token });
  const clients = new Map([[hrefOf(url), local]]);

  function at(hostUrl: string): SessionHostClient {
    const known = clients.get(hrefOf(hostUrl));
    if (known !== undefined) return known;
    const client = createSessionHostClient({ url: hostUrl, token });
    clients.set(hrefOf(hostUrl), client);
    return client;
  }

  /** The most room first. Our own also where Postgres does not know it yet: it says why it cannot. */
  async function listPlaces(): Promise<{ hosts: SessionHostClient[]; isAnyFull: boolean }> {
    const rooms = await listHostRooms(db);
    const own = hrefOf(url);
    const urls = rooms
      .filter(({ room }) => room > 0)
      .map((host) => ({ room: host.room, href: hrefOf(host.url) }))
      .toSorted(
        (one, other) =>
          other.room - one.room || Number(other.href === own) - Number(one.href === own),
      )
      .map(({ href }) => href);
    if (!rooms.some((host) => hrefOf(host.url) === own)) urls.push(own);
    return { hosts: [...new Set(urls)].map(at), isAnyFull: rooms.some(({ room }) => room <= 0) };
  }

  return {
    local,
    async openSession(input, signal) {
      const { hosts, isAnyFull } = await listPlaces();
      const faults: unknown[] = [];
      for (const host of hosts) {
        try {
          return await host.createSession(input, signal);
        } catch (error) {
          if (!ofOneHost.some((code) => isValetError(error, code))) throw error;
          faults.push(error);
        }
      }
      const full = faults.find((error) => isValetError(error, "SESSION_CAPACITY"));
      throw full ?? (isAnyFull ? allFull() : faults[0]) ?? allFull();
    },
    async ofSession(sessionId) {
      const session = await findBrowserSession(db, sessionId);
      if (session?.state !== "live") throw sessionGone(sessionId);
      return at(session.hostUrl);
    },
    async closeSession(sessionId, signal) {
      const session = await findBrowserSession(db, sessionId);
      await (session && at(session.hostUrl).closeSession(sessionId, withinLimit(signal)));
    },
    async closeTaskSession(taskId, signal) {
      const session = await findNewestSession(db, taskId);
      if (session === undefined) return;
      try {
        await at(session.hostUrl).closeTaskSession(taskId, withinLimit(signal));
      } catch {
        signal.throwIfAborted();
        await endTaskSession(db, taskId);
      }
    },
  };
}

function withinLimit(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(closeLimitMs)]);
}

function sessionGone(sessionId: string): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "The browser that held this application is gone, or the machine it ran on is. Before anything was submitted, the application goes on in a new one.",
    { sessionId },
  );
}

function allFull(): ValetError {
  return new ValetError(
    "SESSION_CAPACITY",
    "All browsers of all session hosts are in use, so this application has to wait; Valet tries again when one is free. Another session host makes room.",
  );
}

function hrefOf(url: string): string {
  return new URL(url).href;
}
