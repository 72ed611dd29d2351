import { isTargetGone } from "./cdp-message.ts";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { type RequestLog, createRequestLog } from "./create-request-log.ts";
import type { RequestGate } from "./gate/create-request-gate.ts";
import { type CdpConnection, openCdpConnection } from "./open-cdp-connection.ts";
import type { RequestRecord, DocumentRecord } from "./request-record.ts";
import { watchTargets } from "./watch-targets.ts";

export interface RequestObservation {
  /** The last 100 requests that were not GET, HEAD or OPTIONS, oldest first. */
  requests(): RequestRecord[];
  document(): DocumentRecord | undefined;
  close(): void;
}

export interface ObserveRequestsInput {
  readonly pipe: CdpPipe;
  /** Stands before everything that is watched, from each target's first moment on. */
  readonly gate?: RequestGate;
  /**
   * The gate stands no more, or not before everything: its connection has ended, on which Chromium lets go
   * of what was held, or a target refused it. The owner has to close the way out at once.
   */
  readonly onUnguarded?: () => void;
}

/**
 * Watches what a browser sends, in all its pages, frames and workers, over a connection of the
 * owner's: what a worker has set off is still known after that worker's death.
 */
export async function observeRequests({
  pipe,
  gate,
  onUnguarded,
}: ObserveRequestsInput): Promise<RequestObservation> {
  const watch = watchTargets((connection, target) =>
    Promise.all([
      connection.call("Network.enable", networkLimits, target.sessionId),
      gate?.prepare(connection, target).catch((error: unknown) => {
        if (!isTargetGone(error)) onUnguarded?.();
      }),
    ]),
  );
  const log: RequestLog = createRequestLog({
    findPageFrame(sessionId) {
      const target = watch.find(sessionId);
      return target?.type === "page" ? target.targetId : undefined;
    },
  });
  const connection: CdpConnection = await openCdpConnection({
    pipe,
    onEvent(event) {
      watch.onEvent(event);
      log.onEvent(event);
      gate?.onEvent(connection, event);
    },
    onCut: onUnguarded,
  });
  await watch.start(connection);
  return {
    requests: () => log.entries(),
    document: () => log.document(),
    close: () => connection.close(),
  };
}

/** Bodies are not our business here: none is kept or sent along. */
const networkLimits = { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 };
