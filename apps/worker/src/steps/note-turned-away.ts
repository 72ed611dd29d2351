import { getTask, strikeHost } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";

/** The site has turned this application away: nobody else is sent there for a while. */
export async function noteTurnedAway(
  { db, log }: WorkerDeps,
  { taskId, live }: { readonly taskId: string; readonly live: LiveSession },
  signal: AbortSignal,
): Promise<void> {
  const { host } = await getTask(db, { id: taskId });
  const retryAfterMs = await askedToWait(live, signal);
  const { strikes, until } = await strikeHost(db, host, { now: new Date(), retryAfterMs });
  log.warn({ taskId, strikes, until }, "a site has turned an application away and is left alone");
}

/** What the site has said of when to come again, in milliseconds; 0 where it has not. */
async function askedToWait({ session }: LiveSession, signal: AbortSignal): Promise<number> {
  try {
    const { document } = await session.host.getSession(session.id, signal);
    return (document?.retryAfterSeconds ?? 0) * 1_000;
  } catch {
    signal.throwIfAborted();
    return 0;
  }
}
