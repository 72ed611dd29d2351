import type { Socket } from "node:net";

/**
 * Keeps what a browser sends in the proxy for as long as it is decided whether a request may leave. Should
 * the gate lose its browser just then, Chromium lets the request go at once and tells so at the same time:
 * whichever of the two arrives first, nothing has left when the proxy closes.
 */
export interface EgressHold {
  begin(): void;
  end(): void;
  /** Resolves when nothing is held. */
  free(): Promise<void>;
  /** Passes on what a browser's connection brings, except while it is held. */
  pass(client: Socket, upstream: Socket): void;
}

export function createEgressHold(): EgressHold {
  const passing = new Map<Socket, Socket>();
  let count = 0;
  let ended = Promise.withResolvers<void>();
  const hold: EgressHold = {
    begin() {
      count += 1;
      if (count > 1) return;
      ended = Promise.withResolvers();
      for (const [client, upstream] of passing) client.unpipe(upstream);
    },
    end() {
      count -= 1;
      if (count > 0) return;
      ended.resolve();
      for (const [client, upstream] of passing) if (!upstream.destroyed) client.pipe(upstream);
    },
    async free() {
      if (count === 0) return;
      await ended.promise;
      // It may be held anew by then.
      await hold.free();
    },
    pass(client, upstream) {
      passing.set(client, upstream);
      client.once("close", () => passing.delete(client));
      if (count === 0) client.pipe(upstream);
    },
  };
  return hold;
}
