import type { Readable, Writable } from "node:stream";
import { ValetError } from "@valet/contracts";
import {
  type CdpCommand,
  type CdpMessage,
  type CdpParams,
  type CdpReply,
  isReply,
  browserGone,
  cdpFailure,
} from "./cdp-message.ts";
import { type CdpLink, type CdpLinkListener, type PipeLink, createLink } from "./cdp-link.ts";
import { splitMessages } from "./split-messages.ts";

/** From here on callers should stop sending until `drained()`. */
const fullAtBytes = 16 * 1024 * 1024;

export interface CdpPipeInput {
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
}

export interface CdpPipe {
  openLink(listener: CdpLinkListener): Promise<CdpLink>;
  /** A command to the browser itself, outside all links. */
  call(method: string, params?: CdpParams): Promise<CdpParams>;
  isFull(): boolean;
  /** Resolves when the browser has taken what was written, or is gone. */
  drained(): Promise<void>;
  /** Resolves when the browser has closed its end. */
  readonly closed: Promise<void>;
}

/** Chromium's `--remote-debugging-pipe`: JSON messages, each ended by a NUL, shared by many links. */
export function createCdpPipe({ toBrowser, fromBrowser }: CdpPipeInput): CdpPipe {
  const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<void>();
  const replies = new Map<number, (reply: CdpReply) => void>();
  const owners = new Map<string, PipeLink>();
  let lastId = 0;
  let isOpen = true;

  function post(command: Omit<CdpCommand, "id">, onReply: (reply: CdpReply) => void): number {
    lastId += 1;
    const id = lastId;
    if (!isOpen) {
      queueMicrotask(() => onReply({ id, error: browserGone }));
      return id;
    }
    replies.set(id, onReply);
    toBrowser.write(`${JSON.stringify({ ...command, id })}\0`);
    return id;
  }

  function call(method: string, params: CdpParams = {}): Promise<CdpParams> {
    return new Promise((resolve, reject) => {
      post({ method, params }, ({ result, error }) => {
        if (error === undefined) resolve(result ?? {});
        else reject(cdpFailure(method, error));
      });
    });
  }

  function onMessage(message: CdpMessage): void {
    if (isReply(message)) {
      const onReply = replies.get(message.id);
      replies.delete(message.id);
      onReply?.(message);
      return;
    }
    // Events without a session belong to the pipe itself, and it asks for none; but it is the first to be
    // told that the browser has ended one of its links, which the link itself is told by nobody else.
    if (message.sessionId === undefined) {
      if (message.method === "Target.detachedFromTarget") endLink(message.params["sessionId"]);
      return;
    }
    owners.get(message.sessionId)?.onEvent(message);
  }

  function endLink(root: unknown): void {
    if (typeof root === "string") owners.get(root)?.end();
  }
  function onClosed(): void {
    if (!isOpen) return;
    isOpen = false;
    for (const [id, onReply] of replies) onReply({ id, error: browserGone });
    replies.clear();
    for (const link of new Set(owners.values())) link.end();
    toBrowser.destroy();
    fromBrowser.destroy();
    resolveClosed();
  }

  fromBrowser.on("data", splitMessages(onMessage, onClosed));
  for (const stream of [toBrowser, fromBrowser]) {
    stream.on("error", onClosed);
    stream.on("close", onClosed);
  }
  fromBrowser.on("end", onClosed);

  return {
    closed,
    call,
    isFull: () => toBrowser.writableLength > fullAtBytes,
    drained: () =>
      toBrowser.writableNeedDrain ? untilDrained(toBrowser, closed) : Promise.resolve(),
    async openLink(listener) {
      const { sessionId } = await call("Target.attachToBrowserTarget");
      if (typeof sessionId !== "string") {
        throw new ValetError("INTERNAL", "Chromium opened a connection without naming it.");
      }
      return createLink({
        root: sessionId,
        listener,
        owners,
        post,
        forget: (id) => void replies.delete(id),
      });
    },
  };
}

function untilDrained(stream: Writable, closed: Promise<void>): Promise<void> {
  const drained = new Promise<void>((resolve) => {
    stream.once("drain", resolve);
  });
  return Promise.race([drained, closed]);
}
