import type { EventSocket, PersonEvent, ValetClient } from "@valet/client";
import { type TaskEvent, isValetError } from "@valet/contracts";

/** What happens now, over one WebSocket for all of the window. */
export interface Live {
  /** Resolves once every later event will be heard: what is fetched after that misses nothing. */
  readonly ready: () => Promise<void>;
  /** Tells of events of any application, several at a time. Gives how to stop. */
  readonly onEvents: (listener: (events: readonly TaskEvent[]) => void) => () => void;
  /** The story of one application from its beginning, and on as it happens. */
  readonly follow: (
    taskId: string,
    signal: AbortSignal,
  ) => AsyncGenerator<PersonEvent, void, undefined>;
  readonly isConnected: () => boolean;
  readonly onConnection: (listener: () => void) => () => void;
  /** Begins to listen; gives how to stop. */
  readonly start: () => () => void;
}

/** Fifty events a second are shown by ten renders. */
const gatherMs = 100;
const firstPauseMs = 500;

export function createLive(client: ValetClient, onSignedOut: () => void): Live {
  const eventListeners = new Set<(events: readonly TaskEvent[]) => void>();
  const connectionListeners = new Set<() => void>();
  let connected = true;
  let socket: EventSocket | undefined;
  let ready = Promise.withResolvers<void>();
  let gathered: TaskEvent[] = [];

  function setConnected(now: boolean): void {
    if (connected === now) return;
    connected = now;
    for (const listener of connectionListeners) listener();
  }

  function gather(event: TaskEvent): void {
    gathered.push(event);
    if (gathered.length > 1) return;
    setTimeout(() => {
      const events = gathered;
      gathered = [];
      for (const listener of eventListeners) listener(events);
    }, gatherMs);
  }

  function open(): EventSocket {
    socket ??= client.openEventSocket({ onConnection: setConnected });
    return socket;
  }

  async function listen(signal: AbortSignal): Promise<void> {
    // Only what happens from now on: what was before stands in what is fetched.
    const { lastPosition } = await client.listPersonEvents({ limit: 1 }, signal);
    ready.resolve();
    for await (const { event } of open().follow("*", { after: lastPosition, signal })) {
      gather(event);
    }
  }

  async function keepListening(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        return await listen(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isValetError(error, "UNAUTHORIZED")) return onSignedOut();
        setConnected(false);
        await new Promise((resolve) => setTimeout(resolve, firstPauseMs));
      }
    }
  }

  return {
    ready: () => ready.promise,
    onEvents(listener) {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    follow: (taskId, signal) => open().follow(taskId, { after: 0, signal }),
    isConnected: () => connected,
    onConnection(listener) {
      connectionListeners.add(listener);
      return () => void connectionListeners.delete(listener);
    },
    start() {
      const stop = new AbortController();
      void keepListening(stop.signal);
      return () => {
        stop.abort();
        socket?.close();
        socket = undefined;
        // Whoever asks after this waits for the next start; a page may ask before it.
        ready = Promise.withResolvers();
      };
    },
  };
}
