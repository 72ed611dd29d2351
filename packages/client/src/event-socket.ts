import {
  type LogName,
  StreamMessage,
  type StreamRequest,
  type StreamTicket,
  ValetError,
  streamProtocol,
} from "@valet/contracts";
import type { PersonEvent } from "./follow-task.ts";
import { startSilenceTimer } from "./silence-timer.ts";
import { mayMend, pause, pauseMs } from "./reconnect.ts";

/** Many logs on one connection, which is made again where it breaks. */
export interface EventSocket {
  /**
   * Every event of a task, or with `*` of all of the person's, in order and once, until the task's last. A
   * log can be followed once at a time. Throws what the server refuses.
   */
  follow(
    task: LogName,
    options?: { readonly after?: number; readonly signal?: AbortSignal },
  ): AsyncGenerator<PersonEvent, void, undefined>;
  /** Ends all followers. */
  close(): void;
}

/** The server says something at least every 20 s. */
const silenceLimitMs = 60_000;

/** What one follower has been sent and not taken yet. */
interface Inbox {
  cursor: number;
  readonly events: PersonEvent[];
  fault: unknown;
  isOver: boolean;
  wake: () => void;
}

export interface EventSocketOptions {
  /** Told of every connection that comes about, and of its end. */
  readonly onConnection?: (isConnected: boolean) => void;
}

export interface EventSocketInput extends EventSocketOptions {
  /** Of the WebSocket. */
  readonly url: string;
  readonly apiKey: string | undefined;
  /** For a page, which can send no key with a WebSocket. */
  readonly fetchTicket: (signal: AbortSignal) => Promise<StreamTicket>;
  /** Throws why the key opens nothing, if that is so: a WebSocket that is refused does not say. */
  readonly checkKey: (signal: AbortSignal) => Promise<unknown>;
}

export function openEventSocket(input: EventSocketInput): EventSocket {
  const inboxes = new Map<LogName, Inbox>();
  const stop = new AbortController();
  let socket: WebSocket | undefined;
  let isConnecting = false;

  function finish(task: LogName, fault?: unknown): void {
    const inbox = inboxes.get(task);
    if (inbox === undefined) return;
    inboxes.delete(task);
    inbox.fault = fault;
    inbox.isOver = true;
    inbox.wake();
  }

  function say(request: StreamRequest): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  }

  function take(text: unknown): void {
    const message = StreamMessage.parse(JSON.parse(String(text)));
    if (message.type === "quiet" || message.type === "subscribed") return;
    if (message.task === null) return;
    const inbox = inboxes.get(message.task);
    if (inbox === undefined) return;
    switch (message.type) {
      case "event": {
        const { position, event } = message;
        if (position <= inbox.cursor) return;
        inbox.cursor = position;
        inbox.events.push({ position, event });
        inbox.wake();
        return;
      }
      case "reset":
        inbox.cursor = 0;
        return;
      case "ended":
        finish(message.task);
        return;
      case "problem": {
        const error = new ValetError(message.code, message.message);
        // What time can mend is asked for again, on the next connection.
        if (mayMend(error)) socket?.close();
        else finish(message.task, error);
      }
    }
  }

  /** One connection from its beginning to its end. */
  async function connect(): Promise<void> {
    const opened = await openSocket(input, stop.signal);
    let wasOpen = false;
    socket = opened;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const close = () => {
      opened.close();
      resolve();
    };
    const silence = startSilenceTimer(silenceLimitMs, close);
    stop.signal.addEventListener("abort", close, { once: true });
    opened.addEventListener("close", () => resolve());
    opened.addEventListener("error", () => resolve());
    opened.addEventListener("open", () => {
      wasOpen = true;
      input.onConnection?.(true);
      for (const [task, { cursor }] of inboxes) say({ type: "subscribe", task, after: cursor });
    });
    opened.addEventListener("message", ({ data }) => {
      silence.heard();
      take(data);
    });
    await closed;
    silence.stop();
    stop.signal.removeEventListener("abort", close);
    socket = undefined;
    input.onConnection?.(false);
    if (!wasOpen && !stop.signal.aborted) await input.checkKey(stop.signal);
  }

  /** Connects for as long as somebody follows something. */
  async function stayConnected(): Promise<void> {
    if (isConnecting) return;
    isConnecting = true;
    let failures = 0;
    while (inboxes.size > 0 && !stop.signal.aborted) {
      const before = [...inboxes.values()].reduce((sum, { cursor }) => sum + cursor, 0);
      try {
        await connect();
      } catch (error) {
        if (!mayMend(error)) for (const task of inboxes.keys()) finish(task, error);
      }
      if (inboxes.size === 0) break;
      const after = [...inboxes.values()].reduce((sum, { cursor }) => sum + cursor, 0);
      failures = after > before ? 1 : failures + 1;
      await pause(pauseMs(failures), stop.signal).catch(() => {});
    }
    isConnecting = false;
  }

  return {
    async *follow(task, { after = 0, signal } = {}) {
      signal?.throwIfAborted();
      if (inboxes.has(task)) throw new Error("This log is followed on this connection already.");
      const inbox: Inbox = {
        cursor: after,
        events: [],
        fault: undefined,
        isOver: stop.signal.aborted,
        wake: () => {},
      };
      inboxes.set(task, inbox);
      say({ type: "subscribe", task, after });
      void stayConnected();
      const wake = () => inbox.wake();
      signal?.addEventListener("abort", wake);
      try {
        for (;;) {
          signal?.throwIfAborted();
          const event = inbox.events.shift();
          if (event !== undefined) {
            yield event;
            continue;
          }
          if (inbox.fault !== undefined) throw inbox.fault;
          if (inbox.isOver) return;
          await new Promise<void>((resolve) => (inbox.wake = resolve));
        }
      } finally {
        signal?.removeEventListener("abort", wake);
        if (inboxes.get(task) === inbox) {
          inboxes.delete(task);
          say({ type: "unsubscribe", task });
          if (inboxes.size === 0) socket?.close();
        }
      }
    },
    close() {
      stop.abort();
      for (const task of inboxes.keys()) finish(task);
    },
  };
}

async function openSocket(
  { url, apiKey, fetchTicket }: EventSocketInput,
  signal: AbortSignal,
): Promise<WebSocket> {
  if ("document" in globalThis) {
    const { ticket } = await fetchTicket(signal);
    return new WebSocket(url, [streamProtocol, `ticket.${ticket}`]);
  }
  const options = {
    protocols: [streamProtocol],
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
  };
  // Node takes options there, of which a browser's types know nothing.
  return Reflect.construct(WebSocket, [url, options]);
}
