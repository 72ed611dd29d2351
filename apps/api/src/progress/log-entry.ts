import type { LogName, StreamMessage, TaskEvent } from "@valet/contracts";

/** An event at its place in a log, with its frame on each kind of wire: made once, however many read it. */
export interface LogEntry {
  readonly position: number;
  readonly event: TaskEvent;
  /** As a server-sent event. Only these frames carry an id, since an id moves the reader's place. */
  readonly sseFrame: () => Buffer;
  /** As a message of the WebSocket. */
  readonly socketFrame: () => Buffer;
}

export function logEntry(task: LogName, position: number, event: TaskEvent): LogEntry {
  let sse: Buffer | undefined;
  let socket: Buffer | undefined;
  return {
    position,
    event,
    sseFrame: () =>
      (sse ??= Buffer.from(
        `id: ${position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
      )),
    socketFrame: () =>
      (socket ??= Buffer.from(
        JSON.stringify({ type: "event", task, position, event } satisfies StreamMessage),
      )),
  };
}
