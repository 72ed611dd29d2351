import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import type { Logger } from "@valet/runtime";
import type { Dialer } from "./create-dialer.ts";
import { createEgressHold } from "./create-egress-hold.ts";
import { createEgressServer } from "./create-egress-server.ts";
import { createSubmitLatch, originKey } from "./create-submit-latch.ts";
import type { EgressDeps } from "./egress-deps.ts";

/** One browser's only way out. */
export interface EgressProxy {
  /** For `egressArgs`: `http://127.0.0.1:PORT`. */
  readonly address: string;
  /**
   * Call while the request that submits is held at the gate, before it is released; and again for a
   * redirect that repeats it. From here to `endSubmission` its origin gets one connection that could
   * carry it.
   *
   * @param origin a URL's origin, such as `https://jobs.example.com`.
   */
  beginSubmission(origin: string): void;
  /** Nothing that the browser sends passes until `endHold`; asked for more than once, it is ended as often. */
  beginHold(): void;
  endHold(): void;
  /** The browser has seen the head of the answer, or the request has failed for good. */
  endSubmission(): void;
  /** Closes every connection at once, before it returns, and lets nothing pass any more. */
  cutOff(): void;
  /** How many repeats were held back, and how many connections the dialer did not permit. */
  facts(): EgressFacts;
  close(): Promise<void>;
}

export interface EgressFacts {
  readonly latched: number;
  readonly refusedHosts: number;
}

export interface EgressProxyInput {
  readonly dialer: Dialer;
  readonly log: Logger;
}

/** Starts a forward proxy on a free port of 127.0.0.1. */
export async function createEgressProxy({ dialer, log }: EgressProxyInput): Promise<EgressProxy> {
  const latch = createSubmitLatch();
  const hold = createEgressHold();
  const cut = new AbortController();
  const upstreams = new Set<Socket>();
  const tunnels = new Map<() => void, string>();
  let refusedHosts = 0;

  const deps: EgressDeps = {
    latch,
    hold,
    async dial(target, signal) {
      const either = AbortSignal.any([signal, cut.signal]);
      if (either.aborted) return { kind: "unreachable" };
      const dialled = await dialer.dial(target, either);
      if (dialled.kind === "refused") refusedHosts += 1;
      if (dialled.kind !== "connected") return dialled;
      const { socket } = dialled;
      if (either.aborted) {
        socket.destroy();
        return { kind: "unreachable" };
      }
      upstreams.add(socket);
      socket.once("close", () => upstreams.delete(socket));
      return dialled;
    },
    keepTunnel(key, destroy) {
      tunnels.set(destroy, key);
      return () => void tunnels.delete(destroy);
    },
  };

  const browserSide = createEgressServer(deps);
  const { server } = browserSide;
  server.on("connection", (client) => {
    if (cut.signal.aborted) client.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const closed = once(server, "close");

  function cutOff(): void {
    cut.abort();
    server.close();
    browserSide.destroyAll();
    // Reset, so that the system does not send what it still holds for them.
    for (const upstream of upstreams) upstream.resetAndDestroy();
  }

  const facts = (): EgressFacts => ({ latched: latch.refusals(), refusedHosts });
  return {
    address: `http://127.0.0.1:${portOf(server.address())}`,
    beginSubmission(origin) {
      const key = originKey(new URL(origin));
      // Taken before the latch hands on what has waited: that is new, and may live.
      const before = [...tunnels].filter(([, to]) => to === key);
      latch.begin(origin);
      for (const [destroy] of before) destroy();
      browserSide.destroyIdle(key);
    },
    endSubmission: () => latch.end(),
    beginHold: () => hold.begin(),
    endHold: () => hold.end(),
    cutOff,
    facts,
    async close() {
      cutOff();
      await closed;
      log.info(facts(), "egress proxy closed");
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
