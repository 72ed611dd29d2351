import { randomUUID } from "node:crypto";
import type { CreateSessionInput, CreatedSession, SessionGrant, SessionView } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { Fences } from "./create-memory-fences.ts";
import { type OpenSessionInput, type Session, lostSession } from "./open-session.ts";

export interface SessionRegistryDeps {
  readonly open: (input: OpenSessionInput, signal: AbortSignal) => Promise<Session>;
  readonly fences: Fences;
  /** Browsers at once, those that start or end included. */
  readonly maxSessions: number;
  readonly log: Logger;
}

/** The sessions of this host: at most one live one a task, and what is still known of ended ones. */
export interface SessionRegistry {
  /** @throws ValetError `SESSION_CAPACITY`, or what kept the browser from starting. */
  create(input: CreateSessionInput): Promise<CreatedSession>;
  /** @throws ValetError `SESSION_LOST` when the session is unknown or has ended, `FENCED`. */
  attach(sessionId: string, owner: string): Promise<SessionGrant>;
  /** @throws ValetError `SESSION_LOST` when the session is unknown. */
  get(sessionId: string): SessionView;
  /** Live sessions and the newest ended ones. */
  list(): SessionView[];
  liveTaskIds(): string[];
  closeSession(sessionId: string): Promise<void>;
  closeTask(taskId: string): Promise<void>;
  /** Refuses new sessions and closes all. */
  close(): Promise<void>;
}

const rememberedEnded = 200;

export function createSessionRegistry(deps: SessionRegistryDeps): SessionRegistry {
  const { open, fences, maxSessions, log } = deps;
  /** By task, from the beginning of the launch until nothing is left of the browser. */
  const slots = new Map<string, Promise<Session>>();
  const live = new Map<string, Session>();
  const ended = new Map<string, SessionView>();
  const closing = new AbortController();

  async function fillSlot(input: CreateSessionInput): Promise<Session> {
    const { taskId } = input;
    const sessionId = randomUUID();
    try {
      const session = await open({ ...input, sessionId }, closing.signal);
      live.set(sessionId, session);
      void session.ended.then(() => {
        live.delete(sessionId);
        slots.delete(taskId);
        remember(session.view());
      });
      log.info({ sessionId, taskId }, "session opened");
      return session;
    } catch (error) {
      slots.delete(taskId);
      throw error;
    }
  }

  function remember(view: SessionView): void {
    ended.set(view.sessionId, view);
    const [oldest] = ended.keys();
    if (ended.size > rememberedEnded && oldest !== undefined) ended.delete(oldest);
  }

  function requireSpace(): void {
    if (closing.signal.aborted) throw shuttingDown();
    if (slots.size >= maxSessions) throw noSpace(maxSessions);
  }

  async function closeTask(taskId: string): Promise<void> {
    // A launch that fails has nothing to close.
    const session = await slots.get(taskId)?.catch(() => undefined);
    await session?.close();
  }

  return {
    async create(input) {
      for (;;) {
        const slot = slots.get(input.taskId);
        if (slot === undefined) {
          requireSpace();
          slots.set(input.taskId, fillSlot(input));
          continue;
        }
        const session = await slot;
        const { sessionId, taskId, state } = session.view();
        if (state === "live") return { sessionId, taskId, state };
        await session.ended;
      }
    },
    async attach(sessionId, owner) {
      const session = live.get(sessionId);
      if (session === undefined) throw lostSession(sessionId);
      const fence = await fences.take(sessionId, owner);
      const relayUrl = session.admit(fence);
      log.info({ sessionId, taskId: session.taskId, owner, fence }, "session attached");
      return { relayUrl, fence };
    },
    get(sessionId) {
      const view = live.get(sessionId)?.view() ?? ended.get(sessionId);
      if (view === undefined) throw lostSession(sessionId);
      return view;
    },
    list: () => [...[...live.values()].map((session) => session.view()), ...ended.values()],
    liveTaskIds: () => [...live.values()].map((session) => session.taskId),
    async closeSession(sessionId) {
      await live.get(sessionId)?.close();
    },
    closeTask,
    async close() {
      closing.abort(shuttingDown());
      await Promise.all([...slots.keys()].map(closeTask));
    },
  };
}

function noSpace(maxSessions: number): ValetError {
  return new ValetError(
    "SESSION_CAPACITY",
    `All ${maxSessions} browsers of this machine are in use, so this application has to wait; Valet tries again when one is free. VALET_MAX_SESSIONS raises the limit if memory allows (about 300 MB each).`,
    { maxSessions },
  );
}

function shuttingDown(): ValetError {
  return new ValetError(
    "SESSION_HOST_UNAVAILABLE",
    "The session host is shutting down and opens no browser any more. Valet tries again when it is back.",
  );
}
