import type { Socket } from "node:net";
import {
  type LiveEnding,
  type LiveMessage,
  type LiveProtocol,
  liveEndings,
} from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { WebSocket } from "ws";
import { type RfbRules, createRfbReader } from "./rfb-client-messages.ts";

export interface DisplayClientInput {
  /** Where the viewer is. */
  readonly webSocket: WebSocket;
  /** A connection to the display. */
  readonly socket: Socket;
  readonly rules: RfbRules;
  /** Told when the person has done something that reached the display. */
  readonly onInput?: () => void;
  /** How much may wait for a viewer before the display does; 1 MiB unless given. */
  readonly maxUnreadBytes?: number;
  /** A viewer that reads nothing for so long while something waits is cut; 10 s unless given. */
  readonly stalledMs?: number;
  readonly log: Logger;
}

/** One viewer of a display. */
export interface DisplayClient {
  /** At once: nothing it has sent and we have not yet passed on reaches the display. */
  cut(ending: LiveEnding): void;
  /** Beside the picture; a viewer that speaks RFB alone hears nothing. */
  tell(message: LiveMessage): void;
  /** Resolves when the connection has ended for any reason. */
  readonly gone: Promise<void>;
}

const maxUnreadBytesByDefault = 1024 * 1024;
const stalledMsByDefault = 10_000;
const telling: LiveProtocol = "valet.live.1";
/** One that does not read does not hear the goodbye either. */
const goodbyeMs = 1_000;

/** Carries RFB between a viewer and a display; what the viewer says is read and filtered on the way. */
export function serveDisplayClient(input: DisplayClientInput): DisplayClient {
  const { webSocket, socket, rules, onInput, log } = input;
  const { maxUnreadBytes = maxUnreadBytesByDefault, stalledMs = stalledMsByDefault } = input;
  const { promise: gone, resolve: resolveGone } = Promise.withResolvers<void>();
  const reader = createRfbReader(rules);
  let isCut = false;
  let stalled: NodeJS.Timeout | undefined;

  function cut(ending: LiveEnding): void {
    if (isCut) return;
    isCut = true;
    clearTimeout(stalled);
    socket.destroy();
    webSocket.close(liveEndings[ending], ending);
    setTimeout(() => webSocket.terminate(), goodbyeMs).unref();
    resolveGone();
  }

  function waitForReader(): void {
    socket.pause();
    stalled ??= setTimeout(() => {
      log.warn({ unreadBytes: webSocket.bufferedAmount }, "cut a viewer that does not read");
      cut("not_reading");
    }, stalledMs);
  }

  function onTaken(): void {
    if (isCut || stalled === undefined || webSocket.bufferedAmount > maxUnreadBytes / 2) return;
    clearTimeout(stalled);
    stalled = undefined;
    socket.resume();
  }

  socket.on("data", (data: Buffer) => {
    if (isCut) return;
    webSocket.send(data, onTaken);
    if (webSocket.bufferedAmount > maxUnreadBytes) waitForReader();
  });
  webSocket.on("message", (data: Buffer) => {
    if (isCut) return;
    const verdict = reader.read(data);
    if (verdict.kind === "broken") {
      log.warn({ why: verdict.why }, "cut a viewer that does not speak RFB");
      cut("not_understood");
      return;
    }
    if (verdict.inputs > 0) onInput?.();
    if (verdict.bytes.length === 0) return;
    // The display reads fast; one that does not is no reason to keep what people type.
    if (socket.write(verdict.bytes)) return;
    webSocket.pause();
    socket.once("drain", () => webSocket.resume());
  });
  for (const event of ["close", "error"]) {
    webSocket.on(event, () => cut("handed_back"));
    socket.on(event, () => cut("session_over"));
  }
  return {
    cut,
    tell(message) {
      if (isCut || webSocket.protocol !== telling) return;
      webSocket.send(JSON.stringify(message));
    },
    gone,
  };
}
