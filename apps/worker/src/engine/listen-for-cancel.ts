import { findTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";

export interface PersonCancels {
  /** Aborted as soon as the person has cancelled the application. */
  readonly signal: AbortSignal;
  /** Listens no more; waits for the browser to be given back, if it was. */
  readonly close: () => Promise<void>;
}

/** A host that does not answer closes the browsers of ended applications by itself. */
const releaseLimitMs = 5_000;

/**
 * The engine cancels the run as well, but takes a second or two to get through to a child. Where the ring
 * is lost it is the only one.
 */
export function listenForCancel(
  { db, doorbell, hosts, log }: WorkerDeps,
  { taskId, userId }: { readonly taskId: string; readonly userId: string },
): PersonCancels {
  const cancelled = new AbortController();
  let releasing: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const task = await findTask(db, { id: taskId });
    if (task?.state !== "cancelled") return;
    cancelled.abort(new Error("The person has cancelled this application."));
    await hosts.closeTaskSession(taskId, AbortSignal.timeout(releaseLimitMs));
  }

  const unsubscribe = doorbell.subscribe(userId, (message) => {
    if (message.taskId !== taskId || message.to !== "cancelled") return;
    releasing ??= stop().catch((error: unknown) => {
      log.warn(
        { err: error, taskId },
        "a cancelled application is left to the engine and the host",
      );
    });
  });
  return {
    signal: cancelled.signal,
    close: async () => {
      unsubscribe();
      await releasing;
    },
  };
}
