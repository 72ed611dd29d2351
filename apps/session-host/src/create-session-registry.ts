import { randomUUID } from "node:crypto";
import type {
  AttachSessionInput,
  CommandGateInput,
  ControlGrant,
  CreateSessionInput,
  CreatedSession,
  DetachSessionInput,
  DisplayClientInput,
  GateAnswer,
  OpenDisplayQuery,
  PressGrant,
  ReadPressInput,
  ReleaseControlInput,
  SessionGrant,
  SessionView,
  TakeControlInput,
  TypeTextInput,
} from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { type RefusedFence, type TakenFence, personAsOwner } from "@valet/db";
import type { Logger } from "@valet/runtime";
import { type BrowserPool, shuttingDown } from "./create-browser-pool.ts";
import {
  type LiveSettings,
  type Session,
  type SessionEnding,
  createSession,
  fencedOff,
  lostSession,
} from "./create-session.ts";
import { heldByPerson } from "./create-session-control.ts";
import type { SessionMetrics } from "./create-session-metrics.ts";
import { type SessionRecords, noSuchTask } from "./create-session-records.ts";

export interface SessionRegistryDeps {
  readonly pool: BrowserPool;
  readonly records: SessionRecords;
  /** Sessions at once, those that start or end included. */
  readonly maxSessions: number;
  readonly metrics: SessionMetrics;
  readonly live: LiveSettings;
  readonly log: Logger;
}

/** The sessions of this host: at most one live one a task, and what is still known of ended ones. */
export interface SessionRegistry {
  /** @throws ValetError `SESSION_CAPACITY`, `NOT_FOUND` (no such task), or what kept the browser from starting. */
  create(input: CreateSessionInput): Promise<CreatedSession>;
  /** @throws ValetError `SESSION_LOST` when it is ended, unknown or somebody else's; `FENCED`. */
  attach(sessionId: string, input: AttachSessionInput): Promise<SessionGrant>;
  /** @throws ValetError as `attach`. */
  detach(sessionId: string, input: DetachSessionInput): Promise<void>;
  /** @throws ValetError `SESSION_LOST`, or `FENCED` for any fence but the newest. */
  commandGate(sessionId: string, input: CommandGateInput): GateAnswer;
  /** @throws ValetError as `attach`, `CONTROL_TAKEN` while another window has it, `DISPLAY_MISSING`. */
  takeControl(sessionId: string, input: TakeControlInput): Promise<ControlGrant>;
  /** Resolves when workers can get in again. Throws ValetError `SESSION_LOST`. */
  releaseControl(sessionId: string, input: ReleaseControlInput): Promise<void>;
  /** @throws ValetError `SESSION_LOST`, `CONTROL_TAKEN` for a window without control. */
  typeText(sessionId: string, input: TypeTextInput): Promise<void>;
  /** @throws ValetError `SESSION_LOST`, `NO_OPEN_STEP` where nobody is in control or they pressed nothing. */
  readPress(sessionId: string, input: ReadPressInput): PressGrant;
  /** Returns what takes the viewer's connection; throws as `takeControl`. */
  show(
    sessionId: string,
    input: OpenDisplayQuery,
  ): (webSocket: DisplayClientInput["webSocket"]) => void;
  /** @throws ValetError `SESSION_LOST` when the session is unknown. */
  get(sessionId: string): SessionView;
  live(): readonly Session[];
  /** Live sessions and the newest ended ones. */
  list(): SessionView[];
  /** Of all that are live or about to be. */
  sessionIds(): string[];
  /** Resolves when nothing is left of its browser, whoever ended it. */
  closeSession(sessionId: string, as: SessionEnding): Promise<void>;
  closeTask(taskId: string): Promise<void>;
  /** Refuses new sessions and closes all. */
  close(): Promise<void>;
}

const rememberedEnded = 200;

interface Slot {
  readonly sessionId: string;
  readonly userId: string;
  readonly opened: Promise<Opened>;
}

