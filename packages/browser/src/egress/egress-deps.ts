import type { DialResult } from "./create-dialer.ts";
import type { EgressHold } from "./create-egress-hold.ts";
import type { SubmitLatch } from "./create-submit-latch.ts";
import type { EgressTarget } from "./read-target.ts";

/** What the three ways through the proxy (tunnel, upgrade, plain request) share. */
export interface EgressDeps {
  readonly latch: SubmitLatch;
  readonly hold: EgressHold;
  /** Dials through the policy and keeps account of the socket; `unreachable` once all is cut off. */
  dial(target: EgressTarget, signal: AbortSignal): Promise<DialResult>;
  /** Remembers how to end a tunnel to this `host:port`, until the returned function is called. */
  keepTunnel(key: string, destroy: () => void): () => void;
}
