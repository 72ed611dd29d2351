import { z } from "zod";
import type { CdpEvent } from "./cdp-message.ts";
import type { CdpConnection } from "./open-cdp-connection.ts";

/** A page, frame or worker of the browser, with the session through which it is spoken to. */
export interface WatchedTarget {
  readonly sessionId: string;
  readonly targetId: string;
  /** `page`, `iframe`, `worker`, `service_worker`, …: Chromium's own word. */
  readonly type: string;
}

export interface TargetWatch {
  /** Hand every event of the connection to this. */
  onEvent(event: CdpEvent): void;
  start(connection: CdpConnection): Promise<void>;
  find(sessionId: string | undefined): WatchedTarget | undefined;
}

/**
 * Attaches to every target there is and will be, frames and workers below them included. A new one is
 * held until `prepare` has sent its commands: so it cannot make a request that nobody saw.
 */
export function watchTargets(
  prepare: (connection: CdpConnection, target: WatchedTarget) => Promise<unknown>,
): TargetWatch {
  const targets = new Map<string, WatchedTarget>();
  let connection: CdpConnection | undefined;

  function onAttached(event: CdpEvent): void {
    const attached = Attached.safeParse(event.params);
    if (!attached.success || connection === undefined) return;
    const { sessionId, targetInfo } = attached.data;
    const release = ["Runtime.runIfWaitingForDebugger", {}, sessionId] as const;
    // The address bar's own popups: theirs to run, not ours to watch.
    if (targetInfo.type === "browser_ui") {
      connection.call(...release).catch(ignoreGone);
      return;
    }
    const target = { sessionId, ...targetInfo };
    targets.set(sessionId, target);
    // Sent in this order in one go; a target may end before it answers.
    prepare(connection, target).catch(ignoreGone);
    connection.call("Target.setAutoAttach", autoAttach, sessionId).catch(ignoreGone);
    connection.call(...release).catch(ignoreGone);
  }

  return {
    find: (sessionId) => (sessionId === undefined ? undefined : targets.get(sessionId)),
    onEvent(event) {
      if (event.method === "Target.attachedToTarget") onAttached(event);
      if (event.method === "Target.detachedFromTarget") {
        const { sessionId } = event.params;
        if (typeof sessionId === "string") targets.delete(sessionId);
      }
    },
    async start(opened) {
      connection = opened;
      await opened.call("Target.setAutoAttach", autoAttach);
    },
  };
}

const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

const Attached = z.object({
  sessionId: z.string(),
  targetInfo: z.object({ targetId: z.string(), type: z.string() }),
});

function ignoreGone(): void {
  // Targets come and go; the browser's own end is noticed where its process is watched.
}
