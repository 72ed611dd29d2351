import type {
  AttachSessionInput,
  CreateSessionInput,
  DetachSessionInput,
  SubmitAnswer,
} from "@valet/browser";
import { type SubmitResponse, ValetError } from "@valet/contracts";
import {
  type Db,
  type RefusedFence,
  type SessionEnd,
  type TakenFence,
  addBrowserSession,
  announcePress,
  dispatchByAct,
  dispatchIntent,
  endBrowserSession,
  endTaskSession,
  findSilentSessionHosts,
  findWantedSessions,
  giveUpSessionHosts,
  listSessionHostIds,
  recordSessionHost,
  recordSubmitResponse,
  releaseFence,
  renewLeases,
  takeFence,
} from "@valet/db";
import { type Logger, withinTime } from "@valet/runtime";
import { type HostIdentity, isDeadHost } from "./host-identity.ts";

export interface SessionRecordsDeps {
  readonly db: Db;
  readonly identity: HostIdentity;
  readonly hostUrl: () => string;
  readonly log: Logger;
}

/** What Postgres knows of this host and its sessions; every time in it is the database's. */
export interface SessionRecords {
  readonly hostUrl: () => string;
  /** Resolves when the sessions of a dead predecessor are marked as lost and this host is known. */
  ready(): Promise<void>;
  isRegistered(): boolean;
  /** Reserves the task's session; the one it has on another host, if it has. */
  add(
    session: CreateSessionInput & { readonly sessionId: string },
  ): Promise<{ readonly sessionId: string; readonly hostUrl: string } | undefined>;
  takeFence(sessionId: string, input: AttachSessionInput): Promise<TakenFence>;
  releaseFence(
    sessionId: string,
    input: DetachSessionInput,
  ): Promise<{ readonly kind: "released" } | RefusedFence>;
  /** The one decision that lets an application leave; no within the time limit counts as no. */
  maySubmit(attempt: SubmitAttempt): Promise<boolean>;
  /** The same for a press that its person has approved by pressing. */
  maySubmitPress(attempt: SubmitAttempt & { readonly pressDigest: string }): Promise<boolean>;
  /** Has a worker read the page that the person in control has pressed on; a press that is lost is pressed again. */
  tellPress(session: { readonly sessionId: string; readonly taskId: string }): void;
  /** Should Postgres not answer, the next sign of life makes up for it. */
  recordAnswer(answered: AnsweredIntent): void;
  /** Should Postgres not answer, the next sign of life makes up for it. */
  end(sessionId: string, as: SessionEnd): Promise<void>;
  endTask(taskId: string): Promise<void>;
  /**
   * Says that the host lives and what it holds, renews the leases of who is connected, and gives up
   * hosts that are silent. Returns which of its sessions are still wanted.
   */
  signOfLife(sign: SignOfLife): Promise<Set<string>>;
  /** The host is about to go and gets nothing new; `report` is its last. */
  leave(report: unknown): Promise<void>;
  /** The host goes, and all its sessions with it. */
  signOff(): Promise<void>;
}

export interface SubmitAttempt {
  readonly intentId: string;
  readonly sessionId: string;
  readonly fence: number;
  /** SHA-256 of the very request that is held, hex. */
  readonly requestDigest: string;
}

export interface AnsweredIntent {
  readonly intentId: string;
  readonly answer: SubmitAnswer & Pick<SubmitResponse, "latched">;
}

export interface SignOfLife {
  readonly report: unknown;
  readonly sessionIds: readonly string[];
  readonly holders: readonly { readonly sessionId: string; readonly fence: number }[];
}

/** A held form freezes its page, so a database that is slower than this means no. */
const decideWithinMs = 3_000;
/** Long enough for a sweep and a slow answer; the lease of a dead worker ends this much later. */
const leaseMs = 15_000;
/** A machine that is silent for so long is lost, and the browsers on it. */
const hostSilenceMs = 30_000;

