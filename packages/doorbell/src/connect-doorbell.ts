import { type TaskMessage, ValetError } from "@valet/contracts";
import { type Logger, Secret } from "@valet/runtime";
import { Redis, type RedisOptions } from "ioredis";
import { createListeners } from "./create-listeners.ts";

export type DoorbellState = "ready" | "down";

export interface Doorbell {
  /** Wakes whoever reads this person's tasks. Never throws; while Redis is down it is dropped. */
  readonly ring: (userId: string, message: TaskMessage) => void;
  /**
   * Calls `onMessage` for each ring. Rings may be lost, doubled or out of order: read the log when
   * one comes, and now and then without. Returns what ends the subscription.
   */
  readonly subscribe: (userId: string, onMessage: (message: TaskMessage) => void) => () => void;
  readonly state: () => DoorbellState;
  /** How many rings were dropped so far. */
  readonly dropped: () => number;
  readonly close: () => Promise<void>;
}

export interface ConnectDoorbellInput {
  readonly url: string | Secret;
  /** Put before every channel name, so that several installations can share a Redis. */
  readonly channelPrefix: string;
  readonly log: Logger;
  /** How long the start waits for Redis, in milliseconds; 5 s unless given. */
  readonly connectTimeoutMs?: number;
}

/** A ring that takes longer is dropped: its reader has polled by then. */
const ringTimeoutMs = 2_000;
const longestPauseMs = 1_000;

const common = {
  lazyConnect: true,
  connectTimeout: 5_000,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 10), longestPauseMs),
} satisfies RedisOptions;

/**
 * Connects to Redis. Later losses are mended in the background and subscriptions restored.
 *
 * @throws ValetError `REDIS_UNAVAILABLE` when there is no Redis to begin with.
 */
export async function connectDoorbell(input: ConnectDoorbellInput): Promise<Doorbell> {
  const { channelPrefix, log, connectTimeoutMs = 5_000 } = input;
  const url = input.url instanceof Secret ? input.url.reveal() : input.url;
  // A Redis connection that subscribes can do nothing else, so there are two.
  const publisher = new Redis(url, { ...common, commandTimeout: ringTimeoutMs });
  const subscriber = new Redis(url, common);
  const state = (): DoorbellState =>
    publisher.status === "ready" && subscriber.status === "ready" ? "ready" : "down";

  const faults = noteChanges({ publisher, subscriber }, state, log);
  const listeners = createListeners({ subscriber, log });
  try {
    await within(connectTimeoutMs, Promise.all([publisher.connect(), subscriber.connect()]));
  } catch (error) {
    faults.stop();
    publisher.disconnect();
    subscriber.disconnect();
    throw redisUnavailable(faults.last() ?? error);
  }

  let dropped = 0;
  const channelOf = (userId: string) => `${channelPrefix}tasks:${userId}`;
  return {
    state,
    dropped: () => dropped,
    ring(userId, message) {
      publisher.publish(channelOf(userId), JSON.stringify(message)).catch(() => {
        dropped += 1;
      });
    },
    subscribe: (userId, onMessage) => listeners.add(channelOf(userId), onMessage),
    async close() {
      faults.stop();
      listeners.clear();
      subscriber.disconnect();
      // What was rung before the close still goes out, if Redis takes it.
      if (publisher.status === "ready") await publisher.quit().catch(() => {});
      publisher.disconnect();
    },
  };
}

/** One line when Redis goes and one when it is back, not one an attempt. */
function noteChanges(
  connections: Readonly<Record<string, Redis>>,
  state: () => DoorbellState,
  log: Logger,
): { last: () => Error | undefined; stop: () => void } {
  let last: Error | undefined;
  let said: DoorbellState | undefined;
  let isStopped = false;
  const note = () => {
    const now = state();
    if (isStopped || said === now || (said === undefined && now === "down")) return;
    said = now;
    if (now === "ready") log.info("the doorbell is ready");
    else log.warn({ err: last }, "the doorbell is down, events arrive by polling");
  };
  for (const connection of Object.values(connections)) {
    connection.on("error", (error: Error) => {
      last = error;
    });
    connection.on("ready", note);
    connection.on("close", note);
  }
  return {
    last: () => last,
    stop: () => {
      isStopped = true;
    },
  };
}

/** ioredis limits the connecting, but not the wait for a server that then says nothing. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("No answer in time.")), limitMs);
  try {
    await Promise.race([work, passed]);
  } finally {
    clearTimeout(timer);
  }
}

function redisUnavailable(error: unknown): ValetError {
  const reason =
    error instanceof Error && "code" in error && typeof error.code === "string"
      ? error.code
      : "no answer";
  return new ValetError(
    "REDIS_UNAVAILABLE",
    `Redis does not answer (${reason}): start it (apt-get install redis-server) or point REDIS_URL to one that runs.`,
    { reason },
    { cause: error },
  );
}
