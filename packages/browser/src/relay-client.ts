import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@valet/runtime";
import type { WebSocket } from "ws";
import { type CdpCommand, type CdpMessage, parseCommand } from "./cdp-message.ts";
import type { CdpLink } from "./cdp-link.ts";
import type { CdpPipe } from "./create-cdp-pipe.ts";

export interface RelayClientInput {
  readonly pipe: CdpPipe;
  readonly socket: WebSocket;
  readonly maxUnreadBytes: number;
  /** False for a client that may only read. */
  readonly mayAct: boolean;
  /** Told when the client can speak to the browser. */
  readonly onLinked?: () => void;
  readonly log: Logger;
}

export interface RelayClient {
  /** At once: nothing this client has sent and we have not yet passed on reaches the browser. */
  cut(): void;
  /**
   * Cuts it at once as well, and resolves when what had reached the browser before is done there: until
   * then a key that it pressed may still be on its way to the page.
   */
  cutAndSettle(): Promise<void>;
  /** Resolves when the connection has ended for any reason. */
  readonly gone: Promise<void>;
}

/** One client of the relay: a WebSocket on one side, a link of its own on the other. */
export function admitClient(input: RelayClientInput): RelayClient {
  const { pipe, socket, maxUnreadBytes, mayAct, onLinked, log } = input;
  const { promise: gone, resolve: resolveGone } = Promise.withResolvers<void>();
  let link: CdpLink | undefined;
  let isCut = false;

  function cut(): void {
    if (isCut) return;
    isCut = true;
    link?.close();
    socket.terminate();
    resolveGone();
  }

  async function cutAndSettle(): Promise<void> {
    if (isCut) return;
    isCut = true;
    socket.terminate();
    resolveGone();
    if (link === undefined) return; // it opens late, and is closed when it does
    await Promise.all([
      within(inputSettlesWithinMs, link.answered(isInput)),
      within(
        otherSettlesWithinMs,
        link.answered((method) => !isInput(method)),
      ),
    ]);
    link.close();
  }

  function receive(message: CdpMessage): void {
    if (isCut) return;
    socket.send(JSON.stringify(message));
    if (socket.bufferedAmount <= maxUnreadBytes) return;
    log.warn({ unreadBytes: socket.bufferedAmount }, "cut a browser client that does not read");
    cut();
  }

  function onCommand(text: string): void {
    const command = parseCommand(text);
    if (command === undefined) {
      log.warn({ bytes: text.length }, "cut a browser client that does not speak CDP");
      cut();
      return;
    }
    if (ownersOnly.has(command.method)) {
      receive(acknowledge(command));
      return;
    }
    if (isWayAround(command)) {
      receive(refuse(command, "The way out is the owner's."));
      return;
    }
    if (!mayAct && isAct(command.method)) {
      receive(refuse(command, "Who reads does not act."));
      return;
    }
    link?.send(command);
    if (!pipe.isFull()) return;
    socket.pause();
    void pipe.drained().then(() => socket.resume());
  }

  socket.on("message", (data: Buffer) => {
    if (!isCut) onCommand(data.toString("utf8"));
  });
  socket.on("close", cut);
  socket.on("error", cut);
  // Commands wait in the socket until there is a link to put them on.
  socket.pause();
  pipe.openLink({ receive, closed: cut }).then(
    (opened) => {
      link = opened;
      if (isCut) {
        opened.close();
        return;
      }
      socket.resume();
      onLinked?.();
    },
    () => cut(),
  );
  return { cut, cutAndSettle, gone };
}

/** A page that shows a dialog, or is busy, answers to no input; that cannot be waited for. */
const inputSettlesWithinMs = 2_000;
/** Many of these wait for something of the page and may do so for long. */
const otherSettlesWithinMs = 200;

function isInput(method: string): boolean {
  return method.startsWith("Input.");
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const limit = delay(limitMs, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([work, limit]);
  patience.abort();
}

/** The browser's life is its owner's business; clients that tidy up after themselves get a yes. */
const ownersOnly = new Set(["Browser.close", "Browser.crash", "Browser.crashGpuProcess"]);

/** A context with a proxy of its own would go past its owner's, and so past the gate's way out. */
function isWayAround({ method, params }: CdpCommand): boolean {
  return method === "Target.createBrowserContext" && params?.proxyServer !== undefined;
}

function refuse({ id, sessionId }: CdpCommand, message: string): CdpMessage {
  return { id, sessionId, error: { code: -32_000, message } };
}

/** What is done to a page from outside it, as a person would do it, and what touches its requests. */
function isAct(method: string): boolean {
  return (
    isInput(method) ||
    method.startsWith("Fetch.") ||
    /^(?:Page\.(?:navigate\w*|reload|close|stopLoading|handleJavaScriptDialog)|Target\.(?:createTarget|closeTarget|activateTarget)|DOM\.setFileInputFiles)$/u.test(
      method,
    )
  );
}

function acknowledge({ id, sessionId }: CdpCommand): CdpMessage {
  return { id, sessionId, result: {} };
}
