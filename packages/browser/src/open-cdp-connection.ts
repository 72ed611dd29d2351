import {
  type CdpEvent,
  type CdpParams,
  type CdpReply,
  browserGone,
  cdpFailure,
  isReply,
} from "./cdp-message.ts";
import type { CdpPipe } from "./create-cdp-pipe.ts";

/** The owner's own typed connection, beside those of the workers; nobody but the owner can cut it. */
export interface CdpConnection {
  /** @throws ValetError `SESSION_LOST` when the browser is gone, `INTERNAL` when it refuses. */
  call(method: string, params?: CdpParams, sessionId?: string): Promise<CdpParams>;
  close(): void;
}

export interface CdpConnectionInput {
  readonly pipe: CdpPipe;
  readonly onEvent: (event: CdpEvent) => void;
  /** The browser is gone or has ended the connection; not called after the owner's own `close`. */
  readonly onCut?: (() => void) | undefined;
}

export async function openCdpConnection(input: CdpConnectionInput): Promise<CdpConnection> {
  const waiting = new Map<number, (reply: CdpReply) => void>();
  let lastId = 0;
  let isOpen = true;

  function endWaiting(): void {
    isOpen = false;
    for (const [id, answer] of waiting) answer({ id, error: browserGone });
    waiting.clear();
  }

  const link = await input.pipe.openLink({
    receive(message) {
      if (!isReply(message)) {
        input.onEvent(message);
        return;
      }
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      answer?.(message);
    },
    closed() {
      endWaiting();
      input.onCut?.();
    },
  });

  return {
    call(method, params = {}, sessionId) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const answer = ({ result, error }: CdpReply): void => {
          if (error === undefined) resolve(result ?? {});
          else reject(cdpFailure(method, error));
        };
        if (!isOpen) {
          answer({ id, error: browserGone });
          return;
        }
        waiting.set(id, answer);
        link.send({ id, method, params, sessionId });
      });
    },
    close() {
      link.close();
      endWaiting();
    },
  };
}
