import type { CdpPipe } from "./create-cdp-pipe.ts";
import { type RequestLog, createRequestLog } from "./create-request-log.ts";
import { openCdpConnection } from "./open-cdp-connection.ts";
import type { RequestRecord, DocumentRecord } from "./request-record.ts";
import { watchTargets } from "./watch-targets.ts";

export interface RequestObservation {
  /** The last 100 requests that were not GET, HEAD or OPTIONS, oldest first. */
  requests(): RequestRecord[];
  document(): DocumentRecord | undefined;
  close(): void;
}

/**
 * Watches what a browser sends, in all its pages, frames and workers, over a connection of the
 * owner's: what a worker has set off is still known after that worker's death.
 */
export async function observeRequests({
  pipe,
}: {
  readonly pipe: CdpPipe;
}): Promise<RequestObservation> {
  const watch = watchTargets((connection, { sessionId }) =>
    connection.call("Network.enable", networkLimits, sessionId),
  );
  const log: RequestLog = createRequestLog({
    findPageFrame(sessionId) {
      const target = watch.find(sessionId);
      return target?.type === "page" ? target.targetId : undefined;
    },
  });
  const connection = await openCdpConnection({
    pipe,
    onEvent(event) {
      watch.onEvent(event);
      log.onEvent(event);
    },
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