export function createSessionRecords(deps: SessionRecordsDeps): SessionRecords {
  const { db, identity, hostUrl, log } = deps;
  const { hostId } = identity;
  let registering: Promise<void> | undefined;
  let isRegistered = false;
  /** Ends that Postgres did not hear of yet. */
  const unrecorded = new Map<string, SessionEnd>();
  /** Answers that Postgres did not hear of yet, by intent. */
  const unheard = new Map<string, SubmitResponse>();

  async function tellAnswer(intentId: string, response: SubmitResponse): Promise<void> {
    try {
      await recordSubmitResponse(db, { intentId, response });
      unheard.delete(intentId);
    } catch (error) {
      log.warn({ err: error, intentId }, "the answer to an application was not recorded yet");
    }
  }

  /** The page stands still meanwhile, so an answer that does not come is a no. */
  function decide(
    { intentId, sessionId }: Pick<SubmitAttempt, "intentId" | "sessionId">,
    ask: () => Promise<boolean>,
  ): Promise<boolean> {
    return withinTime(decideWithinMs, ask).catch((error: unknown) => {
      log.error({ err: error, intentId, sessionId }, "an application was kept: no decision came");
      return false;
    });
  }

  async function end(sessionId: string, as: SessionEnd): Promise<void> {
    unrecorded.set(sessionId, as);
    try {
      await endBrowserSession(db, { sessionId, as });
      unrecorded.delete(sessionId);
    } catch (error) {
      log.warn({ err: error, sessionId }, "a session's end was not recorded yet");
    }
  }

  async function register(): Promise<void> {
    const known = await listSessionHostIds(db, identity.installation);
    const lost = await giveUpSessionHosts(db, known.filter(isDeadHost));
    if (lost > 0) log.warn({ count: lost }, "sessions of a dead session host are lost");
    await recordSessionHost(db, { id: hostId, url: hostUrl(), report: {} });
    isRegistered = true;
  }

  const records: SessionRecords = {
    hostUrl,
    isRegistered: () => isRegistered,
    ready() {
      registering ??= register().catch((error: unknown) => {
        registering = undefined;
        throw error;
      });
      return registering;
    },
    async add({ sessionId, taskId, userId }) {
      for (;;) {
        const added = await addBrowserSession(db, {
          id: sessionId,
          taskId,
          userId,
          hostId,
          hostUrl: hostUrl(),
        });
        if (added.kind === "added") return undefined;
        if (added.kind === "unknown_task") throw noSuchTask();
        if (added.by.hostId !== hostId) {
          return { sessionId: added.by.id, hostUrl: added.by.hostUrl };
        }
        // We have none for this task, so its end went unrecorded.
        await endBrowserSession(db, { sessionId: added.by.id, as: "lost" });
      }
    },
    takeFence: (sessionId, { owner, taskId, userId, fence, turn }) =>
      takeFence(db, { sessionId, taskId, userId, hostId, owner, leaseMs, held: fence, turn }),
    releaseFence: (sessionId, input) => releaseFence(db, { sessionId, ...input }),
    maySubmit: (attempt) => decide(attempt, () => dispatchIntent(db, attempt)),
    maySubmitPress: (attempt) => decide(attempt, () => dispatchByAct(db, attempt)),
    tellPress(session) {
      announcePress(db, session).catch((error: unknown) => {
        log.warn({ err: error, ...session }, "a person's press was not passed on");
      });
    },
    recordAnswer({ intentId, answer }) {
      const response = { ...answer, at: new Date().toISOString() };
      unheard.set(intentId, response);
      void tellAnswer(intentId, response);
    },
    end,
    endTask: (taskId) => endTaskSession(db, taskId),
    async signOfLife({ report, sessionIds, holders }) {
      await records.ready();
      await recordSessionHost(db, { id: hostId, url: hostUrl(), report });
      for (const [sessionId, as] of unrecorded) await end(sessionId, as);
      for (const [intentId, response] of unheard) await tellAnswer(intentId, response);
      await renewLeases(db, { holders, leaseMs });
      const silent = await findSilentSessionHosts(db, hostSilenceMs);
      const lost = await giveUpSessionHosts(db, silent);
      if (lost > 0) log.warn({ hosts: silent.length, lost }, "gave up a silent session host");
      return findWantedSessions(db, sessionIds);
    },
    async leave(report) {
      if (!isRegistered) return;
      try {
        await recordSessionHost(db, { id: hostId, url: hostUrl(), report });
      } catch (error) {
        log.warn({ err: error }, "could not say that this host goes; it refuses what comes");
      }
    },
    async signOff() {
      if (!isRegistered) return;
      try {
        await giveUpSessionHosts(db, [hostId]);
      } catch (error) {
        log.warn({ err: error }, "could not sign off; the next host will");
      }
    },
  };
  return records;
}

export function noSuchTask(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "There is no such task of this person, so no browser was opened.",
  );
}
