import type { Socket } from "node:net";
import type { EgressDeps } from "./egress-deps.ts";
import { joinSockets } from "./join-sockets.ts";
import { answerBare } from "./raw-head.ts";
import { readAuthority, targetKey } from "./read-target.ts";

export interface TunnelInput {
  /** The target of the CONNECT, as it was sent. */
  readonly authority: string;
  readonly client: Socket;
  /** What the client sent along without waiting. */
  readonly head: Buffer;
}

/** Answers a CONNECT: what passes through the tunnel is the browser's and the site's alone. */
export function serveTunnel(deps: EgressDeps, { authority, client, head }: TunnelInput): void {
  client.on("error", () => undefined); // its close says all that matters
  const target = readAuthority(authority);
  if (target === undefined) {
    answerBare(client, 400);
    return;
  }
  const key = targetKey(target);
  const leaving = new AbortController();
  let upstream: Socket | undefined;

  const destroy = (): void => {
    client.destroy();
    upstream?.destroy();
    onEnded();
  };
  const open = async (): Promise<void> => {
    client.once("close", deps.keepTunnel(key, destroy));
    const dialled = await deps.dial(target, leaving.signal);
    if (dialled.kind !== "connected") {
      onEnded();
      answerBare(client, dialled.kind === "refused" ? 403 : 502);
      return;
    }
    upstream = dialled.socket;
    // Before the bytes are joined: the latch hears of an end sooner than the browser.
    upstream.once("end", onEnded).once("close", onEnded);
    client.off("readable", noticeEnd);
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) client.unshift(head);
    joinSockets(deps.hold, { client, upstream });
  };
  // Nobody reads yet, and who does not read is not told that the other side has left.
  const noticeEnd = (): void => void client.read(0);
  client.on("readable", noticeEnd).once("end", onEnded).once("close", onEnded);

  const tunnel = deps.latch.askTunnel(key, {
    pass: () => void open().catch(destroy),
    refuse: () => answerBare(client, 502),
  });
  function onEnded(): void {
    leaving.abort();
    tunnel.ended();
  }
}
