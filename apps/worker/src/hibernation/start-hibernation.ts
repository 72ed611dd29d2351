import { setTimeout as delay } from "node:timers/promises";
import { type IdleLimits, forgetHibernation, listEndedHibernations } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { parkSession } from "./park-session.ts";

export interface Hibernation {
  /** Stops after the browser that is being parked. */
  close(): Promise<void>;
}

const longestPauseMs = 30_000;
const shortestPauseMs = 100;
/** A browser that could not be parked is left alone for so long. */
const retryAfterMs = 60_000;
const eraseAtOnce = 100;

/**
 * Parks browsers that have waited for a review for `idleMs` (`pressedMs` where others wait for them), one after the other, and erases what was
 * stored for tasks that have ended. Every worker does this; a locked task is passed over.
 */
export function startHibernation(
  deps: WorkerDeps,
  { idleMs, pressedMs }: Pick<IdleLimits, "idleMs" | "pressedMs">,
): Hibernation {
  const stop = new AbortController();
  const pauseMs = Math.min(
    longestPauseMs,
    Math.max(shortestPauseMs, Math.min(idleMs, pressedMs) / 4),
  );
  const skipped = new Map<string, number>();

  async function parkAll(): Promise<void> {
    while (!stop.signal.aborted) {
      for (const [taskId, at] of skipped) if (at < Date.now()) skipped.delete(taskId);
      const parked = await parkSession(
        deps,
        { idleMs, pressedMs, except: [...skipped.keys()] },
        stop.signal,
      );
      if (parked.kind === "none") return;
      const { taskId } = parked;
      if (parked.kind === "skipped") skipped.set(taskId, Date.now() + retryAfterMs);
      else {
        const { byteSize } = parked;
        deps.metrics.parked(byteSize);
        deps.log.info({ taskId, byteSize }, "browser parked");
      }
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await delay(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        await parkAll();
        await eraseEnded(deps, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        deps.log.warn({ err: error }, "browsers that wait could not be parked; tried again");
      }
    }
  }

  const running = run();
  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}

/** The object first: a record without its object would hide cookies that nobody erases. */
async function eraseEnded({ db, store }: WorkerDeps, signal: AbortSignal): Promise<void> {
  for (const { taskId, storageKey } of await listEndedHibernations(db, eraseAtOnce)) {
    await store.delete(storageKey, signal);
    await forgetHibernation(db, taskId);
  }
}
