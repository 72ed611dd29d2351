import { TaskMessage } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import type { Redis } from "ioredis";

type OnMessage = (message: TaskMessage) => void;

export interface Listeners {
  /** Listens on the channel, now or as soon as Redis is there; returns what ends it. */
  readonly add: (channel: string, onMessage: OnMessage) => () => void;
  readonly clear: () => void;
}

/** Who wants what; the subscriptions in Redis follow from it and are made anew at each connection. */
export function createListeners(deps: {
  readonly subscriber: Redis;
  readonly log: Logger;
}): Listeners {
  const { subscriber, log } = deps;
  // A function may be added twice, so each adding has an entry of its own.
  const byChannel = new Map<string, Set<{ readonly onMessage: OnMessage }>>();
  // Commands fail only with the connection, and the next connection subscribes anew.
  const ignoreLoss = () => {};

  subscriber.on("ready", () => {
    if (byChannel.size > 0) subscriber.subscribe(...byChannel.keys()).catch(ignoreLoss);
  });
  subscriber.on("message", (channel: string, text: string) => {
    const message = parseMessage(text);
    if (message === undefined) {
      log.warn({ bytes: text.length }, "a doorbell message was not understood");
      return;
    }
    for (const { onMessage } of byChannel.get(channel) ?? []) {
      try {
        onMessage(message);
      } catch (err) {
        log.error({ err, taskId: message.taskId }, "a doorbell listener failed");
      }
    }
  });

  return {
    clear: () => byChannel.clear(),
    add(channel, onMessage) {
      const entry = { onMessage };
      const entries = byChannel.get(channel);
      if (entries === undefined) {
        byChannel.set(channel, new Set([entry]));
        subscriber.subscribe(channel).catch(ignoreLoss);
      } else {
        entries.add(entry);
      }
      return () => {
        const left = byChannel.get(channel);
        if (left?.delete(entry) !== true || left.size > 0) return;
        byChannel.delete(channel);
        subscriber.unsubscribe(channel).catch(ignoreLoss);
      };
    },
  };
}

function parseMessage(text: string): TaskMessage | undefined {
  try {
    return TaskMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
