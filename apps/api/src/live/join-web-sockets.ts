import type { WebSocket } from "ws";

/** So much may wait for one side before the other is not read any more. */
const maxUnreadBytes = 1024 * 1024;
/** Of one that is told to go and does not answer. */
const goodbyeMs = 1_000;

/** Passes what either says to the other, no faster than it reads, until one of them goes. */
export function joinWebSockets(viewer: WebSocket, upstream: WebSocket): void {
  pass(viewer, upstream);
  pass(upstream, viewer);
  upstream.resume();
}

function pass(from: WebSocket, to: WebSocket): void {
  from.on("message", (data: Buffer, isBinary: boolean) => {
    to.send(data, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount <= maxUnreadBytes / 2) from.resume();
    });
    if (to.bufferedAmount > maxUnreadBytes) from.pause();
  });
  from.on("close", (code, reason) => {
    // Codes of our own say why; the others are not for us to send.
    if (code >= 4000) to.close(code, reason);
    else to.close();
    setTimeout(() => to.terminate(), goodbyeMs).unref();
  });
  // What follows an error is its close.
  from.on("error", () => undefined);
}