interface Opened {
  readonly created: CreatedSession;
  /** Absent when the task's session lives on another host. */
  readonly session?: Session;
}

export function createSessionRegistry(deps: SessionRegistryDeps): SessionRegistry {
  const { pool, records, maxSessions, metrics, live: liveSettings, log } = deps;
  /** By task, from the beginning of the launch until nothing is left of the browser. */
  const slots = new Map<string, Slot>();
  const live = new Map<string, Session>();
  const ended = new Map<string, SessionView>();
  /** Sessions that are over, until nothing is left of their browsers. */
  const ending = new Map<string, Promise<void>>();
  /** Sessions whose person has let go, until Postgres knows. */
  const lettingGo = new Map<string, Promise<void>>();
  let isClosing = false;

  async function open(input: CreateSessionInput, sessionId: string): Promise<Opened> {
    try {
      const opened = await fill(input, sessionId);
      if (opened.session === undefined) slots.delete(input.taskId);
      return opened;
    } catch (error) {
      slots.delete(input.taskId);
      throw error;
    }
  }

  async function fill(input: CreateSessionInput, sessionId: string): Promise<Opened> {
    const { taskId } = input;
    const elsewhere = await records.add({ ...input, sessionId });
    if (elsewhere !== undefined) {
      const created: CreatedSession = { taskId, state: "live", pooled: false, ...elsewhere };
      return { created };
    }
    try {
      const { browser, pooled } = await pool.lease();
      const hostUrl = records.hostUrl();
      const session: Session = createSession(
        {
          browser,
          records,
          metrics,
          live: liveSettings,
          onControlEnded(fence) {
            const letting = letGo(session, fence).finally(() => lettingGo.delete(sessionId));
            lettingGo.set(sessionId, letting);
          },
          log,
        },
        { ...input, sessionId, hostUrl, pooled },
      );
      keep(session);
      metrics.opened(pooled);
      log.info({ sessionId, taskId, pooled }, "session opened");
      const created: CreatedSession = { sessionId, taskId, state: "live", hostUrl, pooled };
      return { session, created };
    } catch (error) {
      await records.end(sessionId, "closed");
      throw error;
    }
  }

  /** Should Postgres not answer, the lease of the person ends by itself. */
  async function letGo(session: Session, fence: number): Promise<void> {
    const { sessionId, taskId, userId } = session;
    session.release(fence);
    await records
      .releaseFence(sessionId, { taskId, userId, fence })
      .catch((error: unknown) => log.warn({ err: error, sessionId }, "a release was not recorded"));
  }

  function keep(session: Session): void {
    const { sessionId, taskId } = session;
    live.set(sessionId, session);
    void session.over.then((as) => {
      live.delete(sessionId);
      ending.set(sessionId, session.ended);
      remember(session.view());
      return records.end(sessionId, as);
    });
    void session.ended.then(() => {
      ending.delete(sessionId);
      slots.delete(taskId);
    });
  }

  function remember(view: SessionView): void {
    ended.set(view.sessionId, view);
    const [oldest] = ended.keys();
    if (ended.size > rememberedEnded && oldest !== undefined) ended.delete(oldest);
  }

  function find(sessionId: string, key: { taskId: string; userId: string }): Session {
    const session = live.get(sessionId);
    const isTheirs = session?.taskId === key.taskId && session.userId === key.userId;
    if (session === undefined || !isTheirs) throw lostSession(sessionId);
    return session;
  }

  async function closeTask(taskId: string, as: SessionEnding = "closed"): Promise<void> {
    // A launch that fails has nothing to close.
    const opened = await slots.get(taskId)?.opened.catch(() => undefined);
    await opened?.session?.close(as);
  }

  return {
    async create(input) {
      await records.ready();
      for (;;) {
        const slot = slots.get(input.taskId);
        if (slot === undefined) {
          if (isClosing) throw shuttingDown();
          if (slots.size >= maxSessions) {
            if (ending.size === 0) throw noSpace(maxSessions);
            // What was admitted comes as soon as its forerunner has ended, a moment before the browser has.
            await Promise.race(ending.values());
            continue;
          }
          const sessionId = randomUUID();
          const opened = open(input, sessionId);
          slots.set(input.taskId, { sessionId, userId: input.userId, opened });
          return (await opened).created;
        }
        if (slot.userId !== input.userId) throw noSuchTask();
        const { session, created } = await slot.opened;
        const view = session?.view();
        if (view === undefined || view.state === "live") return created;
        await session?.ended;
      }
    },
    async attach(sessionId, input) {
      const startedAt = performance.now();
      const session = find(sessionId, input);
      const taken = await records.takeFence(sessionId, input);
      const fence = fenceOf(sessionId, taken);
      const { owner } = input;
      const relayUrl = session.admit({ fence, owner }, () => metrics.attached(startedAt));
      log.info({ sessionId, taskId: session.taskId, owner, fence }, "session attached");
      return { relayUrl, fence };
    },
    async detach(sessionId, input) {
      const session = find(sessionId, input);
      const answer = await records.releaseFence(sessionId, input);
      if (answer.kind !== "released") throw refusal(sessionId, answer);
      session.release(input.fence);
    },
    async takeControl(sessionId, { taskId, userId, control }) {
      const session = find(sessionId, { taskId, userId });
      session.assertVisible();
      const { allowsClipboard } = liveSettings;
      const reservation = session.control.reserve(control);
      const current = session.control.fence();
      if (reservation === undefined && current !== undefined)
        return { fence: current, allowsClipboard };
      try {
        const owner = personAsOwner(userId);
        const taken = await records.takeFence(sessionId, { taskId, userId, owner });
        const fence = fenceOf(sessionId, taken);
        await session.admitPerson({ fence, owner });
        reservation?.grant(fence);
        log.info({ sessionId, taskId, fence }, "a person took control");
        return { fence, allowsClipboard };
      } catch (error) {
        reservation?.giveUp();
        throw error;
      }
    },
    async releaseControl(sessionId, input) {
      find(sessionId, input).control.end("handed_back");
      await lettingGo.get(sessionId);
    },
    typeText: (sessionId, input) => find(sessionId, input).typeText(input.control, input.text),
    readPress: (sessionId, input) => find(sessionId, input).readPress(),
    show: (sessionId, input) => find(sessionId, input).show(input.control),
    commandGate: (sessionId, input) => find(sessionId, input).commandGate(input),
    get(sessionId) {
      const view = live.get(sessionId)?.view() ?? ended.get(sessionId);
      if (view === undefined) throw lostSession(sessionId);
      return view;
    },
    live: () => [...live.values()],
    list: () => [...[...live.values()].map((session) => session.view()), ...ended.values()],
    sessionIds: () => [...[...slots.values()].map(({ sessionId }) => sessionId), ...live.keys()],
    async closeSession(sessionId, as) {
      await live.get(sessionId)?.close(as);
      await ending.get(sessionId);
    },
    async closeTask(taskId) {
      await closeTask(taskId);
      await records.endTask(taskId);
    },
    async close() {
      isClosing = true;
      await Promise.all([...slots.keys()].map((taskId) => closeTask(taskId, "lost")));
    },
  };
}

function fenceOf(sessionId: string, taken: TakenFence): number {
  if (taken.kind !== "taken") throw refusal(sessionId, taken);
  return taken.fence;
}

function refusal(sessionId: string, refused: RefusedFence): ValetError {
  switch (refused.kind) {
    case "unknown":
      return lostSession(sessionId);
    case "held":
      return heldByPerson(sessionId);
    case "fenced":
      return fencedOff({ sessionId, current: refused.current });
  }
}

function noSpace(maxSessions: number): ValetError {
  return new ValetError(
    "SESSION_CAPACITY",
    `All ${maxSessions} browsers of this machine are in use, so this application has to wait; Valet tries again when one is free. VALET_MAX_SESSIONS raises the limit if memory allows (about 300 MB each).`,
    { maxSessions },
  );
}
