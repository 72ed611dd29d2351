import {
  type IdleLimits,
  type IdleReview,
  claimIdleReview,
  endBrowserSession,
  findLastPlace,
  saveHibernation,
} from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { ParkedState, parkedStateKey } from "./parked-state.ts";

/** The task is locked meanwhile, so an approval waits at most this long. */
const parkLimitMs = 10_000;
/** A site that keeps more than this in its storage has its browser kept. */
const maxStateBytes = 1024 * 1024;

export type Parked =
  | { readonly kind: "parked"; readonly taskId: string; readonly byteSize: number }
  /** Its browser is gone, does not answer or holds too much; tried again later. */
  | { readonly kind: "skipped"; readonly taskId: string }
  | { readonly kind: "none" };

/**
 * Parks one browser that has waited long for a review: takes it over, stores its cookies and local
 * storage, records its place and closes it. All of that happens with the task locked, so that no
 * approval can be on its way to a page that is being closed.
 */
export async function parkSession(
  deps: WorkerDeps,
  limits: IdleLimits,
  signal: AbortSignal,
): Promise<Parked> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(parkLimitMs)]);
  const { parked, sessionId } = await deps.db.transaction().execute(async (trx) => {
    const idle = await claimIdleReview(trx, limits);
    if (idle === undefined) return { parked: { kind: "none" } as const };
    const { taskId } = idle;
    const place = await findLastPlace(trx, idle);
    const body = place && (await readState(deps, idle, limit));
    if (place === undefined || body === undefined || body.length > maxStateBytes)
      return { parked: { kind: "skipped", taskId } as const };
    const storageKey = parkedStateKey(idle);
    await deps.store.put({ key: storageKey, body, contentType: "application/json" }, limit);
    await deps.checkpoint("hibernation:stored", taskId);
    const byteSize = body.length;
    await saveHibernation(trx, { ...idle, ...place, storageKey, byteSize });
    await endBrowserSession(trx, { sessionId: idle.sessionId, as: "hibernated" });
    return { parked: { kind: "parked", taskId, byteSize } as const, sessionId: idle.sessionId };
  });
  if (sessionId !== undefined) await closeBrowser(deps, sessionId, signal);
  return parked;
}

/** Undefined when the browser cannot be reached; whoever needs the page next finds out why. */
async function readState(
  { sessions, log }: WorkerDeps,
  { taskId, userId, sessionId }: IdleReview,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    const live = await sessions.open({ sessionId, taskId, userId }, signal);
    try {
      const storage = await live.playwright.context.storageState();
      return Buffer.from(JSON.stringify(ParkedState.parse({ version: 1, storage })));
    } finally {
      await live.close();
    }
  } catch (error) {
    log.debug({ err: error, taskId, sessionId }, "a browser that waits could not be parked");
    return undefined;
  }
}

/** The session has ended for everybody by now; this only brings its host to act at once. */
async function closeBrowser(
  { hosts, log }: WorkerDeps,
  sessionId: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await hosts.closeSession(sessionId, signal);
  } catch (error) {
    log.warn({ err: error, sessionId }, "a parked browser was not closed, its host will do it");
  }
}
