import type { SessionHostClient } from "@valet/browser";
import { isValetError } from "@valet/contracts";
import {
  type ErasedSession,
  type Erasure,
  type TaskWrite,
  type TaskWriter,
  endTask,
  enqueue,
  eraseRows,
  findIntent,
  finishErasure,
  hasSuccessor,
  hasUnsentMessages,
  keepUnclosedSessions,
  listLiveTasksOf,
  writeTask,
} from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { ObjectStore } from "@valet/storage";
import { cancelTask } from "../cancel-task.ts";

export interface EraseDeps {
  readonly writer: TaskWriter;
  readonly store: Pick<ObjectStore, "deleteTree">;
  readonly hostAt: ((url: string) => SessionHostClient) | undefined;
  readonly kickRelay: () => void;
  /** How long after the rows the store is looked at last; 15 s unless given. */
  readonly stragglerMs?: number;
  readonly log: Logger;
}

export type ErasureStep =
  | { readonly kind: "done" }
  /** Not now; `waitsFor` is a code for the log. */
  | { readonly kind: "later"; readonly seconds: number; readonly waitsFor: string };

/** What may have been sent gets so long to have its outcome determined; then it ends as unconfirmed. */
const outcomeLimitMs = 25_000;
/**
 * A worker that was at it when the rows went may still put a picture into the store. So much later it has found
 * out: its browser is closed, and it finds no task.
 */
const stragglerMs = 15_000;
/** A host that has not come back by then removes its folders whenever it does. */
const hostLimitMs = 24 * 3_600_000;
const closeLimitMs = 10_000;

/**
 * Goes on with erasing a person from wherever it stands: the database says where. Each part may be done twice.
 * Nothing is sent meanwhile that was not on its way already, and nothing of it again.
 */
export async function erasePerson(
  deps: EraseDeps,
  erasure: Erasure,
  signal: AbortSignal,
): Promise<ErasureStep> {
  const { db } = deps.writer;
  const { userId } = erasure;
  if (erasure.rowsErasedForMs === undefined) {
    if (!(await endTasks(deps, erasure))) return later(1, "OUTCOME");
    // With its task a message to the engine would go as well, and a run wait for somebody who is gone.
    const isHeard = !(await hasUnsentMessages(db, userId));
    if (!isHeard && erasure.ageMs < outcomeLimitMs) return later(0.5, "OUTBOX");
    const rows = await eraseRows(db, userId);
    if (rows.kind === "live") return later(0.5, "TASK");
    deps.log.info({ tasks: rows.tasks }, "the rows of a person were erased");
    // Nothing is held back for the rest: what is left is read anew.
    return later(0, "FILES");
  }
  await eraseFiles(deps, erasure, signal);
  const unclosed = await closeSessions(deps, erasure, signal);
  if (unclosed.length < erasure.sessions.length) {
    await keepUnclosedSessions(db, { userId, sessions: unclosed });
  }
  if (unclosed.length > 0 && erasure.ageMs < hostLimitMs) return later(2, "SESSION_HOST");
  const left = (deps.stragglerMs ?? stragglerMs) - erasure.rowsErasedForMs;
  if (left > 0) return later(left / 1_000, "STRAGGLERS");
  await finishErasure(db, userId);
  if (unclosed.length > 0) {
    deps.log.warn({ count: unclosed.length }, "browsers of an erased person are with a lost host");
  }
  deps.log.info({ ms: Math.round(erasure.ageMs) }, "a person was erased");
  return { kind: "done" };
}

function later(seconds: number, waitsFor: string): ErasureStep {
  return { kind: "later", seconds, waitsFor };
}

/** Cancels what can be cancelled. False while something that may have been sent waits for its outcome. */
async function endTasks({ writer, kickRelay }: EraseDeps, erasure: Erasure): Promise<boolean> {
  let isWaiting = false;
  for (const taskId of await listLiveTasksOf(writer.db, erasure.userId)) {
    try {
      await writeTask(writer, taskId, cancelTask);
    } catch (error) {
      if (isValetError(error, "ILLEGAL_TRANSITION")) continue;
      if (!isValetError(error, "ALREADY_SUBMITTED")) throw error;
      if (erasure.ageMs < outcomeLimitMs) isWaiting = true;
      else await writeTask(writer, taskId, endUnconfirmed);
    }
  }
  kickRelay();
  return !isWaiting;
}

async function endUnconfirmed(write: TaskWrite): Promise<void> {
  const { trx, task } = write;
  const intent = await findIntent(trx, task.id);
  await endTask(write, {
    outcome: "unconfirmed",
    reason: "NO_PROOF",
    message: "The application was sent. You were erased before its outcome was known.",
  });
  if (intent !== undefined && task.runId !== null) {
    await enqueue(trx, task.id, { kind: "cancel_run", runId: task.runId });
  }
}

async function eraseFiles(
  { store }: EraseDeps,
  { prefixes }: Erasure,
  signal: AbortSignal,
): Promise<void> {
  for (const prefix of prefixes) await store.deleteTree(prefix, signal);
}

/** Those that their hosts have not confirmed as gone. */
async function closeSessions(
  deps: EraseDeps,
  { sessions }: Erasure,
  signal: AbortSignal,
): Promise<ErasedSession[]> {
  const gone = await Promise.all(sessions.map((session) => isGone(deps, session, signal)));
  return sessions.filter((_, index) => gone[index] !== true);
}

async function isGone(
  { writer, hostAt }: EraseDeps,
  { sessionId, hostId, hostUrl }: ErasedSession,
  signal: AbortSignal,
): Promise<boolean> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(closeLimitMs)]);
  const isClosed = await hostAt?.(hostUrl)
    .closeSession(sessionId, either)
    .then(
      () => true,
      () => false,
    );
  signal.throwIfAborted();
  return isClosed === true || hasSuccessor(writer.db, hostId);
}
