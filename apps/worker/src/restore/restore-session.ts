import { ValetError } from "@valet/contracts";
import {
  type StepTry,
  type TaskRow,
  endBrowserSession,
  findIntent,
  findOwnedTask,
} from "@valet/db";
import { mayHaveBeenSent } from "@valet/domain";
import { adapterOf, gatePolicyOf } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { endApplication } from "../steps/end-application.ts";
import { leaseSession } from "../steps/lease-session.ts";
import { type Passed, sent, superseded } from "../steps/step-result.ts";
import { type BuiltApplication, buildApplication } from "./build-application.ts";
import { type StoredApplication, readStoredApplication } from "./read-stored-application.ts";
import { untilGone } from "./until-gone.ts";

export type Restored =
  /** The run's handle is a page with the stored values; `isChanged`: it is not the form it was. */
  | { readonly kind: "restored"; readonly isChanged: boolean }
  /** The task ended, belongs to another run, or may have been sent: nothing is left to do here. */
  | { readonly kind: "passed"; readonly passed: Passed };

interface Run {
  readonly taskId: string;
  readonly runId: string;
  readonly turn: StepTry;
}

/**
 * Builds the pages of an application again on a new browser, after the old one was lost or parked:
 * only for the run that owns the task, and never once something may have been sent. Throws
 * `SESSION_LOST` or `FENCED` when the new browser goes as well.
 */
export async function restoreSession(
  deps: WorkerDeps,
  run: Run,
  signal: AbortSignal,
): Promise<Restored> {
  const task = await findOwnedTask(deps.db, run);
  if (task === undefined) return { kind: "passed", passed: superseded };
  const intent = await findIntent(deps.db, task.id);
  if (intent !== undefined && mayHaveBeenSent(intent.state))
    return { kind: "passed", passed: sent };
  const isReviewed = intent !== undefined && intent.state !== "aborted";
  const startedAt = performance.now();
  const reading = readStoredApplication(deps, task, signal);
  // A fault of it is met where it is waited for: once there is a browser to build on.
  reading.catch(() => undefined);
  if (task.sessionId !== null) await dropSession(deps, task.sessionId, signal);
  const live = await leaseBlankPage(deps, { task, turn: run.turn }, signal);
  const built = await buildOn(deps, { run, task, live, reading, isReviewed }, signal);
  if (built.kind === "built") {
    deps.sessions.adopt(run.runId, live);
    const { isChanged } = built;
    const ms = Math.round(performance.now() - startedAt);
    deps.metrics.rebuilt(ms);
    deps.log.info(
      { taskId: task.id, workflowRunId: run.runId, sessionId: live.session.id, isChanged, ms },
      "application built again on a new browser",
    );
    return { kind: "restored", isChanged };
  }
  await live.close();
  if (built.kind === "superseded") return { kind: "passed", passed: superseded };
  return {
    kind: "passed",
    passed: await endApplication(deps, { ...run, end: built.end }, signal),
  };
}

/** A session whose page is dead must not be taken for a living one, whatever its host believes. */
async function dropSession(
  { db, hosts, log }: WorkerDeps,
  sessionId: string,
  signal: AbortSignal,
): Promise<void> {
  await endBrowserSession(db, { sessionId, as: "lost" });
  try {
    await hosts.closeSession(sessionId, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.debug({ err: error, sessionId }, "the host of a lost session does not answer");
  }
}

async function leaseBlankPage(
  deps: WorkerDeps,
  { task, turn }: { readonly task: TaskRow; readonly turn: StepTry },
  signal: AbortSignal,
): Promise<LiveSession> {
  const { id: taskId, userId } = task;
  const { sessionId } = await leaseSession(
    deps,
    { taskId, userId, url: "about:blank", policy: gatePolicyOf(adapterOf(task.platform)) },
    signal,
  );
  return deps.sessions.open({ sessionId, taskId, userId, turn }, signal);
}

interface Build {
  readonly run: Run;
  readonly task: TaskRow;
  readonly live: LiveSession;
  readonly reading: Promise<StoredApplication>;
  /** A review was opened or given: a changed form is then shown again, not given up. */
  readonly isReviewed: boolean;
}

async function buildOn(
  deps: WorkerDeps,
  { run, task, live, reading, isReviewed }: Build,
  signal: AbortSignal,
): Promise<BuiltApplication> {
  const limit = AbortSignal.any([signal, live.gone]);
  try {
    const stored = await reading;
    // Before anything is loaded.
    if (stored.storage !== undefined) await live.playwright.context.setStorageState(stored.storage);
    const { page, session, gate } = live;
    return await buildApplication(
      deps,
      { task, stored, runId: run.runId, page, gate, sessionId: session.id, isReviewed },
      limit,
    );
  } catch (error) {
    await untilGone(live);
    signal.throwIfAborted();
    if (!live.gone.aborted) {
      await live.close();
      throw error;
    }
    const why = await live.whyGone(signal);
    if (why === "fenced") throw fenced();
    if (why === "lost") await dropSession(deps, live.session.id, signal);
    throw live.gone.reason;
  }
}

function fenced(): ValetError {
  return new ValetError(
    "FENCED",
    "Another worker has taken over this application's browser in the meantime. Stop here; the newer worker goes on.",
  );
}
